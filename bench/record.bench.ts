import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import type pg from 'pg'
import { servicesWith } from '../src/access/services.ts'
import { sessionResolver } from '../src/access/sessions.ts'
import type { Connection } from '../src/database/connection.ts'
import type { TestDatabase } from '../src/testing/database.ts'
import { signedIn } from '../src/testing/signed-in.ts'
import { areas } from '../src/web/areas.ts'
import { buildServer } from '../src/web/server.ts'
import type { Session } from '../src/web/session.ts'
import { stubConfig, stubDeps } from '../src/web/stub.ts'
import { benchDatabase } from './database.ts'
import { inventNeed } from './invented-need.ts'
import type { Load, Loaded } from './open-loop.ts'
import { inPairs, progress, report, type Spread, spread } from './support.ts'
import { type Hear, type Statement, watched } from './watched.ts'

/**
 * The front of a child's record among 100,000 people: under an open-loop load of 25 pages a second by fifty workers,
 * beside its own SQL without the page, and beside the same page that no policy guards and no trail notes.
 */
const people = Number(process.env.BENCH_PEOPLE ?? 100_000)
const workers = 50
const pairs = 400
const warmPairs = 50
const childrenOfEach = 20

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
  const houseOf = (connection: Connection) =>
    buildServer(
      stubDeps({
        config,
        db: connection,
        accounts: servicesWith(['a key for a bench only, long enough to be one']),
        sessions: sessionResolver(connection, config),
        areas,
      }),
    )
  const app = await houseOf(db.app)
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

  async function pagesOver(url: string, hear: Hear) {
    const { db: heard, ask, processorTime } = await watched(url, hear)
    const house = await houseOf(heard)
    const show = async ({ session, child }: Page) => {
      const answer = await house.inject({
        url: `/children/${child}`,
        headers: { accept: 'text/html', cookie: `session=${session.secret}` },
      })
      if (answer.statusCode !== 200) throw new Error(`The page answered ${answer.statusCode}`)
    }
    return { show, ask, processorTime, close: () => house.close() }
  }

  // The page as it is; and the same page as the owner, whom no policy stops, with each opening answered as it was answered
  // before and not asked for: nothing is decided and nothing noted. Every other statement is the same.
  let turn = 0
  const next = () => {
    turn += 1
    return { session: sessions[turn % workers]!, child: children[turn % workers]![turn % childrenOfEach]! }
  }
  type Page = ReturnType<typeof next>
  const opened = new Map<string, pg.QueryResult>()
  const opening: number[] = []
  let sent: Statement[] = []
  const guarded = await pagesOver(db.urls.app, async (statement, ask) => {
    sent.push(statement)
    if (!isOpening(statement)) return ask()
    const began = performance.now()
    const answer = await ask()
    opening.push(performance.now() - began)
    opened.set(keyOf(statement), answer)
    return answer
  })
  const unguarded = await pagesOver(db.urls.owner, async (statement, ask) =>
    isOpening(statement) ? opened.get(keyOf(statement))! : ask(),
  )
  const spent = { guarded: 0, unguarded: 0 }
  const differences: number[] = []
  const walls: [number[], number[]] = [[], []]
  for (let pair = 0; pair < pairs + warmPairs; pair += 1) {
    const page = next()
    const [before, began] = [process.cpuUsage(), performance.now()]
    const serverBefore = guarded.processorTime()
    await guarded.show(page)
    const [between, ended] = [process.cpuUsage(), performance.now()]
    const serverBetween = unguarded.processorTime()
    await unguarded.show(page)
    const [after, over] = [process.cpuUsage(), performance.now()]
    if (pair < warmPairs) continue
    walls[0].push(ended - began)
    walls[1].push(over - ended)
    differences.push(ended - began - (over - ended))
    spent.guarded += ours(before, between) + (guarded.processorTime()! - serverBefore!)
    spent.unguarded += ours(between, after) + (unguarded.processorTime()! - serverBetween!)
  }
  const [page, without] = walls.map(spread) as [Spread, Spread]
  const openings = spread(opening.slice(warmPairs))
  const share = spread(differences).median / page.median
  progress('the page guarded and unguarded')

  // The page beside its own SQL: what it has just sent is sent once more.
  let again: readonly Statement[] = []
  const alone = await inPairs(
    async () => {
      sent = []
      await guarded.show(next())
      again = sent
    },
    async () => {
      for (const statement of again) await guarded.ask(statement)
    },
    pairs,
  )

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
        guarded: page,
        unguarded: without,
        opening: openings,
        share: rounded(share),
        // What a busy machine distorts less: processor time of the page's program and of its process of the server.
        processor: Number.isNaN(spent.guarded)
          ? undefined
          : {
              guarded: rounded(spent.guarded / pairs),
              unguarded: rounded(spent.unguarded / pairs),
              share: rounded((spent.guarded - spent.unguarded) / spent.guarded),
            },
      },
    },
  ])
  asking.kill()
  for (const house of [app, guarded, unguarded]) await house.close()
} finally {
  await db.stop()
}

function isOpening({ text }: Statement): boolean {
  return text.includes('access.open_record(')
}
function keyOf({ values }: Statement): string {
  return values.slice(0, 2).join(' ')
}
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
/** Milliseconds of processor time that this program spent. */
function ours(from: NodeJS.CpuUsage, to: NodeJS.CpuUsage): number {
  return (to.user - from.user + to.system - from.system) / 1000
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
