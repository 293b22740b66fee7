import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  blankForm,
  choice,
  choices,
  day,
  nest,
  optionalDay,
  optionalText,
  parseForm,
  text,
  tick,
  time,
  wholeNumber,
  withErrors,
} from './form.ts'

const schema = z.object({
  when: day('Say when', { notAfterToday: 'That is still to come', today: () => '2026-11-24' }),
  at: time('Say at what time'),
  until: optionalDay(),
  kind: choice(['visit', 'call'], 'Choose the kind'),
  seen: choices(['Ana', 'Ben'], 'Tick who was seen'),
  alone: tick(),
  what: text('Write what happened', 100),
  words: optionalText(),
  minutes: wholeNumber('Say how long', 1, 600),
})
const good = {
  _csrf: 'token',
  _once: '0192f0c1-0000-7000-8000-000000000001',
  when: ' 23 nov 2026 ',
  at: '9.05',
  kind: 'visit',
  seen: 'Ana',
  what: 'Ana laughed.  \r\n\r\nShe ran.',
  words: '  ',
  minutes: '45',
}

describe('a form that is right', () => {
  const form = parseForm(schema, good)

  test('becomes what the record keeps', () => {
    expect(form.ok && form.value).toEqual({
      when: '2026-11-23',
      at: '09:05',
      until: undefined,
      kind: 'visit',
      seen: ['Ana'],
      alone: false,
      what: 'Ana laughed.\n\nShe ran.',
      words: undefined,
      minutes: 45,
    })
  })

  test('keeps the key that files it once, and shows neither key nor token as typed', () => {
    expect(form.once).toBe(good._once)
    expect(Object.keys(form.values)).not.toContain('_csrf')
  })
})

describe('a form that is wrong', () => {
  const form = parseForm(schema, {
    ...good,
    when: '25/11/2026',
    at: '25:00',
    kind: 'other',
    seen: [],
    what: '',
  })

  test('says at each field what to do, in the order of the page', () => {
    expect(form.errors).toEqual({
      when: 'That is still to come',
      at: 'Write the time like 14:05',
      kind: 'Choose the kind',
      seen: 'Tick who was seen',
      what: 'Write what happened',
    })
    expect(form.summary[0]).toEqual({ text: 'That is still to come', href: '#when' })
  })

  test('keeps everything typed, and its key', () => {
    expect(form.values.when).toBe('25/11/2026')
    expect(form.once).toBe(good._once)
  })

  test('a forged key is replaced', () => {
    expect(parseForm(schema, { ...good, _once: "'; drop" }).once).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('lists of objects', () => {
  test('come from names with brackets, and errors go back to these names', () => {
    const many = z.object({ child: z.array(z.object({ name: text('Write a name') })) })
    const form = parseForm(many, { 'child[1][name]': '', 'child[0][name]': 'Ana' })
    expect(form.errors).toEqual({ 'child[1][name]': 'Write a name' })
    expect(form.summary).toEqual([{ text: 'Write a name', href: '#child-1-name' }])
    expect(form.values['child[0][name]']).toBe('Ana')
  })

  test('no name reaches a prototype, whatever is sent', () => {
    nest({ '__proto__[x]': 'y', 'constructor[prototype][x]': 'y', 'a[__proto__][x]': 'y' })
    expect(({} as Record<string, unknown>).x).toBeUndefined()
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))), (body) => {
        expect(() => parseForm(schema, body)).not.toThrow()
      }),
    )
  })
})

test('what the model finds wrong is shown like the rest', () => {
  const form = withErrors(blankForm({ end: 'today' }), {
    end: 'It ends before it starts',
    '': 'Both at once',
  })
  expect(form.values.end).toBe('today')
  expect(form.summary.map(({ href }) => href)).toEqual(['#end', '#main-content'])
})
