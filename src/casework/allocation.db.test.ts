import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { bring, own } from '../testing/importing.ts'
import { anAccount, aTeam, signedIn } from '../testing/signed-in.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { casework } from './area.ts'

let db: TestDatabase
let manager: Visitor
let worker: string
let team: string
beforeAll(async () => {
  db = await testDatabase()
  await bring(db, 'cin-census', own.census)
  team = await aTeam(db)
  worker = await anAccount(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  const session = await signedIn(db, { roles: ['A-TM'], teams: [team] })
  manager = new Visitor(await aHouse(db, { areas: [casework] }), session)
})
afterAll(() => db?.close())

const involved = async () =>
  (
    await sql<{ kind: string; account: string | null; n: number }>`
    select kind, account_id as account, count(*) as n from record.involvement group by 1, 2 order by 1`.execute(
      db.owner,
    )
  ).rows

test('imported children belong to nobody until a manager gives them to somebody, many at a time', async () => {
  const page = await manager.get('/allocate')
  const ids = [...page.body.matchAll(/name="child" value="([^"]+)"/g)].map(([, id]) => id!)
  const open = ids.length
  expect(open).toBeGreaterThan(3)
  expect(mainWords(page.body)).toContain('FELL0001')

  const nobody = await manager.post('/allocate', {
    to: `${worker} ${team}`,
    from: '1/11/2026',
    which: 'ticked',
  })
  expect(nobody.statusCode).toBe(422)
  expect(mainWords(nobody.body)).toContain('Tick the children')

  const one = await manager.post('/allocate', {
    to: `${worker} ${team}`,
    from: '1/11/2026',
    which: 'ticked',
    child: ids[0]!,
  })
  expect(one.statusCode).toBe(303)
  expect(await involved()).toEqual([{ kind: 'allocated', account: worker, n: 1 }])

  const rest = await manager.post('/allocate', { to: `team ${team}`, from: '1/11/2026', which: 'all' })
  expect(mainWords((await manager.get(rest.headers.location!)).body)).toContain(
    `${open - 1} children were allocated`,
  )
  expect(await involved()).toEqual([
    { kind: 'allocated', account: worker, n: 1 },
    { kind: 'team', account: null, n: open - 1 },
  ])
  expect(mainWords((await manager.get('/allocate')).body)).toContain('Every child has a worker or a team')

  // Each was opened for writing, and is on the trail.
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from audit.trail where payload ->> 'action' = 'write' and payload ->> 'purpose' = 'allocation'
       and payload ->> 'outcome' = 'allowed'`.execute(db.owner)
  expect(rows[0]!.n).toBe(open)
})

test('a child who has a worker already is not given away from this page', async () => {
  const { rows } = await sql<{
    id: string
  }>`select person_id as id from record.involvement where kind = 'allocated'`.execute(db.owner)
  const other = await signedIn(db, { roles: ['A-TM'], teams: [await aTeam(db)] })
  const stranger = new Visitor(await aHouse(db, { areas: [casework] }), other)
  const page = (await stranger.get('/allocate?help=any')).body
  const answer = await stranger.post('/allocate?help=any', {
    to: `${worker} ${team}`,
    from: '2/11/2026',
    which: 'ticked',
    child: rows[0]!.id,
  })
  expect(page).not.toContain(rows[0]!.id)
  expect(answer.headers.location).toContain('kept=1')
  expect((await involved()).find(({ kind }) => kind === 'allocated')?.n).toBe(1)
})
