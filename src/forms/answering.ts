import { marks, type Paragraph, paragraphsOf } from '../casework/paragraphs.ts'
import { codeSet, labelOf } from '../codes/codes.ts'
import type { OriginCode } from '../people/origins.ts'
import type { FormView } from '../web/form.ts'
import { type Day, formatDate, parseDate } from '../web/words.ts'
import { type Condition, type Definition, type Question, questionsOf, type Section } from './definition.ts'

/** What was answered: text, what was chosen, or rows by column. */
export type AnswerValue = string | readonly string[] | readonly Readonly<Record<string, string>>[]

/** Where an answer was known already, when it was confirmed and not written again. */
export interface AnswerSource {
  /** An earlier form’s id, or the name of a fact. */
  readonly form?: string | undefined
  readonly fact?: string | undefined
  readonly title: string
  readonly day: Day
}

export interface Answer {
  readonly value: AnswerValue
  /** Given once for all the children of the form. */
  readonly shared: boolean
  readonly source?: AnswerSource | undefined
}

/** One child’s answers, by the keys of their questions. */
export type Answers = ReadonlyMap<string, Answer>

/** A child a form is about. */
export interface FormChild {
  readonly person: string
  readonly name: string
}

/** Something known already that a question offers to take over. */
export interface Offer {
  readonly value: AnswerValue
  readonly source: AnswerSource
}

// ---- Names of fields: `once[key]` for all the children, `each[child][key]` for one; `take[once][key]` takes over what is offered.

export const onceName = (question: string): string => `once[${question}]`
export const eachName = (child: string, question: string): string => `each[${child}][${question}]`
export const takeName = (of: string, question: string): string => `take[${of}][${question}]`
/** A cell of a question for rows. */
export const cellName = (name: string, row: number, column: string): string => `${name}[${row}][${column}]`
/** How many rows a question for rows can have. */
export const mostRows = 30

const isText = ({ kind }: Question): boolean =>
  ['text', 'long-text', 'person', 'address', 'agency'].includes(kind)
export const choosesSeveral = ({ kind, several }: Question): boolean =>
  kind === 'several-of' || (kind === 'code' && several === true)

/** What can be chosen, in words. */
export function optionsOf(question: Question): { value: string; text: string; hint?: string | undefined }[] {
  if (question.kind === 'yes-no')
    return [
      { value: 'yes', text: 'Yes' },
      { value: 'no', text: 'No' },
    ]
  if (question.kind === 'code')
    return codeSet(question.codes!)
      .codes.filter(({ until, retired }) => !until && !retired)
      .map(({ code, label }) => ({ value: code, text: `${label} (${code})` }))
  return question.options ?? []
}

export type Read = { readonly value: AnswerValue | undefined } | { readonly wrong: string }

/** What was typed in a field of a question, as it is kept; undefined when it is empty. */
export function readField(question: Question, name: string, values: FormView['values'], today: Day): Read {
  if (question.kind === 'table') {
    const rows: Record<string, string>[] = []
    for (let row = 0; row < mostRows; row += 1) {
      const cells = question.columns!.map(
        ({ key }) => [key, single(values[cellName(name, row, key)]).trim()] as const,
      )
      if (cells.some(([, text]) => text !== '')) rows.push(Object.fromEntries(cells))
    }
    return { value: rows.length > 0 ? rows : undefined }
  }
  if (choosesSeveral(question)) {
    const offered = new Set(optionsOf(question).map(({ value }) => value))
    const chosen = [values[name] ?? []].flat().filter((one) => offered.has(one))
    if (
      question.binding === 'assessment_factor.assessment_factor' &&
      chosen.length > 1 &&
      chosen.includes('21')
    )
      return { wrong: 'No factor identified (21) stands alone: take it out, or the others' }
    return { value: chosen.length > 0 ? chosen : undefined }
  }
  const typed = single(values[name]).replace(/\r\n?/g, '\n').trim()
  if (typed === '') return { value: undefined }
  if (question.kind === 'date') {
    const day = parseDate(typed, today)
    return day ? { value: day } : { wrong: `‘${typed.slice(0, 30)}’ is no date. Write it like 23/11/2026` }
  }
  if (question.kind === 'number')
    return /^-?\d+([.,]\d+)?$/.test(typed) ? { value: typed } : { wrong: 'Write a number in figures' }
  if (isText(question)) return { value: typed }
  return optionsOf(question).some(({ value }) => value === typed)
    ? { value: typed }
    : { wrong: 'Choose one of the answers' }
}

