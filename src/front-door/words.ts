import { codeSet } from '../codes/codes.ts'

/** How a contact came. */
export const methods = {
  phone: 'Telephone',
  email: 'E-mail',
  'web-form': 'Form on the public page',
  police: 'Police notification',
  'in-person': 'In person',
  'out-of-hours': 'Out of hours',
  letter: 'Letter',
  api: 'From another system',
} as const
export type Method = keyof typeof methods

/** How who told us is connected, by the census's codes: the same list for contacts and referrals. */
export const sourceOptions = codeSet('referral_source').codes.map(({ code, label }) => ({
  value: code,
  text: label,
}))
export const sourceCodes = sourceOptions.map(({ value }) => value) as [string, ...string[]]

/** Sources that are members of the public: kept as informants, and never named without asking (governance D.1, F36). */
export const publicSources: ReadonlySet<string> = new Set(['1A', '1B', '1C', '1D', '9', '10'])

/** Who told it, for paragraphs that do not say otherwise: what redaction rests on. */
export function originOfSource(
  code: string,
): 'relative' | 'public' | 'child' | 'police' | 'health' | 'school' | 'court' | 'professional' {
  if (code === '1A') return 'relative'
  if (code === '1C') return 'child'
  if (publicSources.has(code)) return 'public'
  if (code.startsWith('2')) return 'school'
  if (code.startsWith('3')) return 'health'
  if (code === '6') return 'police'
  return code === '7' ? 'court' : 'professional'
}

export const safety = {
  yes: 'Safe now',
  no: 'Not safe now',
  unknown: 'Not known',
} as const

export const consents = {
  given: 'Agreed to',
  refused: 'Not agreed to',
  'not-sought': 'Not asked, because',
  'not-needed': 'Not needed: a child may be suffering significant harm',
} as const

export const knows = {
  yes: 'The family knows',
  no: 'The family does not know',
  unknown: 'Not known',
} as const

/** Adults of whom a contact speaks. */
export const namedAs = {
  mother: 'Mother',
  father: 'Father',
  partner: 'Parent’s partner',
  carer: 'Carer',
  relative: 'Relative',
  lodger: 'Lodger or friend',
  other: 'Another adult',
} as const
export type NamedAs = keyof typeof namedAs

/** What is decided about a contact (practice 1.1). */
export const decisions = {
  'no-further-action': 'No further action',
  'information-and-advice': 'Information and advice given',
  signposted: 'Pointed to another service',
  'early-help': 'To early help',
  'linked-to-open-case': 'To the worker of the open case',
  referral: 'Referral to social care',
  'referral-and-strategy-discussion': 'Referral, and a strategy discussion at once',
  'passed-to-another-authority': 'Passed to another authority',
} as const
export type Decision = keyof typeof decisions
export const decisionCodes = Object.keys(decisions) as [Decision, ...Decision[]]

export const thresholds = {
  universal: 'Universal services',
  'early-help': 'Early help',
  'child-in-need': 'Child in need (section 17)',
  protection: 'Child protection (section 47)',
} as const

export const priorities = {
  today: 'Today',
  'this-week': 'This week',
  ordinary: 'In the ordinary time',
} as const

/** What follows a referral; more than one may (practice 1.1). */
export const referralOutcomes = {
  assessment: 'Child and family assessment',
  'strategy-discussion': 'Strategy discussion',
  'private-fostering': 'Private fostering',
  'transfer-in-conference': 'Transfer-in conference',
  'request-to-accommodate': 'Request to accommodate',
  uasc: 'Unaccompanied child seeking asylum',
  'care-leaver-returning': 'Care leaver coming back',
  'non-agency-adoption': 'Adoption not through an agency',
} as const
export type ReferralOutcome = keyof typeof referralOutcomes
export const outcomeCodes = Object.keys(referralOutcomes) as [ReferralOutcome, ...ReferralOutcome[]]

export const informedHows = { letter: 'By letter', spoken: 'Spoken to', email: 'By e-mail' } as const

/** Why early help ended. */
export const endReasons = {
  'needs-met': 'What was needed is done',
  'no-need': 'The assessment found no need',
  'stepped-up': 'Stepped up to social care',
  'consent-withdrawn': 'The family no longer agrees',
  moved: 'The family moved away',
  'not-engaged': 'The family did not take part',
} as const
export type EndReason = keyof typeof endReasons

export const options = (words: Readonly<Record<string, string>>): { value: string; text: string }[] =>
  Object.entries(words).map(([value, text]) => ({ value, text }))

/** A code's words, or the code where the list does not know it. */
export const said = (words: Readonly<Record<string, string>>, code: string | null | undefined): string =>
  code && Object.hasOwn(words, code) ? words[code]! : (code ?? '')
