import { createPublicKey, type KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { PlacedLine } from './line.ts'
import { keyIdOf, readNote, signRoot } from './note.ts'
import { trailOf } from './seal.ts'
import { Tree } from './tree.ts'
import { NotAnExtension, type Witness } from './witness.ts'

/**
 * Hands the newest signed root to the witness, with the leaves since its last one.
 * @param db as the role for background work
 * @param key the key that signs roots now
 * @returns the size witnessed now; 0 when nothing has been sealed yet
 * @throws NotAnExtension when the database's past is not the past that was witnessed
 */
export async function handOver(db: Connection, witness: Witness, key: KeyObject): Promise<number> {
  const trail = await trailOf(db)
  const last = await witness.last(trail)
  const seals = await sql<{ size: number; note: string }>`
    select size, note from audit.seal order by size desc limit 1`.execute(db)
  const newest = seals.rows[0]
  if (last && (newest?.size ?? 0) < last.size) {
    throw new NotAnExtension(`${last.size} lines were witnessed, and the database has sealed fewer`)
  }
  if (!newest) return 0
  if (newest.size !== last?.size) {
    const before = { size: last?.size ?? 0, frontier: last ? await frontierAt(db, last.size) : [] }
    const lines = leaves(db, before.size, newest.size)
    await witness.take(trail, {
      note: signedFor(trail, key, newest.note),
      key: createPublicKey(key),
      before,
      lines,
    })
  }
  await sql`select audit.witnessed(${newest.size})`.execute(db)
  return newest.size
}

/** The note; signed anew when the key was changed since, or when a restored database has become another trail. */
function signedFor(trail: string, key: KeyObject, text: string): string {
  const note = readNote(text)
  if (!note) throw new NotAnExtension('The newest seal in the database is none')
  return note.trail === trail && note.keyId === keyIdOf(key) ? text : signRoot({ ...note, trail }, key)
}

async function frontierAt(db: Connection, size: number): Promise<readonly Buffer[]> {
  const { rows } = await sql<{ frontier: Buffer[] }>`
    select frontier from audit.seal where size = ${size}`.execute(db)
  const frontier = rows[0]?.frontier
  if (!frontier)
    throw new NotAnExtension(`The seal of ${size} lines, which was witnessed, is not in the database`)
  try {
    new Tree(size, frontier)
  } catch {
    throw new NotAnExtension(`The seal of ${size} lines, which was witnessed, is not as it was`)
  }
  return frontier
}

async function* leaves(db: Connection, from: number, to: number): AsyncIterable<PlacedLine> {
  for (let next = from; next < to; next += 10_000) {
    const { rows } = await sql<PlacedLine>`
      select line_id as id, (extract(epoch from at) * 1000000)::bigint as at, hash
        from audit.leaf where index >= ${next} and index < ${Math.min(to, next + 10_000)} order by index`.execute(
      db,
    )
    yield* rows
  }
}
