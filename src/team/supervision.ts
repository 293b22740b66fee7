import { z } from 'zod'
import { day, optionalDay, optionalText } from '../web/form.ts'
import { addDays, type Day } from '../web/words.ts'

/** Weeks between two supervisions of a worker, and weeks within which management looks at each child (practice 12.5: local, no law says it). */
export const weeksBetween = 4
export const weeksForChild = 8

/** The day by which a worker is to be supervised again; undefined when they never were, which is now. */
export const supervisionDue = (last: Day | null, agreed: Day | null): Day | undefined =>
  last === null ? undefined : [agreed ?? '9999-12-31', addDays(last, weeksBetween * 7)].sort()[0]

/** The day by which management is to have looked at a child again. */
export const oversightDue = (last: Day | null): Day | undefined =>
  last === null ? undefined : addDays(last, weeksForChild * 7)

/** What a supervision decided for one child: nothing where nothing was typed. */
const discussed = z
  .object({ decision: optionalText(4000), why: optionalText(4000) })
  .refine(({ decision, why }) => !why || decision, {
    message: 'Say what was decided, or take the reason away',
    path: ['decision'],
  })
  .refine(({ decision, why }) => !decision || why, { message: 'Say why', path: ['why'] })

export const supervisionSchema = z
  .object({
    held: day('Say when you met', { notAfterToday: 'A supervision that is to come cannot be written up' }),
    wellbeing: optionalText(),
    agreed: optionalText(),
    next: optionalDay(),
    child: z.record(z.string(), discussed).optional(),
  })
  .refine(({ held, next }) => !next || next > held, {
    message: 'The next one is after this one',
    path: ['next'],
  })
  .refine(
    ({ wellbeing, agreed, child }) =>
      wellbeing || agreed || Object.values(child ?? {}).some(({ decision, why }) => decision || why),
    { message: 'Write what you agreed, or what was decided for a child', path: ['agreed'] },
  )

/** A decision and its reason as a note on a record has them: the decision first, which the chronology shows. */
export const decisionWords = ({ decision, why }: { decision: string; why: string }): string =>
  `${decision}\n\nWhy: ${why}`
