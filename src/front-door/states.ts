import type { Decision, ReferralOutcome } from './words.ts'

/**
 * The states of a contact and the referral it may become, and every way between them (practice 1.1). Pure: what may not
 * happen is answered in words that say why.
 */
export type State =
  | 'none'
  | 'new'
  | 'screening'
  | 'awaiting-information'
  | 'closed'
  | 'referral-open'
  | 'referral-no-further-action'
  | 'referral-taken-on'

export const stateWords: Readonly<Record<State, string>> = {
  none: 'Not received',
  new: 'Waiting in the queue',
  screening: 'Being looked at',
  'awaiting-information': 'Waiting for information',
  closed: 'Decided',
  'referral-open': 'Referred, no outcome yet',
  'referral-no-further-action': 'Referred, no further action',
  'referral-taken-on': 'Referred and taken on',
}

/** Whoever does it, as far as the front door cares. */
export interface Actor {
  /** Works the front door or the night (FD, FDM, EDT). */
  readonly worksHere: boolean
  /** A qualified manager of the front door, or the duty social worker at night (FDM, EDT). */
  readonly decides: boolean
  /** Manages a team that takes referrals on (TM). */
  readonly manages: boolean
}

export type Event =
  | {
      readonly is: 'received'
      readonly by: Actor | 'partner'
      readonly hasMoment: boolean
      readonly hasSource: boolean
      readonly people: number
    }
  | { readonly is: 'matched'; readonly by: Actor; readonly searched: boolean; readonly undecided: number }
  | {
      readonly is: 'ask-information'
      readonly by: Actor
      readonly consent: Consent
      readonly consentBecause: boolean
      readonly waitingFor: boolean
    }
  | { readonly is: 'information-came'; readonly by: Actor }
  | {
      readonly is: 'decide'
      readonly by: Actor
      readonly decision: Decision
      readonly reason: boolean
      readonly consent: Consent
      /** The child’s episode of need is open already. */
      readonly openCase: boolean
      readonly threshold: boolean
      readonly priority: boolean
      readonly passedTo: boolean
      /** Thought to be made in bad faith: by whom that is said, and with reasons. */
      readonly badFaith?: { readonly reasons: boolean }
    }
  | { readonly is: 'take-back'; readonly by: Actor; readonly sameDay: boolean; readonly reason: boolean }
  | {
      readonly is: 'refer-outcome'
      readonly by: Actor
      readonly outcomes: readonly ReferralOutcome[]
      readonly reason: boolean
      readonly team: boolean
    }
  | {
      readonly is: 'refer-no-further-action'
      readonly by: Actor
      readonly reason: boolean
      readonly anythingFollowed: boolean
    }

type Consent = 'given' | 'refused' | 'not-sought' | 'not-needed' | undefined

export type Step = { readonly to: State } | { readonly why: string }

const refused = (why: string): Step => ({ why })
const to = (state: State): Step => ({ to: state })
const notHere = refused('This is the work of the front door')
const notDecider = refused(
  'A screener proposes and a manager of the front door decides, at night the duty social worker. Send it as your proposal',
)

const fromWords: Readonly<Record<State, string>> = {
  none: 'Nothing was received yet',
  new: 'It is in the queue and matched with nobody yet',
  screening: 'It is being looked at',
  'awaiting-information': 'It waits for information: say first that it came, or that it will not',
  closed: 'It is decided already',
  'referral-open': 'It is a referral already: what follows is decided there',
  'referral-no-further-action': 'The referral ended with no further action: what is new is a new contact',
  'referral-taken-on': 'The referral was taken on: what is new goes to the worker',
}

/** Which events each state knows: everything else is refused with what the state is. */
const known: Readonly<Record<State, readonly Event['is'][]>> = {
  none: ['received'],
  new: ['matched'],
  screening: ['ask-information', 'decide'],
  'awaiting-information': ['information-came', 'decide'],
  closed: ['take-back'],
  'referral-open': ['refer-outcome', 'refer-no-further-action'],
  'referral-no-further-action': [],
  'referral-taken-on': ['refer-outcome'],
}

