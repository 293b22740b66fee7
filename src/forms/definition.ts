import { z } from 'zod'
import { codeSets } from '../codes/codes.ts'
import { originWords } from '../people/origins.ts'

/** What can be asked. */
export const questionKinds = {
  text: 'A line',
  'long-text': 'Paragraphs',
  'one-of': 'One of a list',
  'several-of': 'Any of a list',
  'yes-no': 'Yes or no',
  date: 'A day',
  number: 'A number',
  person: 'Somebody of the family',
  code: 'A national code',
  address: 'An address',
  agency: 'An agency or professional',
  table: 'Rows',
  statement: 'A statement, without an answer',
} as const
export type QuestionKind = keyof typeof questionKinds

const keysOf = <T extends object>(words: T) =>
  Object.keys(words) as [keyof T & string, ...(keyof T & string)[]]

const key = z.string().regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'Small letters and digits, joined by hyphens')
const words = z.string().trim().min(1)

/** When a question or section is shown: another question’s answer is this, or one of these, or there is one at all. */
const condition = z.strictObject({
  question: key,
  is: z.array(words).min(1).optional(),
})
export type Condition = z.infer<typeof condition>

/** Where an answer begins that is known already: an earlier form’s answer, or a fact of the record. The first found is offered. */
const source = z.union([
  z.strictObject({ form: key, question: key }),
  z.strictObject({ fact: z.enum(['responsibility', 'household', 'communication', 'characteristics']) }),
])
export type SourceAsked = z.infer<typeof source>

const option = z.strictObject({ value: key, text: words, hint: words.optional() })
const column = z.strictObject({ key, text: words, kind: z.enum(['text', 'date']).default('text') })

const question = z
  .strictObject({
    key,
    kind: z.enum(keysOf(questionKinds)),
    label: words,
    guidance: words.optional(),
    options: z.array(option).min(2).optional(),
    /** A national code set, for kind `code`; with `several`, any number of its codes. */
    codes: z.string().optional(),
    several: z.boolean().optional(),
    columns: z.array(column).min(1).optional(),
    /** Must be answered before the form is submitted; never to save it. */
    required: z.boolean().default(false),
    showWhen: condition.optional(),
    about: z.enum(['child', 'parent', 'family']).default('child'),
    /** Sisters and brothers: asked once for all of them, or of each. */
    siblings: z.enum(['once', 'each']).default('each'),
    /** The field group of its answer (foundation.field_group), and whether it needs special care. */
    group: z
      .string()
      .regex(/^F[0-3]\d$/)
      .optional(),
    care: z.enum(['ordinary', 'special', 'criminal', 'restricted']).default('special'),
    /** Who said what is written, and who may read it, where nobody says otherwise. */
    origin: z.enum(keysOf(originWords)).optional(),
    childMayRead: z.boolean().default(true),
    parentMayRead: z.boolean().default(true),
    /** Statutory: the column of the record that the answer fills. */
    binding: z
      .string()
      .regex(/^[a-z0-9_]+\.[a-z0-9_]+$/)
      .optional(),
    from: z.array(source).optional(),
  })
  .superRefine((one, context) => {
    const wrong = (message: string) => context.addIssue({ code: 'custom', message: `${one.key}: ${message}` })
    if (['one-of', 'several-of'].includes(one.kind) !== (one.options !== undefined))
      wrong('a list of answers belongs to a question that chooses from one')
    if ((one.kind === 'code') !== (one.codes !== undefined))
      wrong('a code set belongs to a question for a code')
    if (one.codes !== undefined && !codeSets.has(one.codes)) wrong(`there is no code set ${one.codes}`)
    if ((one.kind === 'table') !== (one.columns !== undefined)) wrong('columns belong to a question for rows')
    if (one.kind === 'statement' && (one.required || one.binding)) wrong('a statement has no answer')
  })
export type Question = z.infer<typeof question>

const section = z.strictObject({
  key,
  title: words,
  guidance: words.optional(),
  showWhen: condition.optional(),
  questions: z.array(question).min(1),
})
export type Section = z.infer<typeof section>

/** A form as data. */
export const definition = z
  .strictObject({
    key,
    title: words,
    /** What it is for, in a sentence, where a worker chooses it. */
    purpose: words,
    about: z.enum(['child', 'family']).default('child'),
    /** The field group of what is written in it, where its question says no other. */
    group: z.string().regex(/^F[0-3]\d$/),
    /** Who signs it; a form without is filed by whoever writes it. */
    signed: z
      .strictObject({
        roles: z.array(z.string().regex(/^A-[A-Z]{2,4}$/)).min(1),
        rules: z.array(z.string()).min(1).default(['supervising-line', 'team', 'duty', 'cover']),
      })
      .optional(),
    sections: z.array(section).min(1),
  })
  .superRefine((form, context) => {
    const wrong = (message: string) => context.addIssue({ code: 'custom', message })
    const before = new Set<string>()
    const sections = new Set<string>()
    const asked = (shown: Condition | undefined, where: string) => {
      if (shown && !before.has(shown.question))
        wrong(`${where} is shown by the answer to ${shown.question}, which does not come before it`)
    }
    for (const part of form.sections) {
      if (sections.has(part.key)) wrong(`There are two sections ${part.key}`)
      sections.add(part.key)
      asked(part.showWhen, `Section ${part.key}`)
      for (const one of part.questions) {
        if (before.has(one.key)) wrong(`There are two questions ${one.key}`)
        asked(one.showWhen, one.key)
        if (one.kind !== 'statement') before.add(one.key)
      }
    }
  })
