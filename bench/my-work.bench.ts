import { sql } from 'kysely'
import { openList } from '../src/access/opening.ts'
import { reading } from '../src/access/reading.ts'
import { caseload, changesSince, standings, workerLoads } from '../src/casework/caseload-store.ts'
import { countWaiting } from '../src/casework/count-dues.ts'
import { dueCounts, dueList, nextDue } from '../src/casework/due-store.ts'
import { team as teamArea } from '../src/team/area.ts'
import type { TestDatabase } from '../src/testing/database.ts'
import { aTeam, signedIn } from '../src/testing/signed-in.ts'
import { dayOfSomebody } from '../src/web/day-part.ts'
import { benchDatabase } from './database.ts'
import { inventNeed } from './invented-need.ts'
import { report, spread, time } from './support.ts'

/** The page of the day of a manager whose team works with 200 children: everything the page reads, and what has drifted. */

const db = await benchDatabase()
try {
  await inventNeed(db.owner, Number(process.env.CHILDREN ?? 2_000))
  const tools = { db: db.jobs, read: db.jobs, log: { info() {}, error() {} }, signal: undefined }
  const house = db as unknown as TestDatabase
  const team = await aTeam(house)
  const manager = await signedIn(house, { roles: ['A-TM'], teams: [team] })
  const worker = await signedIn(house, { roles: ['A-SW'], teams: [team] })
  await sql`
    insert into record.involvement (person_id, kind, account_id, team_id, from_day)
    select person_id, 'allocated', ${worker.account.id}::uuid, ${team}::uuid, '2024-01-01' from record.referral group by person_id order by person_id limit 200`.execute(
    db.owner,
  )
  await sql`
    insert into record.visit (person_id, kind, visit_date, seen, seen_alone)
    select i.person_id, 'child-in-need', date '2024-11-30' - 14 * n, true, n % 2 = 0
      from record.involvement i cross join generate_series(1, 20) as n`.execute(db.owner)
  await countWaiting.run(undefined, tools)
  await sql`analyze record.visit, record.due, record.event, record.index_card`.execute(db.owner)
  const on = { today: '2024-12-02', now: new Date('2024-12-02T10:00Z') }
  const week = ['2024-12-02', '2024-12-03', '2024-12-04', '2024-12-05', '2024-12-06']
  const list = {
    sort: 'name',
    direction: 'ascending',
    page: 1,
    perPage: 100,
    offset: 0,
    link: () => '',
  } as const
  const parts: Record<string, number[]> = {
    list: [],
    families: [],
    due: [],
    changes: [],
    loads: [],
    day: [],
    drift: [],
  }
  const whole: number[] = []
  let children = 0
  for (let turn = 0; turn < 40; turn++) {
    const part = async (name: string, work: () => Promise<unknown>) => {
      parts[name]!.push(await time(work))
    }
    whole.push(
      await time(async () => {
        const opened = await openList(db.app, manager, 'caseload', { purpose: 'a bench' })
        if (!opened.allowed) throw new Error('The list did not open')
        await reading(db.app, manager, async (trx) => {
          await part('list', async () => {
            const { cards, total } = await caseload(trx, list, {
              account: manager.account.id,
              everyone: true,
              on: on.today,
            })
            await nextDue(
              trx,
              cards.map(({ id }) => id),
              on,
            )
            children = total
          })
          await part('due', async () => {
            await dueList(
              trx,
              { sort: 'due', direction: 'ascending', perPage: 12, offset: 0 },
              { which: 'soon' },
              on,
            )
            await dueCounts(trx, {}, on)
          })
          await part('changes', () =>
            changesSince(trx, new Date(Date.now() - 86_400_000), { account: undefined, most: 12 }),
          )
          await part('loads', () => workerLoads(trx, on, week))
          await part('day', () => dayOfSomebody(trx, teamArea.dayParts ?? [], manager, on.now))
        })
      }),
    )
    await reading(db.app, manager, async (trx) => {
      await part('drift', () => standings(trx, on.today))
      await part('families', () =>
        caseload(trx, { ...list, sort: 'family' }, { account: '', everyone: true, on: on.today }),
      )
    })
  }
  const all = spread(whole.slice(5))
  await report('my-work', [
    {
      what: 'A manager’s page of the day, 200 children: opening the list and everything the page reads, in milliseconds',
      bound: { words: 'under 100 ms', held: all.p99 < 100 },
      figures: { ...all, children },
    },
    {
      what: 'Its parts, at the median, in milliseconds',
      figures: Object.fromEntries(
        Object.entries(parts).map(([name, times]) => [name, spread(times.slice(5)).median]),
      ),
    },
  ])
} finally {
  await db.stop()
}