const single = (value: string | string[] | undefined): string => [value ?? ''].flat()[0] ?? ''

/** Everything one page of a form says: each child’s answers, and what is wrong by field name. */
export interface PageRead {
  readonly answers: ReadonlyMap<string, ReadonlyMap<string, Answer | undefined>>
  readonly errors: Readonly<Record<string, string>>
}

/**
 * Reads a section for all its children: what is said once goes to each of them, and what is said of one alone takes its
 * place for that one. What was offered and ticked is taken over where nothing was written. Pure.
 * @param offers by child and question
 */
export function readSection(
  section: Section,
  children: readonly FormChild[],
  values: FormView['values'],
  { today, offers }: { today: Day; offers: (child: string, question: string) => Offer | undefined },
): PageRead {
  const answers = new Map<string, Map<string, Answer | undefined>>(
    children.map(({ person }) => [person, new Map()]),
  )
  const errors: Record<string, string> = {}
  for (const question of section.questions) {
    if (question.kind === 'statement') continue
    const once = question.siblings === 'once'
    const read = (name: string) => {
      const found = readField(question, name, values, today)
      if ('wrong' in found) errors[name] = found.wrong
      return 'wrong' in found ? undefined : found.value
    }
    const shared = once ? read(onceName(question.key)) : undefined
    for (const { person } of children) {
      const own = once && children.length === 1 ? undefined : read(eachName(person, question.key))
      const taken =
        single(values[takeName(once ? 'once' : person, question.key)]) === 'yes'
          ? offers(person, question.key)
          : undefined
      const answer: Answer | undefined =
        own !== undefined
          ? { value: own, shared: false }
          : shared !== undefined
            ? { value: shared, shared: children.length > 1 }
            : taken && { ...taken, shared: false }
      answers.get(person)!.set(question.key, answer)
    }
  }
  return { answers, errors }
}

/** A section’s fields as they are shown: from what each child’s record says. Pure; `readSection` gives the answers back. */
export function valuesOf(
  section: Section,
  children: readonly FormChild[],
  answersOf: (child: string) => Answers,
): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {}
  const put = (question: Question, name: string, value: AnswerValue) => {
    if (question.kind === 'table')
      for (const [row, cells] of (value as readonly Record<string, string>[]).entries())
        for (const [column, text] of Object.entries(cells)) values[cellName(name, row, column)] = text
    else if (question.kind === 'date') values[name] = (value as string).split('-').reverse().join('/')
    else values[name] = typeof value === 'string' ? value : ([...value] as string[])
  }
  for (const question of section.questions) {
    const once = question.siblings === 'once'
    const given = children.map(({ person }) => answersOf(person).get(question.key))
    const common = once
      ? (given.find((answer) => answer?.shared) ?? (children.length === 1 ? given[0] : undefined))
      : undefined
    if (common) put(question, onceName(question.key), common.value)
    for (const [n, { person }] of children.entries()) {
      const answer = given[n]
      if (answer && answer !== common && !answer.shared)
        put(question, eachName(person, question.key), answer.value)
    }
  }
  return values
}

/** Whether a condition holds for one child’s answers. */
export function holds(condition: Condition | undefined, answers: Answers): boolean {
  if (!condition) return true
  const value = answers.get(condition.question)?.value
  if (value === undefined) return false
  if (!condition.is) return true
  return condition.is.some((wanted) =>
    typeof value === 'string' ? value === wanted : value.some((one) => one === wanted),
  )
}

/** The questions of a form that one child is asked, with the section of each: what is not shown does not count. */
export function askedOf(
  form: Definition,
  answers: Answers,
): readonly { readonly section: Section; readonly question: Question }[] {
  // A question whose own condition rests on one that is not shown is not shown either.
  const shown = new Map<string, Answer>()
  const asked: { section: Section; question: Question }[] = []
  for (const section of form.sections) {
    if (!holds(section.showWhen, shown)) continue
    for (const question of section.questions) {
      if (!holds(question.showWhen, shown)) continue
      asked.push({ section, question })
      const answer = answers.get(question.key)
      if (answer) shown.set(question.key, answer)
    }
  }
  return asked
}

