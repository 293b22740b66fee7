import { sql, type Transaction } from 'kysely'
import { type Day, formatShortDate } from '../web/words.ts'
import type { Origin } from './facts-store.ts'
import { originSaid } from './origins.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** What is asked of everybody, so that they are spoken and written to as they need (Equality Act 2010; N56). */
export const topics = {
  language: 'Language',
  interpreter: 'Interpreter',
  communication: 'Communication need',
  adjustment: 'Adjustment',
} as const satisfies Record<string, string>
export type Topic = keyof typeof topics

/** What may be answered: 'refused' and 'not yet asked' are answers of their own and never worked out. */
export const answers = {
  known: 'This is what they need',
  none: 'They need nothing here',
  refused: 'They would rather not say',
  'not-yet-asked': 'Not yet asked',
} as const satisfies Record<string, string>
export type Answer = keyof typeof answers

/** One answer as the record keeps it. */
export interface Need extends Origin {
  readonly person_id: string
  readonly topic: Topic
  readonly answer: Answer
  readonly words: string | null
  readonly asked_on: Day
  readonly to_day: Day | null
  readonly origin: string
  readonly origin_words: string | null
  readonly ask_first: boolean
}

/** Every answer about a person, those that hold first. Field group F06 has to be open. */
export async function needsOf(trx: Reading, people: readonly string[]): Promise<Need[]> {
  const { rows } = await sql<Need>`
    select n.*, (select display_name from access.account a where a.id = n.recorded_by) as recorded_by_name
      from communication_need n where n.person_id = any (${[...people]}::uuid[])
     order by n.to_day is null desc, n.asked_on desc, n.id desc`.execute(trx)
  return rows
}

/** What an import or a return told about language, which says nothing of who said it when. */
export async function toldByReturns(
  trx: Reading,
  people: readonly string[],
): Promise<{ readonly language: string | null; readonly interpreter: boolean | null }> {
  const { rows } = await sql<{ language: string | null; interpreter: boolean | null }>`
    select first_language as language, interpreter_needed as interpreter from person_characteristics
     where person_id = any (${[...people]}::uuid[]) limit 1`.execute(trx)
  return rows[0] ?? { language: null, interpreter: null }
}

/** The answer to a topic in words: 'Polish', 'None needed', 'Would rather not say', 'Not yet asked'. */
export function needWords({ topic, answer, words }: Pick<Need, 'topic' | 'answer' | 'words'>): string {
  if (answer === 'known') return words!
  if (answer === 'none') return topic === 'language' ? 'No other language' : 'None needed'
  return answer === 'refused' ? 'Would rather not say' : 'Not yet asked'
}

/** One line for each topic as the front of a record shows it. */
export interface Spoken {
  readonly topic: Topic
  readonly heading: string
  /** What was answered, with who said it and when; empty where nobody has recorded anything. */
  readonly said: readonly { readonly text: string; readonly more: string }[]
}

/**
 * How somebody is to be spoken and written to on a day, topic by topic. Nothing is worked out: a topic without an answer
 * has none.
 */
export function spokenTo(
  needs: readonly Need[],
  told: { readonly language: string | null; readonly interpreter: boolean | null },
  on: Day,
): Spoken[] {
  const brought: Partial<Record<Topic, string>> = {
    ...(told.language ? { language: told.language } : {}),
    ...(told.interpreter === null ? {} : { interpreter: told.interpreter ? 'Needed' : 'None needed' }),
  }
  return (Object.keys(topics) as Topic[]).map((topic) => {
    const said = needs
      .filter((need) => need.topic === topic && need.asked_on <= on && (!need.to_day || need.to_day > on))
      .map((need) => ({
        text: needWords(need),
        more: `${originSaid(need as unknown as Record<string, unknown>)}, ${formatShortDate(need.asked_on)}`,
      }))
    const before = brought[topic]
    return {
      topic,
      heading: topics[topic],
      said:
        said.length === 0 && before ? [{ text: before, more: 'brought across, without who said it' }] : said,
    }
  })
}
