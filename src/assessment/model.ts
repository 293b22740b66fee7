import type { Day } from '../web/words.ts'

/**
 * The states of a child and family assessment and every way between them (practice 3.1). Pure: what may not happen is
 * answered in words that say why.
 */
export type State = 'none' | 'started' | 'in-progress' | 'awaiting-authorisation' | 'completed'

export const states: Readonly<Record<State, string>> = {
  none: 'Not begun',
  started: 'Begun, nothing written yet',
  'in-progress': 'Being written',
  'awaiting-authorisation': 'Waits for its signature',
  completed: 'Finished and signed',
}

/** Why an assessment is not finished. */
export const stopReasons = {
  moved: 'The family moved away',
  died: 'The child died',
  'in-error': 'It was opened in error',
} as const
export type StopReason = keyof typeof stopReasons

/** What a form says at its end, of one child. */
export interface Conclusion {
  readonly seen: string | undefined
  readonly notSeenBecause: boolean
  /** What part each parent took, in the form's own codes. */
  readonly parents: readonly (string | undefined)[]
  /** What was done to reach a parent who took no part is written. */
  readonly tried: boolean
  readonly factors: readonly string[]
  readonly recommended: readonly string[]
  readonly endsHere: string | undefined
}

export type Event =
  | {
      readonly is: 'start'
      /** The day the open episode of need began; null where none is open. */
      readonly episodeSince: Day | null
      /** Another assessment of the same episode is not finished (DfE 8896). */
      readonly anotherOpen: boolean
      readonly on: Day
    }
  | { readonly is: 'write' }
  | {
      readonly is: 'review'
      readonly manages: boolean
      readonly since: Day
      readonly on: Day
      readonly next: Day | undefined
      readonly goesOn: boolean
    }
  | { readonly is: 'submit'; readonly says: Conclusion }
  | { readonly is: 'stop'; readonly because: StopReason; readonly died: boolean; readonly words: boolean }
  | { readonly is: 'return'; readonly manages: boolean; readonly reason: boolean; readonly stopped: boolean }
  | { readonly is: 'authorise'; readonly manages: boolean; readonly own: boolean }

export type Step = { readonly to: State } | { readonly why: string }

const known: Readonly<Record<State, readonly Event['is'][]>> = {
  none: ['start'],
  started: ['write', 'review', 'stop'],
  'in-progress': ['write', 'review', 'submit', 'stop'],
  'awaiting-authorisation': ['return', 'authorise'],
  completed: [],
}

const fromWords: Readonly<Record<State, string>> = {
  none: 'No assessment was begun',
  started: 'The assessment is begun already, and nothing is written in it yet',
  'in-progress': 'The assessment is being written',
  'awaiting-authorisation': 'It waits for its signature: take it back, or have it returned, to change it',
  completed: 'It is signed and finished. What is new begins another assessment',
}

/** Where an event leads from a state, or in words why it may not happen. */
export function step(state: State, event: Event): Step {
  if (!known[state].includes(event.is)) return { why: fromWords[state] }
  const why = refusal(event)
  return why ? { why } : { to: next(state, event) }
}

function next(state: State, event: Event): State {
  switch (event.is) {
    case 'start':
      return 'started'
    case 'review':
      return state
    case 'write':
    case 'return':
      return 'in-progress'
    case 'submit':
    case 'stop':
      return 'awaiting-authorisation'
    case 'authorise':
      return 'completed'
  }
}

