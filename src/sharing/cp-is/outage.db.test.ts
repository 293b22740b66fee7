import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openConnection } from '../../database/connection.ts'
import { bothSides, planEvent, tracedChildren } from '../../testing/cp-is.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { turn } from '../outbox/tasks.ts'
import { xmlCodec } from './codec.ts'
import { exchange } from './exchange.ts'
import { MeshClient } from './mesh-client.ts'
import { type CpIsSettings, parseSettings } from './settings.ts'
import { StandIn } from './stand-in/stand-in.ts'

let db: TestDatabase
let standIn: StandIn
let settings: CpIsSettings
let folder: string
const log = { info: () => undefined, error: () => undefined }
const kills = 20

beforeAll(async () => {
  db = await testDatabase()
  folder = mkdtempSync(join(tmpdir(), 'cp-is-'))
  standIn = await new StandIn({ folder, settings: { pollSeconds: 0 } }).start()
  settings = parseSettings(readFileSync(standIn.settingsFile, 'utf8'), 'settings')
})
afterAll(async () => {
  await standIn?.stop()
  await db?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A process that exchanges: its connections to the database and to MESH can be cut at any moment, as a kill would. */
function aWorker(name: string) {
  const jobs = openConnection({ url: db.urls.jobs, name, most: 3 })
  const transport = new MeshClient(settings, { pause: 1 })
  let dead = false
  const partner = {
    ...{ name: 'cp-is', called: '', isSetUp: () => true, sayingOf: () => ({ text: '', mend: '' }) },
    exchange: () => exchange({ db: jobs, log, settings, transport, codec: xmlCodec, pollAlways: true }),
  }
  const over = (async () => {
    while (!dead) {
      // Cut off, it is over, as a process would be.
      await turn(partner, { db: jobs, read: jobs, log, signal: undefined }).catch(() => undefined)
      await wait(1)
    }
  })()
  return {
    async kill() {
      dead = true
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${name}`
        .execute(db.owner)
        .catch(() => undefined)
      transport.close()
      await over
      await jobs.destroy().catch(() => undefined)
    },
  }
}

test(`${kills} kills of whoever sends and of the database under them, during plan events: nothing is lost, nothing told wrongly`, async () => {
  const children = await tracedChildren(db.owner, standIn, 6)
  await sql`update cpis.exchange set on_since = now()`.execute(db.owner)
  // Two at once: only one of them may exchange at a time.
  let workers = [aWorker('victim 0'), aWorker('victim 1')]
  for (let n = 0; n < kills; n += 1) {
    for (const child of children) if (Math.random() < 0.4) await planEvent(db.owner, child, n)
    if (n % 5 === 0) standIn.faults.set({ dropAfterSend: 1 })
    await wait(Math.random() * 60)
    await workers[n % 2]!.kill()
    workers = workers.with(n % 2, aWorker(`victim ${n + 2}`))
  }
  await Promise.all(workers.map((one) => one.kill()))
  standIn.faults.clear()
  const transport = new MeshClient(settings, { pause: 1 })
  for (let n = 0; n < 6; n += 1) {
    await sql`update outbox.message set next_try_at = clock_timestamp() where state = 'waiting'`.execute(
      db.owner,
    )
    await sql`update cpis.exchange set trouble_at = null, stopped_at = null`.execute(db.owner)
    await exchange({ db: db.jobs, log, settings, transport, codec: xmlCodec, pollAlways: true })
  }
  transport.close()
  const { record, nhs } = await bothSides(db.jobs, standIn, settings, children)
  expect(nhs).toEqual(record)
  expect(record.length).toBeGreaterThan(0)
  const { rows } = await sql<{
    state: string
  }>`select distinct state from outbox.message where state not in ('acknowledged', 'nothing-to-say')`.execute(
    db.owner,
  )
  expect(rows).toEqual([])
})