/** Where an event leads from a state, or in words why it may not happen. */
export function step(state: State, event: Event): Step {
  if (!known[state].includes(event.is)) return refused(fromWords[state])
  switch (event.is) {
    case 'received':
      return received(event)
    case 'matched':
      if (!event.by.worksHere) return notHere
      if (!event.searched) return refused('Look first whether the record knows them')
      if (event.undecided > 0)
        return refused('Say of each person who it is: somebody in the record, or somebody new')
      return to('screening')
    case 'ask-information':
      return askInformation(event)
    case 'information-came':
      return event.by.worksHere ? to('screening') : notHere
    case 'decide':
      return decide(state, event)
    case 'take-back':
      if (!event.by.decides) return notDecider
      if (!event.reason) return refused('Say what was wrong with the decision')
      return event.sameDay
        ? to('screening')
        : refused('A decision is taken back on its own day; later, what is new is a new contact')
    case 'refer-outcome':
      if (!event.by.decides && !event.by.manages)
        return refused('A manager of the front door or of the team decides what follows')
      if (event.outcomes.length === 0) return refused('Choose what follows')
      if (!event.reason) return refused('Say why this follows')
      if (event.outcomes.includes('assessment') && !event.team)
        return refused('An assessment begins with a team or a worker: choose who takes the child')
      return to('referral-taken-on')
    case 'refer-no-further-action':
      if (!event.by.decides && !event.by.manages)
        return refused('A manager of the front door or of the team decides that nothing follows')
      if (!event.reason) return refused('Say why nothing follows')
      if (event.anythingFollowed)
        return refused(
          'Something followed this referral: it is closed as a case is, not as a referral without action (DfE 4000, 8831)',
        )
      return to('referral-no-further-action')
  }
}

function received({ by, hasMoment, hasSource, people }: Extract<Event, { is: 'received' }>): Step {
  if (by !== 'partner' && !by.worksHere) return notHere
  if (!hasMoment) return refused('Say on which day and at what time it came')
  if (!hasSource) return refused('Say who told us, or that they stay unnamed')
  if (people < 1)
    return refused('Say which child it is about, or that the child is not known or not yet born')
  return to('new')
}

function askInformation({
  by,
  consent,
  consentBecause,
  waitingFor,
}: Extract<Event, { is: 'ask-information' }>): Step {
  if (!by.worksHere) return notHere
  if (!waitingFor) return refused('Say what is asked, and of whom')
  if (!consent) return refused('Say whether the family agreed to asking others')
  if (consent !== 'given' && consent !== 'not-needed' && !consentBecause)
    return refused('The family did not agree: say why others are asked all the same')
  return to('awaiting-information')
}

function decide(state: State, event: Extract<Event, { is: 'decide' }>): Step {
  const { by, decision, reason, consent, openCase, threshold, priority, passedTo, badFaith } = event
  if (!by.worksHere) return notHere
  if (!by.decides) return notDecider
  if (!reason) return refused('Say why: no decision stands without its reasons')
  if (badFaith && !badFaith.reasons)
    return refused('To hold that a contact was not made in good faith needs reasons, in full')
  const refers = decision === 'referral' || decision === 'referral-and-strategy-discussion'
  // Immediate risk does not wait for what was asked of others.
  if (state === 'awaiting-information' && decision !== 'referral-and-strategy-discussion')
    return refused(fromWords[state])
  if (decision === 'early-help') {
    if (openCase) return refused('The case is open to social care: link the contact to it')
    if (consent !== 'given')
      return refused('Early help goes on by agreement: record that the family agreed, or decide otherwise')
  }
  if (decision === 'linked-to-open-case' && !openCase) return refused('No case of this child is open')
  if (decision === 'passed-to-another-authority' && !passedTo) return refused('Say to which authority')
  if (refers && openCase)
    return refused(
      'The case is open already, and a child has one episode at a time: link the contact to it, and ask for the strategy discussion there',
    )
  if (refers && !threshold) return refused('Say which threshold is met')
  if (refers && !priority) return refused('Say how soon')
  return to(refers ? 'referral-open' : 'closed')
}

// ---------------------------------------------------------------------------------------------------------------------

/** Early help and family help (practice 2): one record, from the request to its end. */
export type HelpState =
  | 'none'
  | 'requested'
  | 'assessing'
  | 'plan-active'
  | 'consent-withdrawn'
  | 'closed'
  | 'stepped-up'

