import { endRun, inRun, openRun, readInRun } from '../access/runs.ts'
import type { Connection } from '../database/connection.ts'
import { collectionNamed } from './cin-census/collection.ts'
import { type MadeCensus, makeCensus, type Wishes } from './cin-census/make.ts'
import { SourceUnknown, sourceOf } from './cin-census/source.ts'
import { CensusWriter } from './cin-census/write.ts'
import {
  finish,
  type MadeReturn,
  noteFailed,
  noteMaking,
  noteProgress,
  type Outcome,
  PieceKeeper,
  takeSerial,
} from './store.ts'

export interface MakingWishes extends Wishes {
  /** Takes the file as well, piece by piece. */
  sink?: (piece: string) => Promise<void>
  /** A standby to read from. */
  read?: Connection | undefined
}

/**
 * Makes a return that was asked for and keeps the file. Its purpose and population are on the trail before the first
 * row is read. A return that its schema would not let load is not offered; an as-reported file is, with what departs.
 * @param db as the role for background work
 */
export async function makeReturn(
  db: Connection,
  made: MadeReturn,
  wishes: MakingWishes = {},
): Promise<Outcome> {
  await noteMaking(db, made.id)
  try {
    return await makeAndKeep(db, made, wishes)
  } catch (error) {
    // Ended from outside: it waits, and begins again.
    if (wishes.signal?.aborted) throw error
    const says =
      error instanceof SourceUnknown
        ? error.message
        : 'Something broke while the return was made. Try again; the log of the service says more.'
    await noteFailed(db, made.id, says).catch(() => undefined)
    throw error
  }
}

async function makeAndKeep(
  db: Connection,
  made: MadeReturn,
  { sink, read, signal, onProgress }: MakingWishes,
): Promise<Outcome> {
  const collection = collectionNamed(made.collection)!
  const source = sourceOf(await takeSerial(db, made.id), new Date())
  const run = await openRun(db, {
    purpose: `children in need census ${made.collection}${made.as_reported ? ', as reported' : ''}`,
    population: made.as_reported
      ? 'every child with an episode of need'
      : `children in need between ${collection.from} and ${collection.to}`,
    account: made.asked_by ?? undefined,
  })
  let children = 0
  try {
    const outcome = await inRun(db, run, async (trx) => {
      const keeper = new PieceKeeper(trx, made.id)
      await keeper.begin()
      const order = { collection, asReported: made.as_reported, source }
      const keep = async (piece: string) => {
        await keeper.keep(piece)
        await sink?.(piece)
      }
      const noted = async (done: number) => {
        await noteProgress(db, made.id, done)
        await onProgress?.(done)
      }
      const census = await readInRun(
        { db, read },
        run,
        (reading) => makeCensus(reading, order, keep, { signal, onProgress: noted }),
        { knownAt: made.known_at ?? undefined },
      )
      const fileName = new CensusWriter(collection, source).fileName(made.as_reported)
      const came = { ...census, run: run.id, fileName, notOffered: whyNotOffered(made, census) }
      await finish(trx, made.id, came)
      return came
    })
    children = outcome.children
    return outcome
  } finally {
    await endRun(db, run, children)
  }
}

function whyNotOffered(
  { as_reported, collection }: MadeReturn,
  { children, departures }: MadeCensus,
): string | null {
  if (as_reported || departures.length === 0) return null
  if (children === 0) return `No child goes into the return for ${collection}.`
  return `The DfE’s system would not load it: ${departures.length === 1 ? 'one place does' : `${departures.length} places do`} not fit the shape of ${collection}.`
}
