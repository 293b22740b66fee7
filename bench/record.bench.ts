import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { sql, type Transaction } from 'kysely'
import { openRecord } from '../src/access/opening.ts'
import { present } from '../src/access/presenting.ts'
import { reading } from '../src/access/reading.ts'
import { servicesWith } from '../src/access/services.ts'
import { sessionResolver } from '../src/access/sessions.ts'
import { happenings } from '../src/events/store.ts'
import { identityGroups, identityOf } from '../src/people/identity-store.ts'
import { summaryGroups, summaryOf } from '../src/people/summary-store.ts'
import type { TestDatabase } from '../src/testing/database.ts'
import { signedIn } from '../src/testing/signed-in.ts'
import { areas } from '../src/web/areas.ts'
import { buildServer } from '../src/web/server.ts'
import type { Session } from '../src/web/session.ts'
import { stubConfig, stubDeps } from '../src/web/stub.ts'
import { benchDatabase } from './database.ts'
import { inventNeed } from './invented-need.ts'
import type { Load, Loaded } from './open-loop.ts'
import { inPairs, progress, report, spread } from './support.ts'

/**
 * The front of a child's record among 100,000 people: under an open-loop load of 25 pages a second by fifty workers,
 * beside the same SQL without a page, and beside the same SQL that no policy guards and no trail notes.
 */
const people = 100_000
const workers = 50
const childrenOfEach = 20
const today = '2025-03-01'