function refusal(event: Event): string | undefined {
  switch (event.is) {
    case 'start':
      if (event.anotherOpen)
        return 'An assessment of this child is open already: an episode has one at a time (DfE 8896)'
      if (!event.episodeSince)
        return 'No referral of this child is open. An assessment follows a referral: the front door takes it'
      return event.on < event.episodeSince ? 'The referral came later: nothing was open then' : undefined
    case 'write':
      return undefined
    case 'review':
      if (!event.manages) return 'At a review point a manager says how it goes on, in their own name'
      if (event.on < event.since) return 'The assessment had not begun then'
      if (event.goesOn && !event.next) return 'Say when you look at it next'
      return event.next && event.next <= event.on ? 'The next look is after this one' : undefined
    case 'submit':
      return wrongWithConclusion(event.says)
    case 'stop':
      if (!event.words) return 'Say what happened, and who was told'
      return event.because === 'died' && !event.died
        ? 'The record does not say that the child died. Record that first'
        : undefined
    case 'return':
      if (!event.manages) return 'A manager returns it'
      return event.reason ? undefined : 'Say what is missing'
    case 'authorise':
      if (!event.manages) return 'A manager signs it'
      return event.own ? 'Nobody signs their own work' : undefined
  }
}

/** Parts a parent may take that leave their own account out: what was done about it has to be said. */
const withoutAccount: readonly string[] = ['declined', 'not-safe', 'not-found', 'not-known']
/** What may be recommended when it ends here; everything else goes on. */
const endings: readonly string[] = ['no-further-action', 'step-down', 'other-agency']
const noneFound = '21'

/** What keeps an assessment from being submitted, of one child; undefined when nothing does (practice 3.1, 3.2). */
export function wrongWithConclusion(says: Conclusion): string | undefined {
  if (!says.seen || (says.seen === 'no' && !says.notSeenBecause))
    return 'Say whether the child was seen, and if not, why and what was done to see them'
  if (says.parents.some((part) => !part))
    return 'Account for both parents: ‘Is not known’ is an answer, with what was done to find out'
  if (says.parents.some((part) => withoutAccount.includes(part!)) && !says.tried)
    return 'A parent took no part: say what was done to reach them, and what that leaves unknown'
  if (says.factors.length === 0) return 'Choose the factors that were found, or that none was (DfE 8897)'
  if (new Set(says.factors).size < says.factors.length) return 'A factor is said once (DfE 8898)'
  if (says.factors.includes(noneFound) && says.factors.length > 1)
    return 'No factor identified (21) stands alone (DfE 8869)'
  if (says.recommended.length === 0) return 'Say what should follow'
  const goesOn = says.recommended.filter((one) => !endings.includes(one))
  if (
    says.recommended.includes('no-further-action') &&
    says.recommended.some((one) => one !== 'no-further-action' && one !== 'other-agency')
  )
    return 'Either nothing further follows, or something does: choose one'
  if (says.endsHere === 'yes' && goesOn.length > 0)
    return 'It is said to end here, and something is to follow: put one of them right'
  // Another agency's work may be all that follows, or ours may go on beside it.
  if (says.endsHere !== 'yes' && goesOn.length === 0 && !says.recommended.includes('other-agency'))
    return 'Nothing that children’s social care does is to follow: say that it ends here, or what follows'
  return undefined
}

/** What the signature brings about for one child. */
export interface Following {
  /** A child in need plan begins on the day of the signature. */
  readonly plan: boolean
  /** The episode of need closes, for this reason of the census. */
  readonly close: 'RC8' | undefined
}

/**
 * What follows a signed assessment by itself. A strategy discussion, a step-down and the like are somebody's next work and
 * are led to; an episode that steps down closes once early help has accepted (RC9).
 */
export function following(
  recommended: readonly string[],
  child: { readonly hasPlan: boolean; readonly protected: boolean; readonly inCare: boolean },
): Following {
  return {
    plan: recommended.includes('child-in-need-plan') && !child.hasPlan && !child.protected && !child.inCare,
    close:
      recommended.every((one) => one === 'no-further-action' || one === 'other-agency') &&
      recommended.includes('no-further-action')
        ? 'RC8'
        : undefined,
  }
}

/** Where an assessment stands, from what is on record. */
export function stateOf(one: {
  readonly authorised: Day | null
  readonly form: string | null
  /** The last step towards a signature, of the form or of stopping. */
  readonly lastAct: string | null
}): State {
  if (one.authorised) return 'completed'
  if (one.lastAct === 'submitted') return 'awaiting-authorisation'
  return one.form ? 'in-progress' : 'started'
}
