import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import { signRoot, trailName } from './note.ts'
import { Tree } from './tree.ts'

/** How many lines one transaction seals at most: half a minute's reading in a large authority. */
const most = 10_000

/** Which trail the database holds, as notes name it. */
export async function trailOf(db: Connection): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from audit.identity`.execute(db)
  return trailName(rows[0]!.id)
}

/**
 * Gives every committed line its place in the tree and signs the root, ten thousand at a time, each time in one
 * transaction: a process killed at any moment leaves the lines sealed, or waiting as before. Others who seal wait.
 * @param db as the role for background work
 * @returns how many lines were sealed
 */
export async function sealTrail(
  db: Connection,
  key: KeyObject,
  { signal, now = () => new Date(), atOnce = most }: SealOptions = {},
): Promise<number> {
  const trail = await trailOf(db)
  for (let sealed = 0; ; ) {
    const count = await sealSome(db, key, trail, now(), atOnce)
    sealed += count
    if (count < atOnce || signal?.aborted) return sealed
  }
}

export interface SealOptions {
  signal?: AbortSignal | undefined
  now?: () => Date
  atOnce?: number
}

function sealSome(db: Connection, key: KeyObject, trail: string, now: Date, atOnce: number): Promise<number> {
  return db.transaction().execute(async (trx) => {
    await sql`select from audit.take_leaves(${atOnce})`.execute(trx)
    const last = await lastSeal(trx)
    const { rows } = await sql<{ hash: Buffer }>`
      select hash from audit.leaf where index >= ${last.size} order by index`.execute(trx)
    if (rows.length === 0) return 0
    const tree = new Tree(last.size, last.frontier)
    for (const { hash } of rows) tree.add(hash)
    const root = tree.root()
    const note = signRoot({ trail, size: tree.size, root, sealedAt: now }, key)
    await sql`select audit.add_seal(${tree.size}, ${root}, ${tree.frontier}::bytea[], ${note})`.execute(trx)
    return rows.length
  })
}

/** The newest seal's size and frontier; of nothing, when there is none. */
async function lastSeal(db: Connection): Promise<{ size: number; frontier: readonly Buffer[] }> {
  const { rows } = await sql<{ size: number; frontier: Buffer[] }>`
    select size, frontier from audit.seal order by size desc limit 1`.execute(db)
  return rows[0] ?? { size: 0, frontier: [] }
}
