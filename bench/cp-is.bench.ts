import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { xmlCodec } from '../src/sharing/cp-is/codec.ts'
import { compareEverybody, exchange } from '../src/sharing/cp-is/exchange.ts'
import { MeshClient } from '../src/sharing/cp-is/mesh-client.ts'
import { parseSettings } from '../src/sharing/cp-is/settings.ts'
import { StandIn } from '../src/sharing/cp-is/stand-in/stand-in.ts'
import { tracedChildren } from '../src/testing/cp-is.ts'
import { benchDatabase } from './database.ts'
import { report, time } from './support.ts'

/** From plans that begin to alerts that the NHS has acknowledged, over HTTPS to the stand-in; and a full comparison. */

const children = Number(process.env.CHILDREN ?? 2_000)
const log = { info: () => undefined, error: () => undefined }
const db = await benchDatabase()
const folder = mkdtempSync(join(tmpdir(), 'cp-is-'))
const standIn = await new StandIn({ folder, settings: { pollSeconds: 0 } }).start()
try {
  const settings = parseSettings(readFileSync(standIn.settingsFile, 'utf8'), 'settings')
  const transport = new MeshClient(settings)
  const turn = () => exchange({ db: db.jobs, log, settings, transport, codec: xmlCodec, pollAlways: true })
  await tracedChildren(db.owner, standIn, children)
  await sql`update cpis.exchange set on_since = now()`.execute(db.owner)
  const begin = await time(() =>
    sql`insert into record.child_protection_plan (person_id, natural_key, cp_plan_start_date)
        select person_id, '2026-07-01', '2026-07-01' from record.nhs_number_trace`.execute(db.owner),
  )
  const told = await time(async () => {
    while ((await left()) > 0) await turn()
  })
  const one = await time(async () => {
    await sql`update record.child_protection_plan set cp_plan_end_date = '2026-11-20' where id = (select id from record.child_protection_plan limit 1)`.execute(
      db.owner,
    )
    while ((await left()) > 0) await turn()
  })
  const comparing = await time(() => compareEverybody({ db: db.jobs, log, settings, signal: undefined }))
  const seconds = (milliseconds: number) => Math.round(milliseconds / 10) / 100
  transport.close()
  await report('cp-is', [
    {
      what: 'plans that begin, each in the outbox with its fact',
      figures: { children, millisecondsEach: Math.round((begin / children) * 100) / 100 },
    },
    {
      what: 'events to acknowledged alerts, files of 500 records over mutual TLS',
      figures: {
        children,
        seconds: seconds(told),
        alertsASecond: Math.round(children / (told / 1000)),
        held: standIn.register.held.size,
      },
    },
    {
      what: 'one event to its acknowledged alert',
      bound: { words: 'under a minute', held: one < 60_000 },
      figures: { milliseconds: Math.round(one) },
    },
    {
      what: 'comparing everybody with what the NHS acknowledged',
      figures: {
        children,
        seconds: seconds(comparing),
        childrenASecond: Math.round(children / (comparing / 1000)),
      },
    },
  ])
} finally {
  await standIn.stop()
  rmSync(folder, { recursive: true, force: true })
  await db.stop()
}

async function left(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from outbox.message where state in ('waiting', 'sent')`.execute(db.owner)
  return rows[0]!.n
}