/** Something that has to be answered before the form is submitted. */
export interface Missing {
  readonly child: FormChild
  readonly section: Section
  readonly question: Question
}

export const missingOf = (
  form: Definition,
  children: readonly FormChild[],
  answersOf: (child: string) => Answers,
): Missing[] =>
  children.flatMap((child) => {
    const answers = answersOf(child.person)
    return askedOf(form, answers).flatMap(({ section, question }) =>
      question.required && !answers.has(question.key) ? [{ child, section, question }] : [],
    )
  })

/** An answer in words, as a document shows it: no marks, no codes. */
export function answerWords(question: Question, value: AnswerValue): string {
  if (question.kind === 'table') {
    return (value as readonly Record<string, string>[])
      .map((row) =>
        question.columns!.flatMap(({ key, text }) => (row[key] ? [`${text}: ${row[key]}`] : [])).join('; '),
      )
      .join('\n')
  }
  if (typeof value !== 'string') return value.map((one) => chosenWords(question, String(one))).join('\n')
  if (question.kind === 'date') return formatDate(value)
  if (!isText(question)) return chosenWords(question, value)
  return paragraphsOf(value)
    .map(({ words }) => words)
    .join('\n\n')
}

const chosenWords = (question: Question, value: string): string =>
  question.kind === 'code'
    ? labelOf(question.codes!, value)
    : (optionsOf(question).find((one) => one.value === value)?.text ?? value)

/** A row of `record.form_answer`. */
export interface AnswerRow {
  readonly place: number
  readonly value: AnswerValue | null
  readonly words: string | null
  readonly origin: OriginCode | null
  readonly about: string | null
  readonly childMayRead: boolean
  readonly parentMayRead: boolean
}

/** An answer as rows: what is written a row for each paragraph, with who said it and who may read it; what is chosen one. */
export function rowsOf(question: Question, { value }: Answer): AnswerRow[] {
  const { childMayRead, parentMayRead, origin = 'worker' } = question
  if (!isText(question) || typeof value !== 'string')
    return [
      {
        place: 0,
        value,
        words: null,
        origin: question.origin ?? null,
        about: null,
        childMayRead,
        parentMayRead,
      },
    ]
  return paragraphsOf(value).map((paragraph, place) => ({
    place,
    value: null,
    words: paragraph.words,
    origin: paragraph.origin === 'worker' ? origin : paragraph.origin,
    about: paragraph.about ?? null,
    childMayRead: childMayRead && paragraph.childMayRead,
    parentMayRead: parentMayRead && paragraph.parentMayRead,
  }))
}

/** The answer that rows keep, as it was typed: with its marks, so that writing on loses none. */
export function valueOfRows(question: Question, rows: readonly AnswerRow[]): AnswerValue | undefined {
  const standing = rows.filter(({ value, words }) => value !== null || words !== null)
  if (standing.length === 0) return undefined
  if (standing[0]!.value !== null) return standing[0]!.value
  return standing
    .toSorted((one, other) => one.place - other.place)
    .map((row) => `${marksOf(question, row)}${row.words}`)
    .join('\n\n')
}

function marksOf(
  { origin: usual = 'worker', childMayRead, parentMayRead }: Question,
  row: AnswerRow,
): string {
  const said = row.origin !== usual ? marks.find(({ origin }) => origin === row.origin) : undefined
  const bySaying = (reader: 'childMayRead' | 'parentMayRead') => said?.[reader] === false
  return [
    said?.word,
    childMayRead && !row.childMayRead && !bySaying('childMayRead') ? 'not for the child' : undefined,
    parentMayRead && !row.parentMayRead && !bySaying('parentMayRead') ? 'not for parents' : undefined,
    row.about ? `about ${row.about}` : undefined,
  ]
    .filter((word) => word !== undefined)
    .map((word) => `[${word}] `)
    .join('')
}

export type { Paragraph }

/** What answers fill of the record, by column: a list where several were chosen. */
export function boundValues(form: Definition, answers: Answers): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  const asked = new Set(askedOf(form, answers).map(({ question }) => question.key))
  for (const { key, binding } of questionsOf(form)) {
    const value = binding && asked.has(key) ? answers.get(key)?.value : undefined
    if (binding && value !== undefined) found.set(binding, [value].flat().map(String))
  }
  return found
}
