import type { Transaction } from 'kysely'
import { dayOf, formatTime } from '../web/words.ts'
import { fileNotes } from './notes-store.ts'
import { paragraphsOf } from './paragraphs.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/**
 * Files what a manager decided about a child, and why, on the record: as management oversight, or as the decision of a supervision.
 * @returns the note’s id
 */
export async function addManagementNote(
  trx: Trx,
  author: string,
  child: string,
  {
    now,
    words,
    kind = 'oversight',
  }: { now: Date; words: string; kind?: 'oversight' | 'supervision' | undefined },
): Promise<string> {
  const [note] = await fileNotes(trx, author, [
    {
      child,
      kind,
      day: dayOf(now),
      at: formatTime(now),
      place: undefined,
      placeWords: undefined,
      significant: true,
      significantWords: words.split('\n')[0]!,
      paragraphs: paragraphsOf(words).map((paragraph, place) => ({
        ...paragraph,
        part: 'happened',
        key: `${child}-happened-${place}`,
        names: [],
        leftOut: false,
      })),
      visit: undefined,
      present: [],
      presentWords: undefined,
    },
  ])
  return note!
}
