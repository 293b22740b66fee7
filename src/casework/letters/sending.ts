import { type Reader, reading } from '../../access/reading.ts'
import type { Connection } from '../../database/connection.ts'
import { discard, keepFor, type TakenIn, type Vault } from '../documents/vault.ts'
import { takePaper } from '../papers/keeping.ts'
import { type GivenTo, type Leak, leaks } from '../papers/leaks.ts'
import type { Paper } from '../papers/paper.ts'
import { renderAll } from '../papers/render.ts'

/** A letter that is ready to be filed, or what must not leave with it. */
export type Ready = { readonly taken: TakenIn } | { readonly refused: readonly Leak[] }

/**
 * Makes a letter’s files, looks every one of them through for what its reader must not learn, and takes its PDF into the
 * vault for the children it is about. Then `fileLetter` in one `writing`; what is not filed after all is to be discarded.
 * Any area may make its letters so, from a template (`filled`) or a paper of its own.
 * @param people the children, whose family (F07) is open
 */
export async function makeLetter(
  { db, session, vault }: { db: Connection; session: Reader; vault: Vault },
  paper: Paper,
  { given, people, made, day }: { given: GivenTo; people: readonly string[]; made: Date; day: string },
): Promise<Ready> {
  const files = await renderAll(paper, made)
  const refused = await reading(db, session, (trx) => leaks(trx, given, paper, files))
  if (refused.length > 0) return { refused }
  const taken = await takePaper(vault, files.find(({ form }) => form === 'pdf')!, `Letter ${day}`)
  try {
    await keepFor(vault, taken, people)
  } catch (error) {
    await discard(vault, [taken], people)
    throw error
  }
  return { taken }
}
