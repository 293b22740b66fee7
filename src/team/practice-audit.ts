import { z } from 'zod'
import { openBadges } from '../casework/unallocated-store.ts'
import { choice, choices, day, id, optionalDay, optionalText, text, wholeNumber } from '../web/form.ts'

/** How an audited record is graded, in the inspectorate’s own four words. */
export const grades = {
  outstanding: 'Outstanding',
  good: 'Good',
  'requires-improvement': 'Requires improvement to be good',
  inadequate: 'Inadequate',
} as const
export type Grade = keyof typeof grades

/** What can be asked for in a sample. */
export const sampled = {
  'child-protection': 'On a child protection plan',
  'looked-after': 'Looked after',
  'child-in-need': 'Child in need',
  'care-leaver': 'Care leaver',
  unborn: 'Unborn',
} as const satisfies Record<(typeof openBadges)[number], string>

/** What an audit asks where nobody has written other questions. */
export const usualQuestions = [
  'Is the child seen and heard, and alone where they should be?',
  'Does the plan say what will change for the child, by when, and who does it?',
  'Are risks named, and is what is done about them enough?',
  'Is management oversight on the record, with reasons?',
  'Would the child understand this record one day?',
]

/** Days that an audit may last: as long as the rule lets somebody in. */
export const longestAudit = 30

export const drawing = z.object({
  title: text('Say what the audit is about', 200),
  badge: choices(openBadges, 'Choose which children'),
  wanted: wholeNumber('Say how many records', 1, 50),
  auditor: id('Choose who audits'),
  until: day('Say until when', { notBeforeToday: 'An audit ends today or later' }),
  questions: text('Write what is asked of each record, a question on each line', 10_000),
  seed: optionalText(100),
})

export const questionsOf = (typed: string): string[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, 30)

export const finding = z
  .object({
    answer: z.array(optionalText(4000)).max(30),
    grade: choice(Object.keys(grades) as [Grade, ...Grade[]], 'Choose a grade'),
    findings: text('Write what you found', 10_000),
    action: optionalText(4000),
    by: optionalDay({ notBeforeToday: 'Choose today or a later day' }),
  })
  .refine(({ action, by }) => !action === !by, {
    message: 'An action has a day, and a day an action',
    path: ['by'],
  })
