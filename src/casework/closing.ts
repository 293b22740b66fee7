import { type Day, daysBetween, formatDate } from '../web/words.ts'

/** Closed in error, an episode may be opened again for so long; after that a new referral begins one (practice 12.4). */
export const daysToReopen = 28

/** Codes for a case that had an assessment and nothing else (DfE 2990). */
const afterAssessmentOnly: readonly string[] = ['RC8', 'RC9']
const died = 'RC2'

/** What is still open about a child besides the episode of need. */
export interface OpenWork {
  readonly kind:
    | 'child-protection-plan'
    | 'period-of-care'
    | 'child-in-need-plan'
    | 'assessment'
    | 'section-47'
    | 'step-down'
  readonly since: Day
}

/** What closing a case looks at. */
export interface Closing {
  /** The episode to be closed: its referral. */
  readonly referral: string
  readonly since: Day
  readonly open: readonly OpenWork[]
  /** The last day on which something happened for the child. */
  readonly lastDay: Day | null
  /** A plan or an enquiry happened in this episode. */
  readonly moreThanAssessed: boolean
  readonly born: Day | null
  readonly died: Day | null
}

export const openWords: Readonly<Record<OpenWork['kind'], string>> = {
  'child-protection-plan': 'A child protection plan',
  'period-of-care': 'A period of care',
  'child-in-need-plan': 'A child in need plan',
  assessment: 'An assessment that is not signed off',
  'section-47': 'A section 47 enquiry',
  'step-down': 'A step-down that nobody in early help has accepted yet',
}

/** What is wrong with closing a case so, by field; empty when it may be closed. */
export function wrongWithClosing(
  closing: Closing,
  { on, reason }: { on: Day; reason: string },
): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (closing.open.length > 0) wrong.reason = 'End what is open first: help goes on while it runs'
  else if (afterAssessmentOnly.includes(reason) && closing.moreThanAssessed)
    wrong.reason =
      'There was more than an assessment in this episode, a plan or an enquiry: choose another reason'
  else if (reason === died && !closing.died && closing.born)
    wrong.reason = 'The record does not say that the child died. Record that first'
  if (on < closing.since) wrong.on = `The episode began on ${formatDate(closing.since)}`
  else if (closing.lastDay && on < closing.lastDay)
    wrong.on = `Something happened for the child on ${formatDate(closing.lastDay)}: close on that day or later`
  return wrong
}

/** Whether an episode closed on a day may still be opened again, had it been closed in error. */
export const mayReopen = (closedOn: Day, today: Day): boolean => {
  const days = daysBetween(closedOn, today)
  return days >= 0 && days <= daysToReopen
}
