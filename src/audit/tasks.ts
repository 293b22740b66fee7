import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'
import type { Task } from '../database/task.ts'
import { folderWitness } from './folder-witness.ts'
import { handOver } from './hand-over.ts'
import { forPrograms, outcomeWords } from './report.ts'
import { sealTrail } from './seal.ts'
import { readSealKey } from './seal-key.ts'
import { type SealSettings, sealSettings } from './settings.ts'
import { verifyTrail } from './verify.ts'
import { NotAnExtension, NoWitness } from './witness.ts'

/** Every minute: what the trail may lose unseen is a minute's lines. */
const seal: Task = {
  name: 'seal the trail',
  cron: '* * * * *',
  async run(_id, { db, signal }) {
    const { keyFile, makesKey, witnessFolder } = sealSettings()
    if (!keyFile) return
    const key = await readSealKey(keyFile, makesKey)
    await sealTrail(db, key, { signal })
    // The first root goes at once: until the witness has one, nothing can be proved.
    if (witnessFolder && !(await wasWitnessed(db))) await handOver(db, folderWitness(witnessFolder), key)
  },
}

async function wasWitnessed(db: Connection): Promise<boolean> {
  const { rows } = await sql`select from audit.seal where witnessed_at is not null limit 1`.execute(db)
  return rows.length > 0
}

/** Every ten minutes: what whoever owns the database and the key could rewrite unseen is ten minutes' lines. */
const witness: Task = {
  name: 'hand the seal to the witness',
  cron: '*/10 * * * *',
  async run(_id, { db, log }) {
    const settings = sealSettings()
    if (!settings.keyFile || !settings.witnessFolder) return
    const key = await readSealKey(settings.keyFile, settings.makesKey)
    try {
      await handOver(db, folderWitness(settings.witnessFolder), key)
    } catch (error) {
      if (!(error instanceof NotAnExtension)) throw error
      log.error({}, 'the witness refuses the trail: its past is not what was witnessed')
      await verifyAndKeep(db, settings)
    }
  },
}

const verifyNightly: Task = {
  name: 'verify the trail',
  cron: '40 2 * * *',
  async run(_id, { db, log }) {
    const proved = await verifyAndKeep(db, sealSettings())
    if (!proved) log.error({}, 'the trail is not proved: see the page of the seal')
  },
}

/** Two years of months ahead: a line that finds no month's partition is refused, and with it the reading. */
const makeMonths: Task = {
  name: 'make months for the trail',
  cron: '20 2 * * *',
  async run(_id, { db }) {
    await sql`select audit.make_months()`.execute(db)
  },
}

/** Sealing, witnessing and proving the trail, and room for it. */
export const trailTasks: readonly Task[] = [seal, witness, verifyNightly, makeMonths]

/**
 * Verifies the trail and keeps what was found; one that proves nothing is put before the protection officer.
 * @param db as the role for background work
 * @returns whether it was proved
 */
export async function verifyAndKeep(
  db: Connection,
  { witnessFolder }: Pick<SealSettings, 'witnessFolder'>,
): Promise<boolean> {
  if (!witnessFolder) {
    await keep(
      db,
      'could not',
      'Nobody is shown the roots: CAIRN_WITNESS is not set, so the trail cannot be proved.',
    )
    return false
  }
  try {
    const found = await verifyTrail(db, folderWitness(witnessFolder))
    await keep(db, found.proved ? 'proved' : 'findings', outcomeWords(found), forPrograms(found))
    return found.proved
  } catch (error) {
    if (!(error instanceof NoWitness)) throw error
    await keep(db, 'could not', error.message)
    return false
  }
}

async function keep(db: Connection, outcome: string, says: string, report?: object): Promise<void> {
  await sql`select audit.add_verification(${outcome}, ${says}, ${report ? JSON.stringify(report) : null}::jsonb)`.execute(
    db,
  )
}
