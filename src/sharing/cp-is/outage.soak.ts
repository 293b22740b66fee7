import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, openConnection } from '../../database/connection.ts'
import { keptPasswords } from '../../database/provision.ts'
import { bothSides, planEvent, tracedChildren } from '../../testing/cp-is.ts'
import {
  dataFolder,
  type Program,
  removeFolder,
  serverProcesses,
  startProgram,
  until,
} from '../../testing/program.ts'
import { type CpIsSettings, parseSettings } from './settings.ts'
import { StandIn } from './stand-in/stand-in.ts'

/**
 * The whole program (pages, background work, and PostgreSQL beneath them) is killed again and again while plans begin and
 * end; the NHS’s side is slow, down, and loses its answers. Afterwards it holds exactly what the record says.
 */

/** How many plan events; a kill comes about every twentieth. SOAK_ROUNDS says otherwise. */
const events = Number(process.env.SOAK_ROUNDS ?? 1000)
const childCount = Math.max(4, Math.min(60, Math.floor(events / 10)))

let data: string
let program: Program
let standIn: StandIn
let settings: CpIsSettings
let folder: string

beforeAll(async () => {
  data = await dataFolder()
  folder = mkdtempSync(join(tmpdir(), 'cp-is-'))
  standIn = await new StandIn({ folder, learns: true, settings: { pollSeconds: 1 } }).start()
  settings = parseSettings(readFileSync(standIn.settingsFile, 'utf8'), 'settings')
  await begin()
})
afterAll(async () => {
  program?.process.kill('SIGTERM')
  await program?.ended
  await standIn?.stop()
  await removeFolder(data)
  rmSync(folder, { recursive: true, force: true })
})

async function begin(): Promise<void> {
  program = startProgram({ data, env: { CAIRN_CPIS: standIn.settingsFile } })
  await program.address
}

/** The program and its database server at once, or one of them, which takes the other with it. */
async function kill(): Promise<void> {
  const [first, ...others] = (await serverProcesses(data)).sort((one, other) => one - other)
  const all = [program.process.pid!, first!, ...others]
  const some = [all, [program.process.pid!], [first!]][Math.floor(Math.random() * 3)]!
  for (const pid of some) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Already gone with another one.
    }
  }
  await program.ended
}

async function withDatabase<T>(
  work: (db: { owner: Connection; jobs: Connection }) => Promise<T>,
): Promise<T> {
  const passwords = await keptPasswords(`${data}/database-passwords.json`)
  const port = (await readFile(`${data}/postgres/postmaster.pid`, 'utf8')).split('\n')[3]
  const open = (role: 'owner' | 'jobs') =>
    openConnection({
      url: `postgres://cairn_demo_${role}:${passwords[role]}@127.0.0.1:${port}/cairn`,
      name: 'soak',
      most: 3,
    })
  const [owner, jobs] = [open('owner'), open('jobs')]
  try {
    return await work({ owner, jobs })
  } finally {
    await Promise.all([owner.destroy(), jobs.destroy()])
  }
}

/** What wakes the exchange where nobody waits for the minute. */
const hurry = ({ owner }: { owner: Connection }) =>
  sql`update outbox.message set next_try_at = clock_timestamp() where state = 'waiting' and partner = 'cp-is'`
    .execute(owner)
    .then(() =>
      sql`update cpis.exchange set trouble_at = null, stopped_at = null`
        .execute(owner)
        .then(() =>
          sql`select jobs.enqueue('outbox-turn', '00000000-0000-0000-0000-000000000000')`.execute(owner),
        ),
    )

test(`${events} plan events under kills`, async () => {
  const children = await withDatabase(({ owner }) => tracedChildren(owner, standIn, childCount))
  let kills = 0
  for (let n = 0; n < events; ) {
    const batch = 1 + Math.floor(Math.random() * 20)
    await withDatabase(async (db) => {
      for (let i = 0; i < batch && n < events; i += 1, n += 1)
        await planEvent(db.owner, children[Math.floor(Math.random() * children.length)]!, n)
      standIn.faults.set(
        [{ dropAfterSend: 1 }, { loseAnswer: 1 }, { unavailable: 3 }, { slow: 200 }, { slow: 0 }][n % 5],
      )
      await hurry(db)
      await wait(Math.random() * 1500)
    })
    await kill()
    kills += 1
    await begin()
  }
  standIn.faults.clear()
  // Files whose answers were lost are overdue by now.
  await withDatabase(async (db) => {
    await until(
      'every message was answered',
      async () => {
        await sql`update cpis.file set accepted_at = accepted_at - interval '1 day' where state = 'accepted' and accepted_at < clock_timestamp() - interval '20 seconds'`.execute(
          db.owner,
        )
        await hurry(db)
        await wait(2_000)
        const { rows } =
          await sql`select from outbox.message where about_id = any (${children}::uuid[]) and state not in ('acknowledged', 'nothing-to-say')`.execute(
            db.owner,
          )
        return rows.length === 0
      },
      300_000,
    )
    const { record, nhs } = await bothSides(db.jobs, standIn, settings, children)
    expect(nhs).toEqual(record)
    expect(record.length).toBeGreaterThan(0)
  })
  expect(kills).toBeGreaterThan(0)
})
