import { sql } from 'kysely'
import { mustOpenRecord, openList } from '../src/access/opening.ts'
import { reading, writing } from '../src/access/reading.ts'
import { countAll, countWaiting } from '../src/casework/count-dues.ts'
import { dueCounts, dueList } from '../src/casework/due-store.ts'
import type { TestDatabase } from '../src/testing/database.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { benchDatabase } from './database.ts'
import { inventNeed } from './invented-need.ts'
import { report, spread, time } from './support.ts'

/** What is due: counting 10,000 open children again, one child in the transaction of a fact, a manager's list of 200. */

const db = await benchDatabase()
try {
  await inventNeed(db.owner, Number(process.env.CHILDREN ?? 8_000))
  const tools = { db: db.jobs, read: db.jobs, log: { info() {}, error() {} }, signal: undefined }
  const children = (await one<{ n: number }>(sql`select count(distinct person_id) as n from clocks.touched`))
    .n
  const first = await time(() => countWaiting.run(undefined, tools))
  await sql`vacuum analyze record.due`.execute(db.owner)
  const { open, rows } = await one<{ open: number; rows: number }>(
    sql`select count(distinct person_id) filter (where state in ('open', 'flag', 'not-known')) as open, count(*) as rows from record.due`,
  )
  // A bank holiday in the middle: everything counted in working days across it moves.
  const again: number[] = []
  const moved: number[] = []
  for (const day of ['2025-02-03']) {
    await sql`insert into clocks.bank_holiday (day, name) values (${day}, 'For a bench')`.execute(db.owner)
    again.push(await time(() => countAll.run(undefined, tools)))
    moved.push((await one<{ n: number }>(sql`select count(*) as n from history.due`)).n)
  }
  const seconds = Math.max(...again) / 1000
  const per10k = (seconds / open) * 10_000

  const house = db as unknown as TestDatabase
  const team = await aTeam(house)
  const manager = await signedIn(house, { roles: ['A-TM'], teams: [team] })
  await sql`
    insert into record.involvement (person_id, kind, team_id, from_day)
    select person_id, 'team', ${team}::uuid, '2024-01-01' from record.due where state = 'open' group by person_id order by person_id limit 200`.execute(
    db.owner,
  )
  await countWaiting.run(undefined, tools)
  const on = { today: '2024-12-02', now: new Date('2024-12-02T10:00Z') }
  const lists: number[] = []
  let shown = 0
  for (let turn = 0; turn < 40; turn++) {
    lists.push(
      await time(async () => {
        const opened = await openList(db.app, manager, 'caseload', { purpose: 'a bench' })
        if (!opened.allowed) throw new Error('The list did not open')
        await reading(db.app, manager, async (trx) => {
          const list = { sort: 'due', direction: 'ascending', perPage: 100, offset: 0 } as const
          const { total } = await dueList(trx, list, { which: 'all' }, on)
          await dueCounts(trx, {}, on)
          shown = total
        })
      }),
    )
  }
  const list = spread(lists.slice(5))

  const child = (
    await one<{ id: string }>(
      sql`select person_id as id from record.involvement where team_id = ${team} limit 1`,
    )
  ).id
  const writes: { with: number[]; without: number[] } = { with: [], without: [] }
  for (let turn = 0; turn < 40; turn++) {
    await mustOpenRecord(db.app, manager, child, { purpose: 'a bench', groups: ['F12'], action: 'write' })
    writes.without.push(await time(() => writing(db.app, manager, (trx) => sql`select 1`.execute(trx))))
    writes.with.push(
      await time(() =>
        writing(db.app, manager, (trx) =>
          sql`insert into assessment (person_id, assessment_start_date) values (${child}, '2024-11-01')`.execute(
            trx,
          ),
        ),
      ),
    )
  }
  await report('clocks', [
    {
      what: 'Counting again what is due, everybody with something open, by the job; for 10,000 by proportion',
      bound: { words: '10,000 open children under 10 s', held: per10k < 10 },
      figures: {
        openChildren: open,
        rows,
        seconds: again.map((each) => Math.round(each) / 1000),
        secondsFor10000: Math.round(per10k * 100) / 100,
        rowsMoved: moved,
      },
    },
    {
      what: 'Counting for the first time, after an import',
      figures: { children, seconds: Math.round(first) / 1000 },
    },
    {
      what: 'A manager opens the list of what is due for 200 children, its counts beside it, in milliseconds',
      bound: { words: 'under 100 ms', held: list.p99 < 100 },
      figures: { ...list, items: shown },
    },
    {
      what: 'One fact written with what is due counted, and a transaction that touches nobody, in milliseconds',
      figures: {
        withCounting: spread(writes.with.slice(5)),
        touchingNobody: spread(writes.without.slice(5)),
      },
    },
  ])
} finally {
  await db.stop()
}

async function one<T>(query: ReturnType<typeof sql<unknown>>): Promise<T> {
  return (await query.execute(db.owner)).rows[0] as T
}
