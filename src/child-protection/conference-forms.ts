import { z } from 'zod'
import { codeSet } from '../codes/codes.ts'
import {
  choice,
  day,
  ids,
  optionalChoice,
  optionalDay,
  optionalText,
  text,
  time,
  wholeNumber,
} from '../web/form.ts'
import { attendersTyped, mostWords, ofChild } from './meeting.ts'
import { codesOf, conferenceDecisions, conferenceKinds } from './words.ts'

const codes = (set: string) => codeSet(set).codes.map(({ code }) => code) as [string, ...string[]]
export const categories = codeSet('category_of_abuse').codes.map(({ code, label }) => ({
  value: code,
  text: label,
}))
export const participations = codeSet('review_code').codes.map(({ code, label }) => ({
  value: code,
  text: label,
}))

/** Asking for a conference. */
export const asking = z
  .object({
    kind: choice(codesOf(conferenceKinds), 'Choose what kind of conference it is'),
    others: ids(),
    because: text('Say why it is held', 5000),
    notified: optionalDay({ notAfterToday: 'That day has not come' }),
    from: optionalText(200),
  })
  .refine(({ kind, notified }) => kind !== 'transfer-in' || notified !== undefined, {
    path: ['notified'],
    message: 'Say on which day this authority was told of the move: its time counts from there',
  })
  .refine(({ kind, from }) => kind !== 'transfer-in' || from !== undefined, {
    path: ['from'],
    message: 'Say which authority the child came from',
  })

/** Giving it a day, a room, a chair, and asking people to it. */
export const convening = z.object({
  on: day('Say on which day it is held'),
  at: time('Say at what time'),
  place: optionalText(200),
  chair: text('Choose who chairs it'),
  because: optionalText(1000),
  who: attendersTyped,
})

/** Holding it: what the chair records. */
export const holding = z.object({
  on: day('Say on which day it was held', { notAfterToday: 'It has not been held yet' }),
  who: attendersTyped,
  quorumWords: optionalText(2000),
  discussion: optionalText(mostWords),
  family: optionalText(mostWords),
  words: text('Say why the conference decided so', 10_000),
  visitEvery: z.preprocess(
    (value) => (value === '' ? undefined : value),
    wholeNumber('Say how often', 1, 60).optional(),
  ),
  danger: optionalText(mostWords),
  outcome: optionalText(mostWords),
  safety: optionalText(mostWords),
  contingency: optionalText(mostWords),
  lead: optionalText(200),
  child: z
    .record(
      z.string(),
      z.object({
        ...ofChild,
        decision: optionalChoice(codesOf(conferenceDecisions)),
        category: optionalChoice(codes('category_of_abuse')),
        participation: optionalChoice(codes('review_code')),
      }),
    )
    .default({}),
})
export type HoldingTyped = z.output<typeof holding>

export const correcting = z.object({
  decision: choice(codesOf(conferenceDecisions), 'Choose what was decided'),
  category: optionalChoice(codes('category_of_abuse')),
  because: text('Say what was wrong, and who agreed that it is put right', 2000),
})
