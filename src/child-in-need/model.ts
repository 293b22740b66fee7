import type { Day } from '../web/words.ts'

/** The states of a child in need plan and the ways between them (practice 6). Pure: a refusal is in words. */
export type State = 'none' | 'active' | 'ended'

export const endReasons = {
  'needs-met': 'What was needed is met',
  'stepped-down': 'Early help takes over',
  'consent-withdrawn': 'The family no longer agrees',
  moved: 'The family moved away',
  died: 'The child died',
  other: 'Another reason, as said',
} as const
export type EndReason = keyof typeof endReasons

export const reviewOutcomes = {
  continues: 'The plan goes on as it is',
  changes: 'The plan goes on, changed',
  'steps-down': 'The plan ends: early help takes over',
  closes: 'The plan ends: the child’s needs are met',
  escalates: 'The plan is not enough: strategy discussion or legal advice',
} as const
export type ReviewOutcome = keyof typeof reviewOutcomes

export const planParts = {
  need: 'What the child needs',
  outcome: 'What is to be different',
  action: 'Who does what',
  contingency: 'What we do if it does not work',
} as const
export type PlanPart = keyof typeof planParts

export type Event =
  | {
      readonly is: 'start'
      readonly manages: boolean
      readonly episodeSince: Day | null
      /** A child protection plan or care runs: its plan is the child's plan. */
      readonly otherPlan: boolean
      readonly on: Day
    }
  | { readonly is: 'review'; readonly since: Day; readonly on: Day | undefined; readonly today: Day }
  | {
      readonly is: 'end'
      readonly manages: boolean
      readonly since: Day
      readonly on: Day
      readonly lastReview: Day | null
    }

export type Step = { readonly to: State } | { readonly why: string }

/** Where an event leads a plan, or in words why it may not happen. */
export function step(state: State, event: Event): Step {
  if (state === 'ended') return { why: 'The plan has ended. What is new begins another plan' }
  if (state === 'none' && event.is !== 'start') return { why: 'No child in need plan is running' }
  if (state === 'active' && event.is === 'start')
    return { why: 'A child in need plan is running already: a child has one at a time' }
  switch (event.is) {
    case 'start':
      if (!event.manages) return { why: 'A manager agrees that a plan begins' }
      if (!event.episodeSince)
        return { why: 'No referral of this child is open: a plan belongs to an episode of need' }
      if (event.otherPlan)
        return { why: 'A child protection plan or care is running: that is the child’s plan' }
      return event.on < event.episodeSince
        ? { why: 'The referral came later: nothing was open then' }
        : { to: 'active' }
    case 'review':
      if (!event.on || event.on > event.today) return { why: 'A review is written up when it was held' }
      return event.on < event.since
        ? { why: 'The plan had not begun on the day of the review' }
        : { to: 'active' }
    case 'end':
      if (!event.manages) return { why: 'A manager agrees that a plan ends' }
      if (event.on < event.since) return { why: 'The plan had not begun then' }
      return event.lastReview && event.on < event.lastReview
        ? { why: 'A review was held after that day: the plan ran until then at least' }
        : { to: 'ended' }
  }
}

/** Why a plan ends by what a review found; undefined when it goes on. */
export const endedBy = (outcome: ReviewOutcome): EndReason | undefined =>
  outcome === 'closes' ? 'needs-met' : outcome === 'steps-down' ? 'stepped-down' : undefined

export interface LineTyped {
  readonly part: PlanPart
  readonly words: string
  readonly who: string | null
  readonly due: Day | null
  readonly familyMayRead: boolean
}

const kept = '[not for parents]'

/** A part of a plan as it was typed, a line each; what must not be in the family's copy begins with [not for parents]. */
export const linesTyped = (part: PlanPart, typed: string | undefined): LineTyped[] =>
  (typed ?? '')
    .split('\n')
    .map((line) => line.trim())
    .map((line) => ({ familyMayRead: !line.toLowerCase().startsWith(kept), line }))
    .map(({ familyMayRead, line }) => ({
      familyMayRead,
      words: familyMayRead ? line : line.slice(kept.length).trim(),
    }))
    .filter(({ words }) => words !== '')
    .map((one) => ({ part, who: null, due: null, ...one }))

/** The same lines as they were typed. */
export const typedOf = (lines: readonly Pick<LineTyped, 'words' | 'familyMayRead'>[]): string =>
  lines.map(({ words, familyMayRead }) => (familyMayRead ? words : `${kept} ${words}`)).join('\n')
