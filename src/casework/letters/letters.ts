import { z } from 'zod'
import { choice, optionalText, text } from '../../web/form.ts'
import type { Day } from '../../web/words.ts'
import type { Paper } from '../papers/paper.ts'
import { blocksOf } from './markup.ts'

/** A letter as it is typed: filled from a template, every word of it open to change. */
export const letterSchema = z.object({
  to_name: text('Write to whom', 120),
  to_lines: optionalText(500),
  title: text('Write what the letter is about', 160),
  words: text('Write the letter', 50_000),
  telephone: optionalText(40),
  print: choice(['ordinary', 'large'], 'Choose the size of the letters'),
  translate_into: optionalText(60),
  send: choice(['print', 'self'], 'Choose who prints it'),
})
export type LetterTyped = z.output<typeof letterSchema>

/** Who writes, for the head of the letter. */
export interface Sender {
  readonly name: string
  readonly title: string | undefined
  readonly team: string | undefined
}

const linesOf = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)

/** The letter as a paper. A line in its language says that a copy in it comes, where one is due. Pure. */
export function paperOf(
  typed: Omit<LetterTyped, 'send'>,
  { authority, sender, day, reference }: { authority: string; sender: Sender; day: Day; reference: string },
): Paper {
  const { translate_into: language } = typed
  return {
    title: typed.title,
    authority,
    print: typed.print,
    letter: {
      to: [typed.to_name, ...linesOf(typed.to_lines)],
      from: [sender.name, sender.title, sender.team, typed.telephone].filter(
        (line): line is string => line !== undefined && line !== '',
      ),
      date: day,
      reference,
    },
    blocks: [
      ...blocksOf(typed.words),
      ...(language
        ? [
            {
              kind: 'paragraph' as const,
              text: `A copy of this letter in ${language} is being sent to you too.`,
            },
          ]
        : []),
    ],
  }
}

/** 'An appointment, to Dana Wren': what the letter is called among the documents. */
export const documentTitle = (template: string | undefined, to: string): string =>
  `${template ?? 'Letter'}, to ${to}`.slice(0, 200)
