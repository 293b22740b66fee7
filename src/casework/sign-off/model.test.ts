import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Act,
  type Actor,
  acts,
  compared,
  comparedWith,
  readOnce,
  type SignedField,
  type Standing,
  type Step,
  whyNot,
} from './model.ts'

const step = (act: Act, account: string, version = 1): Step => ({
  act,
  version,
  at: new Date(0),
  account,
  by: account,
  words: null,
})

const somebody = fc.record({
  account: fc.constantFrom('sam', 'mel', 'cal'),
  own: fc.boolean(),
  allocated: fc.boolean(),
  role: fc.boolean(),
  line: fc.boolean(),
  reads: fc.boolean(),
})

describe('steps towards a signature', () => {
  test('in whatever order people try: signed only after it was submitted as it stands, never by its own worker', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...acts, 'edited'), somebody), { maxLength: 40 }),
        (tries) => {
          let standing: Standing = { last: undefined, changed: false }
          let submitted = 0
          for (const [what, actor] of tries) {
            if (what === 'edited') {
              standing = { ...standing, changed: standing.last !== undefined }
              continue
            }
            const why = whyNot(standing, what, actor as Actor)
            if (why) continue
            if (what === 'submitted') {
              expect(standing.last?.act).not.toBe('submitted')
              if (standing.last?.act === 'authorised') expect(standing.changed).toBe(true)
              submitted += 1
            } else expect(standing.last?.act).toBe('submitted')
            if (what === 'authorised')
              expect({ ...actor, changed: standing.changed }).toMatchObject({
                own: false,
                role: true,
                line: true,
                reads: true,
                changed: false,
              })
            if (what === 'withdrawn')
              expect(actor.allocated || standing.last?.account === actor.account).toBe(true)
            standing = {
              last: step(what, actor.account, submitted),
              changed: what === 'submitted' || what === 'authorised' ? false : standing.changed,
            }
          }
        },
      ),
    )
  })

  test('a reader compares with what was submitted the time before, or with what was signed', () => {
    const first = step('submitted', 'sam', 1)
    const second = step('submitted', 'sam', 2)
    const signed = step('authorised', 'mel', 2)
    expect(comparedWith([first])).toBeUndefined()
    expect(comparedWith([first, step('returned', 'mel')])).toBe(first)
    expect(comparedWith([first, step('returned', 'mel'), second])).toBe(first)
    expect(comparedWith([first, step('returned', 'mel'), second, signed])).toBe(signed)
  })
})

const field = (name: string, text: string): SignedField => ({ name, label: name, text })

describe('what changed since', () => {
  test('field by field and word by word; what was taken out stands where it was', () => {
    const before = [field('a', 'Jade is well'), field('b', 'gone'), field('c', 'same')]
    const now = [field('a', 'Jade is not well'), field('c', 'same'), field('d', 'new')]
    expect(compared(before, now).map(({ name, change }) => [name, change])).toEqual([
      ['a', 'changed'],
      ['b', 'removed'],
      ['c', 'same'],
      ['d', 'added'],
    ])
    expect(compared(before, now)[0]!.runs).toEqual([
      { kind: 'same', text: 'Jade is ' },
      { kind: 'added', text: 'not ' },
      { kind: 'same', text: 'well' },
    ])
    expect(compared(undefined, now).every(({ change }) => change === 'same')).toBe(true)
  })

  test('what was and what is can be read from the marks, whatever was written', () => {
    const text = fc
      .array(fc.constantFrom('she', 'was', 'well', '\n', 'not'), { maxLength: 12 })
      .map((words) => words.join(' '))
    fc.assert(
      fc.property(text, text, (was, is) => {
        const [found] = compared([field('a', was)], [field('a', is)])
        const without = (kind: string) =>
          found!.runs
            .filter((run) => run.kind !== kind)
            .map((run) => run.text)
            .join('')
        if (found!.change === 'same') expect(was).toBe(is)
        else expect([without('added'), without('removed')]).toEqual([was, is])
      }),
    )
  })

  test('what is the same for sisters and brothers is read once', () => {
    const piece = (name: string, own: string) => ({
      person: name,
      name,
      fields: compared(undefined, [field('home', 'A warm flat'), field('said', own)]),
    })
    const { all, each } = readOnce([piece('Jade', 'I like school'), piece('Kai', 'I miss Dad')])
    expect(all.map(({ name }) => name)).toEqual(['home'])
    expect(each.map(({ fields }) => fields.map(({ text }) => text))).toEqual([
      ['I like school'],
      ['I miss Dad'],
    ])
  })
})
