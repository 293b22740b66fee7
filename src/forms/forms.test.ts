import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Answer,
  type Answers,
  answerWords,
  askedOf,
  boundValues,
  eachName,
  missingOf,
  onceName,
  readSection,
  rowsOf,
  takeName,
  valueOfRows,
  valuesOf,
} from './answering.ts'
import { boundOf, type Definition, definition, differences, questionsOf } from './definition.ts'
import {
  columnsToLines,
  keyFor,
  linesToColumns,
  linesToOptions,
  moved,
  optionsToLines,
  without,
} from './editing.ts'
import { offerFor } from './flow.ts'
import { shippedForms } from './seed.ts'
import { settled, stoodIn } from './settling.ts'

const today = '2026-11-25'
const jade = { person: 'c0ffee00-0000-4000-8000-000000000001', name: 'Jade' }
const kai = { person: 'c0ffee00-0000-4000-8000-000000000002', name: 'Kai' }

const form: Definition = definition.parse({
  key: 'home-visit',
  title: 'Home visit',
  purpose: 'For tests',
  group: 'F12',
  sections: [
    {
      key: 'first',
      title: 'First',
      questions: [
        { key: 'home', kind: 'long-text', label: 'Home', siblings: 'once', required: true },
        { key: 'seen', kind: 'yes-no', label: 'Seen?', required: true },
        {
          key: 'why',
          kind: 'long-text',
          label: 'Why not',
          required: true,
          showWhen: { question: 'seen', is: ['no'] },
        },
        { key: 'on', kind: 'date', label: 'Day', siblings: 'once' },
        {
          key: 'who',
          kind: 'table',
          label: 'Who',
          siblings: 'once',
          columns: [
            { key: 'name', text: 'Name' },
            { key: 'said', text: 'Said' },
          ],
        },
        {
          key: 'factors',
          kind: 'code',
          codes: 'assessment_factor',
          several: true,
          label: 'Factors',
          binding: 'assessment_factor.assessment_factor',
        },
      ],
    },
    {
      key: 'more',
      title: 'More',
      showWhen: { question: 'why' },
      questions: [{ key: 'tried', kind: 'text', label: 'Tried', required: true }],
    },
  ],
})
const [first] = form.sections
const read = (values: Record<string, string | string[]>, children = [jade, kai], offers = () => undefined) =>
  readSection(first!, children, values, { today, offers })
const answersFrom = (entries: Record<string, Answer['value']>): Answers =>
  new Map(Object.entries(entries).map(([key, value]) => [key, { value, shared: false }]))