export type Definition = z.infer<typeof definition>

export const questionsOf = (form: Definition): readonly Question[] =>
  form.sections.flatMap(({ questions }) => questions)

export const groupOf = (form: Definition, one: Question): string => one.group ?? form.group

/** Every field group that a form’s answers belong to. */
export const groupsOf = (form: Definition): string[] =>
  [...new Set([form.group, ...questionsOf(form).map((one) => groupOf(form, one))])].sort()

/** A statutory question as every version must have it: the same as in forms.bound_question. */
export interface BoundQuestion {
  readonly question: string
  readonly binding: string
  readonly must: Omit<Question, 'guidance'>
  readonly section_shown: Condition | null
}

export const boundOf = (form: Definition): BoundQuestion[] =>
  form.sections.flatMap((part) =>
    part.questions.flatMap(({ guidance: _, ...must }) =>
      must.binding === undefined
        ? []
        : [{ question: must.key, binding: must.binding, must, section_shown: part.showWhen ?? null }],
    ),
  )

/** One difference between two versions of a form, in words. */
export interface Difference {
  readonly section: string
  readonly what: 'added' | 'removed' | 'moved' | 'changed'
  readonly label: string
  readonly words: readonly string[]
}

const propertyWords: Record<string, string> = {
  kind: 'what is asked for',
  label: 'the question',
  guidance: 'the guidance',
  options: 'the answers to choose from',
  codes: 'the code set',
  several: 'how many may be chosen',
  columns: 'the columns',
  required: 'whether it must be answered',
  showWhen: 'when it is shown',
  about: 'whom it is about',
  siblings: 'whether it is asked once or of each child',
  group: 'the field group',
  care: 'the care it needs',
  origin: 'who said it',
  childMayRead: 'whether the child may read it',
  parentMayRead: 'whether parents may read it',
  binding: 'the column it fills',
  from: 'where the answer begins',
}

/** What a version does otherwise than another, question by question, in the order of the newer. Pure. */
export function differences(before: Definition, now: Definition): Difference[] {
  const placed = (form: Definition) =>
    new Map(
      form.sections.flatMap((part) =>
        part.questions.map((one, place) => [one.key, { one, section: part, place }] as const),
      ),
    )
  const [earlier, later] = [placed(before), placed(now)]
  const orderOf = (places: ReturnType<typeof placed>, other: ReturnType<typeof placed>) =>
    [...places.keys()].filter((name) => other.has(name))
  const [was, is] = [orderOf(earlier, later), orderOf(later, earlier)]
  const found: Difference[] = []
  for (const [name, { one, section: part }] of later) {
    const old = earlier.get(name)
    if (!old) {
      found.push({ section: part.title, what: 'added', label: one.label, words: [] })
      continue
    }
    const changed = Object.keys(propertyWords).filter(
      (property) =>
        JSON.stringify(old.one[property as keyof Question]) !==
        JSON.stringify(one[property as keyof Question]),
    )
    if (changed.length > 0)
      found.push({
        section: part.title,
        what: 'changed',
        label: one.label,
        words: changed.map((property) =>
          property === 'label' ? `the question was ‘${old.one.label}’` : propertyWords[property]!,
        ),
      })
    if (old.section.key !== part.key || was.indexOf(name) !== is.indexOf(name))
      found.push({ section: part.title, what: 'moved', label: one.label, words: [] })
  }
  for (const [name, { one, section: part }] of earlier)
    if (!later.has(name)) found.push({ section: part.title, what: 'removed', label: one.label, words: [] })
  for (const part of now.sections) {
    const old = before.sections.find((other) => other.key === part.key)
    const changed = (['title', 'guidance', 'showWhen'] as const).filter(
      (property) => JSON.stringify(old?.[property]) !== JSON.stringify(part[property]),
    )
    if (old && changed.length > 0)
      found.push({
        section: part.title,
        what: 'changed',
        label: `The section ‘${part.title}’`,
        words: changed.map((property) =>
          property === 'title' ? `its title was ‘${old.title}’` : propertyWords[property]!,
        ),
      })
  }
  return found
}
