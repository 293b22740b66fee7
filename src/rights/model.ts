import type { Calendar } from '../clocks/calendar.ts'
import type { Day } from '../web/words.ts'
import {
  type ClockStep,
  complaintAcknowledgedBy,
  type Due,
  type Happened,
  representationDue,
  requestDue,
} from './clock.ts'

/** What somebody may ask for (governance B.6 to B.12). */
export const requestKinds = {
  access: 'See what is held (subject access)',
  rectification: 'Put something right',
  erasure: 'Erase something',
  restriction: 'Have something kept but not used',
  portability: 'Have a copy that a computer can read',
  objection: 'Object to something being done',
  withdrawal: 'Take back your consent',
  complaint: 'Complain about how information was used or kept',
  representation: 'Complain about the service',
} as const
export type RequestKind = keyof typeof requestKinds

/** Who asks. */
export const askers = {
  self: 'For myself, a grown-up',
  'young-person': 'For myself, under 18',
  parent: 'As a parent, for my child',
  representative: 'For somebody else who asked me, such as a solicitor or advocate',
  other: 'Somebody else',
} as const
export type Asker = keyof typeof askers

export const channels = {
  worker: 'Said to a worker',
  telephone: 'By telephone',
  letter: 'By letter',
  'e-mail': 'By e-mail',
} as const

export type StepKind =
  | ClockStep
  | 'acknowledged'
  | 'authority'
  | 'competence'
  | 'subject'
  | 'note'
  | 'closed'
  | 'reopened'

export interface Step {
  readonly kind: StepKind
  readonly on: Day
  readonly body: Readonly<Record<string, unknown>>
}

export interface Asked {
  readonly kind: RequestKind
  readonly asksAs: Asker
  readonly channel: 'form' | keyof typeof channels
  readonly received: Day
}

const clockSteps: readonly string[] = [
  'id-asked',
  'id-received',
  'clarification-asked',
  'clarification-received',
  'fee-asked',
  'fee-paid',
  'extended',
  'answered',
]

/** By when it is to be answered, how that was counted, and what it waits for. */
export function dueOf(asked: Asked, steps: readonly Step[], calendar: Calendar): Due {
  if (asked.kind === 'representation') {
    const extended = steps.some(({ kind }) => kind === 'extended')
    const dueOn = representationDue(extended ? 'first-extended' : 'first', asked.received, calendar)
    return {
      dueOn,
      runsFrom: asked.received,
      waitsFor: undefined,
      extended,
      how: `first stage: ${extended ? 20 : 10} working days after ${asked.received}`,
    }
  }
  const happened = steps.flatMap(({ kind, on }): Happened[] =>
    clockSteps.includes(kind) ? [{ step: kind as ClockStep, on }] : [],
  )
  return requestDue(asked.received, happened, calendar)
}

/** By when a complaint about data protection is to be acknowledged; undefined for other requests. */
export const acknowledgeBy = ({ kind, received }: Asked): Day | undefined =>
  kind === 'complaint' ? complaintAcknowledgedBy(received) : undefined

export const isClosed = (steps: readonly Step[]): boolean =>
  steps.filter(({ kind }) => kind === 'closed' || kind === 'reopened').at(-1)?.kind === 'closed'

const has = (steps: readonly Step[], kind: StepKind) => steps.some((one) => one.kind === kind)

/** Something to be done, and the step that does it. */
export interface ToDo {
  readonly kind: StepKind
  readonly says: string
}

/** What must be known before anything is answered: T8, that a parent asks for a child who could ask themselves. */
export function whyNotAnswered(asked: Asked, steps: readonly Step[]): ToDo[] {
  const why: ToDo[] = []
  const givesOut = asked.kind === 'access' || asked.kind === 'portability'
  const forAnother = asked.asksAs !== 'self' && asked.asksAs !== 'young-person'
  if (!has(steps, 'subject'))
    why.push({ kind: 'subject', says: 'Say who in the record it is about, or that nobody is' })
  if (givesOut && !has(steps, 'id-received'))
    why.push({ kind: 'id-received', says: 'Say how you know who asks' })
  if (givesOut && forAnother && !has(steps, 'authority'))
    why.push({ kind: 'authority', says: 'Say by what they may ask for somebody else' })
  if (givesOut && asked.asksAs === 'parent') {
    const says = competenceWanting(steps)
    if (says) why.push({ kind: 'competence', says })
  }
  return why
}

function competenceWanting(steps: readonly Step[]): string | undefined {
  const last = steps.filter(({ kind }) => kind === 'competence').at(-1)
  if (!last) return 'Say whether the child can decide for themselves'
  const { competent, agrees, bestInterests } = last.body
  if (competent !== 'yes' || agrees === 'yes' || String(bestInterests ?? '').trim().length >= 20)
    return undefined
  return 'The child can decide and has not agreed: have their agreement, or a best-interests decision in words'
}

/** What is next, in order. */
export function toDo(asked: Asked, steps: readonly Step[]): ToDo[] {
  if (isClosed(steps)) return []
  if (has(steps, 'answered')) return [{ kind: 'closed', says: 'Close it' }]
  return [
    ...(has(steps, 'acknowledged') ? [] : [{ kind: 'acknowledged' as const, says: 'Acknowledge it' }]),
    ...whyNotAnswered(asked, steps),
    { kind: 'answered', says: 'Answer it' },
  ]
}
