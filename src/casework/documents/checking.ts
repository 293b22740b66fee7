import { sql } from 'kysely'
import { endRun, inRun, openRun } from '../../access/runs.ts'
import type { Connection } from '../../database/connection.ts'
import type { KeyOf } from './document-keys.ts'
import { type Lost, lostOf, type Vault } from './vault.ts'

/** What record, bytes and keys do not agree on. */
export interface Checked {
  /** Documents of the record, each for each person it is about. */
  readonly documents: number
  /** Documents that cannot be opened, and why. */
  readonly gaps: readonly (KeyOf & { readonly document: string; readonly why: Lost })[]
  /** Bytes and keys that no document of the record needs. */
  readonly leftBytes: readonly string[]
  readonly leftKeys: readonly KeyOf[]
  /** Of those, how many were removed. */
  readonly removed: number
}

/** What was left over for less long may be of a form that is being sent just now. */
const settled = 24 * 60 * 60 * 1000

/**
 * Compares what the record tells of documents, its history included, with the stores: what is missing, and what is left
 * over. Keys are opened, the length of the bytes is looked at; the bytes themselves are proven whenever they are read.
 * @param db a connection as the role for background work; the reading is on the trail
 * @param remove takes away what is left over for more than a day: bytes nobody can open, keys of a document moved away
 */
export async function checkDocuments(
  db: Connection,
  vault: Vault,
  { now = new Date(), remove = false }: { now?: Date; remove?: boolean } = {},
): Promise<Checked> {
  const old = (at: Date) => now.getTime() - at.getTime() > settled
  // What lies there first, then what the record needs: what is filed meanwhile is needed and was not counted as left.
  const bytes: string[] = []
  for await (const { id, at } of vault.bytes.all()) if (old(at)) bytes.push(id)
  const keys: KeyOf[] = []
  for await (const { stored, person, at } of vault.keys.all()) if (old(at)) keys.push({ stored, person })
  const needed = await needs(db)
  const gaps: Checked['gaps'][number][] = []
  for (const { document, stored, person, size } of needed) {
    const why = await lostOf(vault, { stored, person }, size)
    if (why) gaps.push({ document, stored, person, why })
  }
  const stored = new Set(needed.map((one) => one.stored))
  const held = new Set(needed.map((one) => `${one.stored} ${one.person}`))
  const leftBytes = bytes.filter((id) => !stored.has(id))
  const leftKeys = keys.filter((one) => !held.has(`${one.stored} ${one.person}`))
  if (remove) {
    for (const one of leftKeys) await vault.keys.destroy(one)
    for (const id of leftBytes) await vault.bytes.remove(id)
  }
  return {
    documents: needed.length,
    gaps,
    leftBytes,
    leftKeys,
    removed: remove ? leftBytes.length + leftKeys.length : 0,
  }
}

interface Needed extends KeyOf {
  readonly document: string
  readonly size: number
}

/** Every file that the record or its history tells of. */
async function needs(db: Connection): Promise<Needed[]> {
  const run = await openRun(db, {
    purpose: 'check that every document of the record can be opened',
    population: 'everybody with a document',
  })
  const { rows } = await inRun(
    db,
    run,
    (trx) =>
      sql<Needed>`
        select distinct on (d.stored_id, d.person_id) d.id as document, d.stored_id as stored, d.person_id as person, d.size_bytes::float8 as size
          from (select id, stored_id, person_id, size_bytes from record.document
                union all select id, stored_id, person_id, size_bytes from history.document
                -- What came with a notification waits under the notification's own key.
                union all select id, stored_id, notification_id, size_bytes from intake.attachments_waiting()) d
         order by d.stored_id, d.person_id`.execute(trx),
    { readOnly: true },
  )
  await endRun(db, run, rows.length)
  return rows
}