const db = await benchDatabase()
try {
  await inventNeed(db.owner, Math.ceil(people / 2.3))
  const counted = await sql<{ people: number; facts: number }>`
    select (select count(*) from record.person) as people, (select count(*) from record.event) as facts`.execute(
    db.owner,
  )
  progress(`${counted.rows[0]!.people} people made`)
  const sessions: Session[] = []
  for (let n = 0; n < workers; n += 1) {
    sessions.push(await signedIn(db as unknown as TestDatabase, { name: `Worker ${n}`, roles: ['A-SW'] }))
  }
  const children = await allocate(sessions)
  await sql`vacuum analyze`.execute(db.owner).catch(() => sql`analyze`.execute(db.owner))

  progress(`${workers} workers have ${childrenOfEach} children each`)
  const config = { ...stubConfig, demonstration: false, requestsPerMinute: 1_000_000 }
  const app = await buildServer(
    stubDeps({
      config,
      db: db.app,
      accounts: servicesWith(['a key for a bench only, long enough to be one']),
      sessions: sessionResolver(db.app, config),
      areas,
    }),
  )
  const served: number[] = []
  app.server.on('request', (_request, answer) => {
    const began = performance.now()
    answer.once('finish', () => served.push(performance.now() - began))
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const asking = fork(new URL('open-loop.ts', import.meta.url), { execArgv: ['--import', 'tsx'] })
  const load = async (rate: number, seconds: number): Promise<Loaded> => {
    const paths: string[] = []
    for (let turn = 0; turn < childrenOfEach; turn += 1) {
      for (const own of children) paths.push(`/children/${own[turn]}`)
    }
    asking.send({
      address: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
      cookies: sessions.map(({ secret }) => `session=${secret}`),
      paths,
      rate,
      seconds,
    } satisfies Load)
    const [loaded] = (await once(asking, 'message')) as [Loaded]
    progress(`${rate} pages a second for ${seconds} s`)
    return loaded
  }

  await load(25, 5)
  served.length = 0
  const steady = await load(25, 30)
  const [asked, server] = [spread(steady.times), spread(served)]

  let highest = 0
  for (const rate of [50, 75, 100, 125, 150, 200, 250, 300, 400]) {
    const { times, errors } = await load(rate, 8)
    if (errors > 0 || spread(times).p99 > 1000) break
    highest = rate
  }

  // The same SQL: guarded and on the trail; and as the owner, whom no policy stops and no trail notes.
  let turn = 0
  const next = () => {
    turn += 1
    return { session: sessions[turn % workers]!, child: children[turn % workers]![turn % childrenOfEach]! }
  }
  let last = next()
  const opening = async () => {
    last = next()
    const opened = await openRecord(db.app, last.session, last.child, {
      purpose: 'bench of the record',
      groups: [...identityGroups, ...summaryGroups],
    })
    if (!opened.allowed) throw new Error('A worker could not open a child of their own')
  }
  const rows = () => {
    const { session, child } = last
    return reading(db.app, session, (trx) => statements(trx, child))
  }
  const guarded = async () => {
    await opening()
    await rows()
  }
  const unguarded = async () => {
    const { child } = next()
    await db.owner
      .transaction()
      .setAccessMode('read only')
      .execute(async (trx) => {
        await present(trx, {})
        await statements(trx, child)
      })
  }
  const sqlOnly = await inPairs(guarded, unguarded, 400)
  progress('the same SQL guarded and unguarded')
  const inTwo = await inPairs(opening, rows, 400)
  const alone = await inPairs(
    async () => {
      const { session, child } = next()
      const answer = await app.inject({
        url: `/children/${child}`,
        headers: { accept: 'text/html', cookie: `session=${session.secret}` },
      })
      if (answer.statusCode !== 200) throw new Error(`The page answered ${answer.statusCode}`)
    },
    guarded,
    400,
  )
  const share = (sqlOnly.first.median - sqlOnly.second.median) / alone.first.median

  await report('record', [
    {
      what: `the front of a record, ${counted.rows[0]!.people} people with ${counted.rows[0]!.facts} events, 25 pages a second`,
      bound: {
        words: 'median under 50 ms, 99th percentile under 250 ms of server time, no error',
        held: server.median < 50 && server.p99 < 250 && steady.errors === 0,
      },
      figures: { serverTime: server, fromBeingDue: asked, errors: steady.errors },
    },
    {
      what: 'the highest rate held with the 99th percentile under 1 s and no error',
      figures: { pagesASecond: highest },
    },
    {
      what: 'a page alone, beside the same SQL without the page',
      figures: { page: alone.first, sql: alone.second, ratio: alone.ratio },
    },
    {
      what: 'reading that the database enforces and the trail notes, as a share of a page’s time',
      bound: { words: 'at most 10 %', held: share <= 0.1 },
      figures: {
        guarded: sqlOnly.first,
        unguarded: sqlOnly.second,
        opening: inTwo.first,
        reading: inTwo.second,
        ratio: sqlOnly.ratio,
        share: Math.round(share * 1000) / 1000,
      },
    },
  ])
  asking.kill()
  await app.close()
} finally {
  await db.stop()
}

/** What the page asks, without the page. */
async function statements(
  // biome-ignore lint/suspicious/noExplicitAny: as Connection
  trx: Transaction<any>,
  person: string,
): Promise<void> {
  await identityOf(trx, [person], { person, on: today, restriction: 0 })
  await summaryOf(trx, [person], today)
  await happenings(trx, [person], { to: today, most: 8 })
}

/** Gives each worker children who have a plan; the ids of each worker's. */
async function allocate(to: readonly Session[]): Promise<string[][]> {
  const { rows } = await sql<{ id: string }>`
    select person_id as id from record.child_protection_plan group by person_id order by person_id
     limit ${to.length * childrenOfEach}`.execute(db.owner)
  const ids = rows.map(({ id }) => id)
  const each = to.map((_, n) => ids.slice(n * childrenOfEach, (n + 1) * childrenOfEach))
  for (const [n, own] of each.entries()) {
    await sql`
      insert into record.involvement (person_id, kind, account_id, from_day)
      select person, 'allocated', ${to[n]!.account.id}, '2024-01-01' from unnest(${own}::uuid[]) as person`.execute(
      db.owner,
    )
  }
  return each
}
