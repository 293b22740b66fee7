import { createHash } from 'node:crypto'
import { setImmediate as breath } from 'node:timers/promises'
import type { Work } from '../../access/reading.ts'
import { dayOfIso } from '../reading/days.ts'
import { isWorkingDay } from '../rules/working-days.ts'
import type { Child } from './child.ts'
import type { Collection } from './collection.ts'
import { lookedAfterWithoutReferral, readChildren } from './read.ts'
import { CensusSchema } from './schema.ts'
import { CensusYear, select } from './select.ts'
import { CensusWriter, type Source } from './write.ts'

export interface Order {
  collection: Collection
  /** Everything as recorded, without selection: proof of what is held, not for sending. */
  asReported: boolean
  source: Source
}

/** A place where a file departs from the schema of its collection. */
export interface Departure {
  /** LAchildID; null when it is about the file. */
  child: string | null
  /** /CINdetails[2]/ReferralSource within the child. */
  element: string
  what: string
}

export interface MadeCensus {
  children: number
  /** Children looked after in the year whom the return cannot tell of, since no referral is on record. */
  withoutReferral: number
  /** Of the file, in bytes. */
  size: number
  sha256: Buffer
  /** The first thousand. */
  departures: Departure[]
}

export interface Wishes {
  signal?: AbortSignal | undefined
  onProgress?: (children: number) => void | Promise<void>
}

const mostDepartures = 1000

/**
 * Makes a census file from the views of the dataset, some hundreds of children at a time, and holds each part of it
 * against the schema before it goes on.
 * @param trx inside a run; the moment it knows is the one the file shows
 * @param sink takes the file piece by piece
 */
export async function makeCensus(
  trx: Parameters<Work<unknown>>[0],
  { collection, asReported, source }: Order,
  sink: (piece: string) => Promise<void>,
  { signal, onProgress }: Wishes = {},
): Promise<MadeCensus> {
  const writer = new CensusWriter(collection, source, asReported)
  const schema = new CensusSchema(collection)
  const census = new CensusYear(collection, (day) => isWorkingDay(dayOfIso(day)))
  const hash = createHash('sha256')
  const made: MadeCensus = {
    children: 0,
    withoutReferral: 0,
    size: 0,
    sha256: Buffer.alloc(0),
    departures: [],
  }
  const send = async (piece: string) => {
    hash.update(piece)
    made.size += Buffer.byteLength(piece)
    await sink(piece)
  }
  try {
    await send(writer.head())
    for await (const batch of readChildren(trx, asReported ? null : collection)) {
      signal?.throwIfAborted()
      const children = asReported ? batch : batch.flatMap((child) => select(child, census) ?? [])
      if (children.length === 0) continue
      const text = children.map((child) => writer.child(child)).join('')
      if (made.departures.length < mostDepartures)
        made.departures.push(...departuresIn(schema, writer, text, children))
      made.children += children.length
      await send(text)
      await onProgress?.(made.children)
      // Pages of the same process are answered in between.
      await breath()
    }
    await send(writer.foot())
    if (made.children === 0)
      made.departures.push({ child: null, element: 'Children', what: 'no child goes into this return' })
    if (!asReported) made.withoutReferral = await lookedAfterWithoutReferral(trx, collection)
    made.departures.length = Math.min(made.departures.length, mostDepartures)
    return { ...made, sha256: hash.digest() }
  } finally {
    schema.dispose()
  }
}

/** The schema asks nothing of children together, so that a few of them with the header are a file as good as all. */
function departuresIn(
  schema: CensusSchema,
  writer: CensusWriter,
  text: string,
  children: Child[],
): Departure[] {
  return schema.problemsOf(writer.head() + text + writer.foot()).map(({ child, place, what }) => ({
    child: child === null ? null : (children[child - 1]?.ChildIdentifiers.LAchildID ?? null),
    element: place.replace(/^\/Message\/(Children\/Child(\[\d+\])?\/)?/, ''),
    what,
  }))
}