describe('sisters and brothers', () => {
  test('what is said once goes to each; what is said of one takes its place for that one alone', () => {
    const { answers, errors } = read({
      [onceName('home')]: 'Warm and tidy',
      [eachName(kai.person, 'home')]: 'He sleeps at his father’s',
      [eachName(jade.person, 'seen')]: 'yes',
      [onceName('on')]: '24/11/2026',
    })
    expect(errors).toEqual({})
    expect(answers.get(jade.person)!.get('home')).toEqual({ value: 'Warm and tidy', shared: true })
    expect(answers.get(kai.person)!.get('home')).toEqual({
      value: 'He sleeps at his father’s',
      shared: false,
    })
    expect(answers.get(kai.person)!.get('seen')).toBeUndefined()
    expect(answers.get(kai.person)!.get('on')).toEqual({ value: '2026-11-24', shared: true })
  })

  test('whatever was answered is shown, and read from what is shown comes back the same', () => {
    const words = fc
      .array(fc.constantFrom('warm', 'cold', 'she said', 'no bed', '\n\n'), { minLength: 1, maxLength: 8 })
      .map((parts) =>
        parts
          .join(' ')
          .trim()
          .replace(/\n{3,}/g, '\n\n'),
      )
      .filter((text) => text !== '')
    const given = fc.record({
      home: fc.option(words, { nil: undefined }),
      kaiHome: fc.option(words, { nil: undefined }),
      seen: fc.constantFrom('yes', 'no', undefined),
      rows: fc.array(fc.record({ name: words, said: words }), { maxLength: 4 }),
      factors: fc.uniqueArray(fc.constantFrom('1A', '3B', '16A'), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(given, fc.boolean(), ({ home, kaiHome, seen, rows, factors }, alone) => {
        const values: Record<string, string | string[]> = {}
        if (home) values[onceName('home')] = home
        if (kaiHome && !alone) values[eachName(kai.person, 'home')] = kaiHome
        if (seen) values[eachName(jade.person, 'seen')] = seen
        for (const [n, row] of rows.entries())
          for (const [column, text] of Object.entries(row)) values[`once[who][${n}][${column}]`] = text
        values[eachName(jade.person, 'factors')] = factors
        const children = alone ? [jade] : [jade, kai]
        const once = read(values, children)
        const kept = (child: string): Answers =>
          new Map([...once.answers.get(child)!].flatMap(([key, answer]) => (answer ? [[key, answer]] : [])))
        const again = read(valuesOf(first!, children, kept), children)
        expect(again.errors).toEqual(once.errors)
        // Said of one and of nobody else, it is that one’s own.
        for (const { person } of children)
          for (const [key, answer] of once.answers.get(person)!)
            expect([key, again.answers.get(person)!.get(key)?.value]).toEqual([key, answer?.value])
      }),
    )
  })
})

describe('what is asked', () => {
  test('a condition follows what was answered, and what rests on a hidden answer is hidden with it', () => {
    const asked = (answers: Answers) => askedOf(form, answers).map(({ question }) => question.key)
    expect(asked(answersFrom({ seen: 'yes', why: 'left over from before', tried: 'x' }))).not.toContain(
      'tried',
    )
    expect(asked(answersFrom({ seen: 'no', why: 'nobody in' }))).toContain('tried')
    expect(asked(answersFrom({}))).not.toContain('why')
  })

  test('only what is shown has to be answered, for each child by name', () => {
    const of = (answers: Answers) =>
      missingOf(form, [jade], () => answers).map(({ question }) => question.key)
    expect(of(answersFrom({}))).toEqual(['home', 'seen'])
    expect(of(answersFrom({ home: 'x', seen: 'no' }))).toEqual(['why'])
    expect(of(answersFrom({ home: 'x', seen: 'no', why: 'y' }))).toEqual(['tried'])
  })

  test('bad input is said at its field: a date that is none, a code that stands alone', () => {
    const { errors } = read({
      [onceName('on')]: '31/2/2026',
      [eachName(jade.person, 'factors')]: ['21', '16A'],
      [eachName(jade.person, 'seen')]: 'perhaps',
    })
    expect(errors[onceName('on')]).toContain('is no date')
    expect(errors[eachName(jade.person, 'factors')]).toContain('stands alone')
    expect(errors[eachName(jade.person, 'seen')]).toContain('Choose one')
  })
})

describe('who said it', () => {
  const [home] = questionsOf(form)
  const childs = { ...home!, origin: 'child' as const, parentMayRead: false }

  test('paragraphs keep their marks through keeping and writing on; without one the question’s own holds', () => {
    const typed = 'I like my room\n\n[police] He was seen at two\n\n[about Kai] [not for the child] He cried'
    const rows = rowsOf(childs, { value: typed, shared: false })
    expect(
      rows.map(({ origin, childMayRead, parentMayRead, about }) => [
        origin,
        childMayRead,
        parentMayRead,
        about,
      ]),
    ).toEqual([
      ['child', true, false, null],
      ['police', false, false, null],
      ['child', false, false, 'Kai'],
    ])
    const again = valueOfRows(childs, rows) as string
    expect(rowsOf(childs, { value: again, shared: false })).toEqual(rows)
    expect(answerWords(childs, again)).toBe('I like my room\n\nHe was seen at two\n\nHe cried')
  })
})

describe('nobody overwrites what they have not seen', () => {
  const field = onceName('home')
  const settle = (posted: string, current: string, stood: string) =>
    settled(first!, [jade, kai], {
      posted: { [field]: posted },
      current: { [field]: current },
      stood: stoodIn(first!, [jade, kai], { [field]: stood }, today),
      today,
    })
  test('left alone it keeps what stands, changed alone it is taken, changed by both it is asked', () => {
    expect(settle('a', 'b', 'a').values[field]).toBe('b')
    expect(settle('c', 'a', 'a').values[field]).toBe('c')
    expect(settle('c', 'b', 'a').conflicts).toEqual([field])
    expect(settle('b', 'b', 'a').conflicts).toEqual([])
    // What was not on their page they did not take out.
    const hidden = settled(first!, [jade, kai], { posted: {}, current: { [field]: 'b' }, stood: {}, today })
    expect(hidden).toEqual({ values: expect.objectContaining({ [field]: 'b' }), conflicts: [] })
  })
})

describe('what is known already', () => {
  const asks = definition.parse({
    ...form,
    sections: [
      {
        key: 's',
        title: 'S',
        questions: [
          {
            key: 'danger',
            kind: 'long-text',
            label: 'Danger',
            from: [{ form: 'home-visit', question: 'home' }, { fact: 'household' }],
          },
        ],
      },
    ],
  })
  const [danger] = questionsOf(asks)
  const earlier = (id: string, completedOn: string, value?: string) => ({
    id,
    definition: 'home-visit',
    title: 'Home visit',
    completedOn,
    answers: value ? answersFrom({ home: value }) : new Map(),
  })
  const facts = new Map([['household', { words: 'Mum and Gran', title: 'At home', day: '2026-01-02' }]])

  test('the latest earlier answer, else a fact, else nothing; with its source and day', () => {
    const found = offerFor(
      danger!,
      [
        earlier('one', '2026-02-01', 'old'),
        earlier('two', '2026-09-01', 'new'),
        earlier('three', '2026-10-01'),
      ],
      facts,
    )
    expect(found).toEqual({ value: 'new', source: { form: 'two', title: 'Home visit', day: '2026-09-01' } })
    expect(offerFor(danger!, [], facts)?.source).toEqual({
      fact: 'household',
      title: 'At home',
      day: '2026-01-02',
    })
    expect(offerFor(danger!, [], new Map())).toBeUndefined()
  })

  test('taken over only when it is confirmed, and never over what was written', () => {
    const offer = { value: 'new', source: { form: 'two', title: 'Home visit', day: '2026-09-01' } }
    const taken = (values: Record<string, string>) =>
      readSection(asks.sections[0]!, [jade], values, { today, offers: () => offer })
        .answers.get(jade.person)!
        .get('danger')
    expect(taken({})).toBeUndefined()
    expect(taken({ [takeName(jade.person, 'danger')]: 'yes' })).toEqual({ ...offer, shared: false })
    expect(
      taken({ [takeName(jade.person, 'danger')]: 'yes', [eachName(jade.person, 'danger')]: 'mine' }),
    ).toEqual({
      value: 'mine',
      shared: false,
    })
  })
})

describe('versions of a form', () => {
  const changed = structuredClone(form) as Definition & {
    sections: { questions: Definition['sections'][number]['questions'] }[]
  }
  changed.sections[0]!.questions[0]!.guidance = 'What you saw'
  changed.sections[0]!.questions.splice(1, 0, ...changed.sections[0]!.questions.splice(3, 1))
  changed.sections[1]!.questions.push({ ...changed.sections[1]!.questions[0]!, key: 'extra', label: 'Extra' })

  test('what differs is said question by question', () => {
    expect(differences(form, form)).toEqual([])
    const found = differences(form, changed).map(({ what, label, words }) => [what, label, ...words])
    expect(found).toContainEqual(['changed', 'Home', 'the guidance'])
    expect(found).toContainEqual(['added', 'Extra'])
    expect(found.some(([what, label]) => what === 'moved' && label === 'Day')).toBe(true)
    expect(differences(changed, form).map(({ what }) => what)).toContain('removed')
  })

  test('a form that cannot work is refused: a question shown by a later one, two of one name, a code set that is not there', () => {
    const wrong = (change: (form: Definition) => void) => {
      const other = structuredClone(form)
      change(other)
      return definition.safeParse(other).success
    }
    expect(wrong(() => {})).toBe(true)
    expect(
      wrong(({ sections }) => Object.assign(sections[0]!.questions[0]!, { showWhen: { question: 'seen' } })),
    ).toBe(false)
    expect(wrong(({ sections }) => Object.assign(sections[1]!.questions[0]!, { key: 'home' }))).toBe(false)
    expect(wrong(({ sections }) => Object.assign(sections[0]!.questions[5]!, { codes: 'no_such_set' }))).toBe(
      false,
    )
  })

  test('statutory answers fill their columns, and only where they were asked', () => {
    expect(boundValues(form, answersFrom({ factors: ['16A', '3B'] }))).toEqual(
      new Map([['assessment_factor.assessment_factor', ['16A', '3B']]]),
    )
    expect(boundOf(form).map(({ question }) => question)).toEqual(['factors'])
  })
})

describe('editing a form', () => {
  const order = (edited: ReturnType<typeof moved>) =>
    'form' in edited ? questionsOf(edited.form).map(({ key }) => key) : edited.wrong
  test('a question moves a place, and over into the next section; one that decides another stays before it', () => {
    expect(order(moved(form, { section: 'first', question: 'on', by: 1 }))).toEqual([
      'home',
      'seen',
      'why',
      'who',
      'on',
      'factors',
      'tried',
    ])
    const over = moved(form, { section: 'first', question: 'factors', by: 1 })
    expect('form' in over && over.form.sections[1]!.questions.map(({ key }) => key)).toEqual([
      'factors',
      'tried',
    ])
    expect(order(moved(form, { section: 'first', question: 'seen', by: 1 }))).toContain(
      'does not come before it',
    )
    expect(order(without(form, { section: 'first', question: 'seen' }))).toContain('does not come before it')
    expect(order(without(form, { section: 'more' }))).not.toContain('tried')
  })

  test('lists are typed a line each and come back as they were; a key is made of words, once', () => {
    const options = linesToOptions('came | Came to it | in person\nDid not want to')
    expect(options).toEqual([
      { value: 'came', text: 'Came to it', hint: 'in person' },
      { value: 'did-not-want-to', text: 'Did not want to' },
    ])
    expect(linesToOptions(optionsToLines(options))).toEqual(options)
    const columns = linesToColumns('day | Day | date\nWho')
    expect(linesToColumns(columnsToLines(columns))).toEqual(columns)
    expect(keyFor('What the child says?', new Set(['what-the-child-says']))).toBe('what-the-child-says-2')
    expect(keyFor('2 × ?', new Set())).toBe('question')
  })
})

describe('the forms that this version brings', () => {
  const forms = shippedForms()
  test('are four, and what the law asks is shown by nothing that can be left out of a local version', () => {
    expect(forms.map(({ key }) => key)).toEqual([
      'child-and-family-assessment',
      'child-in-need-plan-review',
      'return-home-interview',
      'supervision-record',
    ])
    for (const one of forms) {
      const bound = new Set(boundOf(one).map(({ question }) => question))
      for (const { must, section_shown: section } of boundOf(one)) {
        expect(section).toBeNull()
        if (must.showWhen) expect(bound).toContain(must.showWhen.question)
      }
    }
  })

  test('each has the child’s own account, kept apart', () => {
    for (const one of forms.filter(({ key }) => key !== 'supervision-record'))
      expect(questionsOf(one).some(({ origin, group }) => origin === 'child' && group === 'F28')).toBe(true)
  })

  test('what flows forward comes from a question that is there', () => {
    const asked = new Map(forms.map((one) => [one.key, new Set(questionsOf(one).map(({ key }) => key))]))
    for (const { from = [] } of forms.flatMap(questionsOf))
      for (const source of from)
        if ('form' in source) expect(asked.get(source.form)).toContain(source.question)
  })
})