export const helpWords: Readonly<Record<HelpState, string>> = {
  none: 'Not asked for',
  requested: 'Asked for, not accepted yet',
  assessing: 'Being assessed',
  'plan-active': 'A plan is running',
  'consent-withdrawn': 'The family no longer agrees: a manager looks at it',
  closed: 'Ended',
  'stepped-up': 'Stepped up to social care',
}

export type HelpEvent =
  | {
      readonly is: 'request'
      readonly reason: boolean
      readonly consent: boolean
      readonly manager: boolean
      readonly from: 'contact' | 'step-down' | 'direct'
    }
  | { readonly is: 'accept'; readonly lead: boolean }
  | { readonly is: 'decline'; readonly manager: boolean; readonly reason: boolean }
  | { readonly is: 'assessed'; readonly manager: boolean; readonly need: boolean; readonly headline: boolean }
  | { readonly is: 'review'; readonly words: boolean }
  | { readonly is: 'withdraw-consent' }
  | { readonly is: 'agree-again'; readonly manager: boolean }
  | { readonly is: 'close'; readonly manager: boolean; readonly reason: boolean }
  | { readonly is: 'ask-step-up'; readonly reason: boolean }
  | { readonly is: 'step-up'; readonly decides: boolean; readonly asked: boolean; readonly openCase: boolean }

const helpKnown: Readonly<Record<HelpState, readonly HelpEvent['is'][]>> = {
  none: ['request'],
  requested: ['accept', 'decline'],
  assessing: ['assessed', 'withdraw-consent', 'ask-step-up', 'step-up', 'close'],
  'plan-active': ['review', 'withdraw-consent', 'ask-step-up', 'step-up', 'close'],
  'consent-withdrawn': ['agree-again', 'close', 'ask-step-up', 'step-up'],
  closed: [],
  'stepped-up': [],
}

export type HelpStep = { readonly to: HelpState } | { readonly why: string }

/** Where an event leads in early help, or in words why it may not happen. */
export function helpStep(state: HelpState, event: HelpEvent): HelpStep {
  if (!helpKnown[state].includes(event.is)) return { why: notInState(state) }
  switch (event.is) {
    case 'request':
      if (!event.reason) return { why: 'Say what help is asked for' }
      if (!event.consent) return { why: 'Early help goes on by agreement: say who agreed and when' }
      return event.from === 'direct' || event.manager
        ? { to: 'requested' }
        : { why: 'A manager agrees that the case steps down' }
    case 'accept':
      return event.lead ? { to: 'assessing' } : { why: 'Say who leads' }
    case 'decline':
      if (!event.manager) return { why: 'A manager decides that help is not taken on' }
      return event.reason ? { to: 'closed' } : { why: 'Say why it is not taken on' }
    case 'assessed':
      if (!event.manager) return { why: 'A manager agrees the assessment' }
      if (!event.need) return { to: 'closed' }
      return event.headline ? { to: 'plan-active' } : { why: 'Say in a line what the plan is' }
    case 'review':
      return event.words ? { to: 'plan-active' } : { why: 'Say what the review found' }
    case 'withdraw-consent':
      return { to: 'consent-withdrawn' }
    case 'agree-again':
      return event.manager ? { to: 'plan-active' } : { why: 'A manager looks at it first' }
    case 'close':
      if (!event.manager) return { why: 'A manager agrees that help ends' }
      return event.reason ? { to: 'closed' } : { why: 'Say why it ends' }
    case 'ask-step-up':
      return event.reason ? { to: state } : { why: 'Say what has changed' }
    case 'step-up':
      if (!event.decides) return { why: 'The front door decides whether it becomes a referral' }
      if (!event.asked) return { why: 'Nobody has asked to step this up' }
      return event.openCase ? { why: 'The case is open to social care already' } : { to: 'stepped-up' }
  }
}

const notInState = (state: HelpState): string =>
  state === 'closed' || state === 'stepped-up'
    ? `${helpWords[state]}: what is new is asked for anew`
    : `${helpWords[state]}: this comes before or after`

/** A step-down leaves nobody in between: the case closes once somebody in early help has accepted (practice 2). */
export const mayCloseAfterStepDown = (
  help: { state: HelpState; acceptedOn: string | null } | undefined,
): boolean => help === undefined || help.state === 'closed' || help.acceptedOn !== null
