import { formatDate, listed } from '../../web/words.ts'
import { letterDate } from '../papers/letter-date.ts'
import { chosen, conditionsIn } from './markup.ts'

/** What a letter is filled from: facts of the record, read before. What the record does not say is absent. */
export interface LetterFacts {
  readonly authority: string
  readonly today: string
  readonly children: readonly { readonly name: string }[]
  readonly addressee: {
    readonly kind: 'family' | 'child' | 'professional'
    readonly name: string
    readonly language?: string | undefined
    readonly interpreter: boolean
    readonly largePrint: boolean
    readonly easyRead: boolean
  }
  readonly worker: string
  readonly workerTitle?: string | undefined
  readonly workerTelephone?: string | undefined
  readonly team?: string | undefined
  readonly onProtectionPlan: boolean
  readonly inCare: boolean
  readonly inNeed: boolean
  readonly referralDay?: string | undefined
  readonly childInNeedPlanSince?: string | undefined
  readonly closingDay?: string | undefined
  /** Of the meeting an invitation is about, where another part of the service hands it over. */
  readonly meeting?:
    | {
        readonly day?: string | undefined
        readonly time?: string | undefined
        readonly place?: string | undefined
        readonly chair?: string | undefined
      }
    | undefined
}

interface Field {
  /** What it is, for whoever writes a template; where the record cannot say it, this stands in brackets to be written. */
  readonly words: string
  readonly value: (facts: LetterFacts) => string | undefined
}

const firstName = (name: string) => name.split(' ')[0]!
const day = (value: string | undefined) => value && formatDate(value)

/** The closed list of what a template may ask of the record. */
export const mergeFields = {
  child: { words: 'the child’s name', value: ({ children }) => listed(children.map(({ name }) => name)) },
  'child-first-name': {
    words: 'the child’s first name',
    value: ({ children }) => listed(children.map(({ name }) => firstName(name))),
  },
  dear: {
    words: 'how the addressee is spoken to',
    value: ({ addressee: { kind, name } }) => (kind === 'child' ? firstName(name) : name),
  },
  addressee: { words: 'the addressee’s name', value: ({ addressee }) => addressee.name },
  language: { words: 'the addressee’s language', value: ({ addressee }) => addressee.language },
  worker: { words: 'who writes', value: ({ worker }) => worker },
  'worker-title': { words: 'what the writer is', value: ({ workerTitle }) => workerTitle },
  'worker-telephone': { words: 'the writer’s telephone', value: ({ workerTelephone }) => workerTelephone },
  team: { words: 'the team', value: ({ team }) => team },
  authority: { words: 'the authority', value: ({ authority }) => authority },
  today: { words: 'today', value: ({ today }) => letterDate(today) },
  'referral-day': { words: 'the day of the referral', value: ({ referralDay }) => day(referralDay) },
  'child-in-need-plan-since': {
    words: 'since when the plan has been in force',
    value: ({ childInNeedPlanSince: since }) => (since ? ` on ${formatDate(since)}` : ''),
  },
  'closing-day': { words: 'the day the work ends', value: ({ closingDay }) => day(closingDay) },
  'meeting-day': { words: 'the day of the meeting', value: ({ meeting }) => day(meeting?.day) },
  'meeting-time': { words: 'the time of the meeting', value: ({ meeting }) => meeting?.time },
  'meeting-place': { words: 'the place of the meeting', value: ({ meeting }) => meeting?.place },
  chair: { words: 'who leads the meeting', value: ({ meeting }) => meeting?.chair },
  'visit-day': { words: 'the day of the visit', value: () => undefined },
  'visit-time': { words: 'the time of the visit', value: () => undefined },
  'reply-by': { words: 'by which day to answer', value: () => undefined },
} as const satisfies Record<string, Field>
export type MergeField = keyof typeof mergeFields

/** On what a paragraph of a template may depend. */
export const conditions = {
  interpreter: { words: 'the addressee needs an interpreter', holds: (f) => f.addressee.interpreter },
  'large-print': { words: 'the addressee reads large print', holds: (f) => f.addressee.largePrint },
  'several-children': {
    words: 'the letter is about more than one child',
    holds: (f) => f.children.length > 1,
  },
  'on-protection-plan': { words: 'a child is on a child protection plan', holds: (f) => f.onProtectionPlan },
  'looked-after': { words: 'a child is looked after', holds: (f) => f.inCare },
  'in-need': { words: 'a child is a child in need', holds: (f) => f.inNeed },
} as const satisfies Record<string, { words: string; holds: (facts: LetterFacts) => boolean }>
export type Condition = keyof typeof conditions

const field = /\{([a-z-]+)\}/g

/**
 * A template’s words for one addressee: paragraphs whose condition holds, fields filled. What the record does not say stands in
 * square brackets, to be written by hand.
 */
export function filled(template: string, facts: LetterFacts): string {
  const kept = chosen(
    template,
    (name) => Object.hasOwn(conditions, name) && conditions[name as Condition].holds(facts),
  )
  return kept.replace(field, (whole, name: string) => {
    if (!Object.hasOwn(mergeFields, name)) return whole
    const { words, value } = mergeFields[name as MergeField] as Field
    const said = value(facts)
    return said === undefined || said === null ? `[${words}]` : said
  })
}

/** What still has to be written: the words in square brackets. */
export const unwritten = (text: string): string[] =>
  [...text.matchAll(/\[([^\]\n]+)\]/g)].map(([, words]) => words!)

/** What is wrong with a template, in words for whoever writes it; nothing when it can be published. */
export function wrongInTemplate(text: string): string[] {
  const fields = [...text.matchAll(field)]
    .map(([, name]) => name!)
    .filter((name) => !Object.hasOwn(mergeFields, name))
  const asked = conditionsIn(text).filter((name) => !Object.hasOwn(conditions, name))
  const open = text
    .replace(field, '')
    .replace(/\{(?:if|unless) [a-z-]+\}/g, '')
    .match(/[{}]/)
  return [
    ...new Set([
      ...fields.map((name) => `There is no field {${name}}`),
      ...asked.map((name) => `There is no condition ‘${name}’`),
      ...(open ? ['A curly bracket belongs to no field or condition'] : []),
    ]),
  ]
}

/** The version of a template for an addressee: in easy words where they need them, a child’s own where there is one. */
export const bodyFor = (
  version: { readonly body: string; readonly child_body: string | null; readonly easy_body: string | null },
  { kind, easyRead }: Pick<LetterFacts['addressee'], 'kind' | 'easyRead'>,
): string =>
  (easyRead ? version.easy_body : null) ?? (kind === 'child' ? version.child_body : null) ?? version.body
