import { resolve } from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { endRun, openRun, readInRun, type Servers } from '../access/runs.ts'
import { type Connection, openConnection, openPool } from '../database/connection.ts'
import { runImport } from '../importing/running.ts'
import { addRun } from '../importing/store.ts'
import { aServerWithStandby, type ServerWithStandby } from '../testing/standby.ts'
import { checkRecord } from './checking/check-record.ts'
import { loadEngine } from './checking/load.ts'
import { makeReturn } from './making.ts'
import { addMade } from './store.ts'

const file = resolve(import.meta.dirname, '../../samples/cin-census/fellshire-2024-25.xml')

let servers: ServerWithStandby
let db: Connection
let read: Connection
/** What was asked of the standby. */
const asked: string[] = []
beforeAll(async () => {
  servers = await aServerWithStandby()
  db = openConnection({ url: servers.primary.jobs, name: 'primary' })
  // biome-ignore lint/suspicious/noExplicitAny: as Connection
  read = new Kysely<any>({
    dialect: new PostgresDialect({ pool: openPool({ url: servers.standby.jobs, name: 'standby' }) }),
    log: ({ query }) => {
      asked.push(query.sql)
    },
  })
  const run = await addRun(db, { source: 'cin-census', period: '', files: [file] })
  await runImport(db, run, [file])
})
afterAll(async () => {
  await Promise.all([db?.destroy(), read?.destroy()])
  await servers?.stop()
})

/** Where a run reads, and how many people it sees there. */
async function whereAndWhat(of: Servers, patience: number): Promise<{ standby: boolean; people: number }> {
  const run = await openRun(db, { purpose: 'test of the standby', population: 'everyone' })
  try {
    return await readInRun(
      of,
      run,
      async (trx) =>
        (
          await sql<{ standby: boolean; people: number }>`
            select pg_is_in_recovery() as standby, (select count(*) from person) as people`.execute(trx)
        ).rows[0]!,
      { patience },
    )
  } finally {
    await endRun(db, run)
  }
}

const superuser = async (statement: string) => {
  const client = new pg.Client(servers.standby.superuser)
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

describe('work that reads much', () => {
  test('reads the standby, in a run that was opened on the primary', async () => {
    const { people } = await whereAndWhat({ db }, 0)
    expect(people).toBeGreaterThan(5)
    expect(await whereAndWhat({ db, read }, 10_000)).toEqual({ standby: true, people })
  })

  test('reads the primary while the standby does not show the run, and the standby again when it does', async () => {
    await superuser('select pg_wal_replay_pause()')
    expect(await whereAndWhat({ db, read }, 200)).toMatchObject({ standby: false })
    const waiting = whereAndWhat({ db, read }, 20_000)
    await superuser('select pg_wal_replay_resume()')
    expect(await waiting).toMatchObject({ standby: true })
  })

  test('reads the primary when the standby is away', async () => {
    const nobody = openConnection({ url: servers.standby.jobs.replace(/:\d+\//, ':1/'), name: 'nobody' })
    expect(await whereAndWhat({ db, read: nobody }, 200)).toMatchObject({ standby: false })
    await nobody.destroy()
  })

  test('a row of the record is not to be had on the standby without a run', async () => {
    const { rows } = await sql<{ people: number }>`select count(*) as people from record.person`.execute(read)
    expect(rows[0]!.people).toBe(0)
  })
})

test('a return and a check of the record are made from the standby, and say the same', async () => {
  const make = async (from: Connection | undefined) => {
    const order = { return: 'cin-census' as const, collection: '2024-25', asReported: true }
    let text = ''
    const made = await addMade(db, order)
    await makeReturn(db, made, {
      read: from,
      sink: async (piece) => {
        text += piece
      },
    })
    return text.replace(/<(SerialNo|DateTime)>[^<]*/g, '')
  }
  const plain = await make(undefined)
  asked.length = 0
  expect(await make(read)).toBe(plain)
  expect(asked.join()).toContain('referral')
  const engine = await loadEngine()
  const wanted = { return: 'cin-census' as const, year: '2024-25', lists: {} }
  const counted = await checkRecord({ db }, wanted, engine)
  asked.length = 0
  expect((await checkRecord({ db, read }, wanted, engine)).findings.size).toBe(counted.findings.size)
  expect(asked.join()).toContain('referral')
})
