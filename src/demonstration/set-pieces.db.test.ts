import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openRecord } from '../access/opening.ts'
import { casework } from '../casework/area.ts'
import { people } from '../people/area.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aSession } from '../testing/signed-in.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { housePaths } from '../web/house-paths.ts'
import { daysBetween } from '../web/words.ts'
import { demonstration } from './area.ts'
import { fillDemonstration, usual } from './fill.ts'
import { setPieces } from './set-pieces.ts'
import { castMember } from './staff.ts'

/** Made as of the day of the test: who may open what is decided by the database's own clock. */
let today: string
let db: TestDatabase
let house: FastifyInstance
let pieces: Map<string, string>

beforeAll(async () => {
  db = await testDatabase()
  today = (await sql<{ today: string }>`select current_date as today`.execute(db.owner)).rows[0]!.today
  await fillDemonstration(db, { ...usual, today, children: 12, years: 4 }, () => undefined)
  const { rows } = await sql<{ name: string; person: string }>`
    select name, person_id as person from access.demonstration_pieces()`.execute(db.app)
  pieces = new Map(rows.map(({ name, person }) => [name, person]))
  house = await aHouse(db, { config: { demonstration: true }, areas: [people, casework, demonstration] })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

async function session(name: string) {
  const { email, roles } = castMember(name)
  const { rows } = await sql<{ id: string }>`select id from access.account where email = ${email}`.execute(
    db.owner,
  )
  return aSession(db, rows[0]!.id, roles)
}
const opened = async (name: string, piece: string) =>
  openRecord(db.app, await session(name), pieces.get(piece)!, { purpose: 'a test' })
const found = async (name: string, words: string) =>
  mainWords((await new Visitor(house, await session(name)).get(housePaths.search({ q: words }))).body)
const fact = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows[0]

test('the page lists every piece, with a way in for each of its accounts, in a demonstration only', async () => {
  const page = await new Visitor(house, await session('Sam Okoro')).get('/set-pieces')
  for (const { title, steps } of setPieces) {
    expect(page.body).toContain(title)
    for (const { as } of steps) expect(page.body).toContain(`value="${castMember(as).email}"`)
  }
  expect(page.body).toContain('What there is to see')
  expect(page.body).toContain(`--as-at ${today}`)
  const real = await aHouse(db, { areas: [people, demonstration] })
  const there = new Visitor(real, await session('Sam Okoro'))
  expect((await there.get('/set-pieces')).statusCode).toBe(404)
  expect((await there.get('/help')).body).not.toContain('What there is to see')
  await real.close()
})

test('one press on the page is enough to be somebody else, where the story begins', async () => {
  const visitor = new Visitor(house, await session('Sam Okoro'))
  const { body } = await visitor.get('/set-pieces')
  const [, action] = /action="([^"]+)"[^>]*>(?:(?!<\/form>)[\s\S])*value="tom.eccles/.exec(body)!
  const answer = await visitor.post(
    action!.replaceAll('&amp;', '&'),
    { email: 'tom.eccles@fellshire.example', password: 'a cairn of stones' },
    { page: '/set-pieces' },
  )
  expect([answer.statusCode, answer.headers.location]).toEqual([
    303,
    `/children/${pieces.get('staff-child')}`,
  ])
  expect((await visitor.get(answer.headers.location as string)).body).toContain('Otto Brandt')
})

describe('a colleague’s child', () => {
  test('is open to who is named, closed to the mother, and a hint for the front door alone', async () => {
    expect(await opened('Tom Eccles', 'staff-child')).toMatchObject({ allowed: true, level: 'full' })
    expect(await opened('Lena Brandt', 'staff-child')).toMatchObject({ allowed: false })
    expect(await opened('Priya Shah', 'staff-child')).toMatchObject({ allowed: false })
    expect(await found('Dev Malik', 'Otto Brandt')).toMatch(/restricted/i)
    expect(await found('Priya Shah', 'Otto Brandt')).not.toMatch(/restricted|Otto Brandt\b.*born/i)
  })
  test('is her family by her own word, which closes it whatever else is true', async () => {
    const row = await fact(
      sql<{ why: string }>`
        select c.why from access.account a cross join lateral access.conflicts_of(a.id) c
         where a.email = 'lena.brandt@fellshire.example' and c.person_id = ${pieces.get('staff-child')!}`,
    )
    expect(row).toEqual({ why: 'declared-connection' })
  })
  test('was restricted by one and confirmed by another, with a review', async () => {
    const row = await fact(
      sql<{ set: string; confirmed: string; days: number }>`
        select s.email as set, c.email as confirmed, r.review_on - current_date as days
          from record.restriction r join access.account s on s.id = r.set_by join access.account c on c.id = r.confirmed_by
         where r.person_id = ${pieces.get('staff-child')!} and r.to_at is null`,
    )
    expect(row).toEqual({
      set: 'tom.eccles@fellshire.example',
      confirmed: 'greta.osei@fellshire.example',
      days: 85,
    })
  })
})

test('a hidden address is seen by the worker and by no search', async () => {
  const person = pieces.get('hidden-address')!
  const row = await fact(
    sql<{ postcode: string; lines: string }>`
      select postcode, address_lines as lines from record.address
       where person_id = ${person} and protected and to_day is null`,
  )
  expect(row!.lines).toMatch(/Fellby/)
  expect(
    await fact(
      sql`select from record.address where person_id = ${person} and not protected and to_day is null`,
    ),
  ).toBeUndefined()
  expect(await found('Dev Malik', 'Jasmine Naylor')).toContain('Jasmine')
  expect(await found('Dev Malik', 'Jasmine Naylor')).not.toContain(row!.postcode.split(' ')[0])
  expect(await found('Dev Malik', row!.postcode)).not.toContain('Jasmine')
  expect(await opened('Sam Okoro', 'hidden-address')).toMatchObject({ allowed: true })
})

test('a sealed adoption is found by nobody but its adoption worker, and no hint is given', async () => {
  expect(await opened('Iris Coleman', 'sealed-adoption')).toMatchObject({ allowed: true })
  for (const name of ['Sam Okoro', 'Priya Shah', 'Dev Malik', 'Beth Arnott', 'Wendy Marsh'])
    expect([name, await opened(name, 'sealed-adoption')]).toMatchObject([name, { allowed: false }])
  const nobody = await found('Dev Malik', 'Xyllie Firthwrong')
  const sealed = await found('Dev Malik', 'Ellie Firth')
  expect(sealed).not.toMatch(/restricted/i)
  expect(sealed.match(/Ellie Firth/g)?.length ?? 0).toBeLessThanOrEqual(
    nobody.match(/Xyllie Firthwrong/g)?.length ?? 0,
  )
  const row = await fact(
    sql<{ level: number; end: string; reason: string }>`
      select r.level, p.end_reason as reason from record.restriction r join record.period_of_care p using (person_id)
       where r.person_id = ${pieces.get('sealed-adoption')!} and r.confirmed_at is not null`,
  )
  expect(row).toMatchObject({ level: 3, reason: expect.stringMatching(/^E1[12]$/) })
})

test('one is missing, since today and not for the first time', async () => {
  const { rows } = await sql<{ start: string; end: string | null }>`
    select mis_start as start, mis_end as "end" from record.missing_episode
     where person_id = ${pieces.get('missing-tonight')!} order by mis_start`.execute(db.owner)
  expect(rows).toHaveLength(4)
  expect(rows.at(-1)).toEqual({ start: today, end: null })
  const card = await fact(
    sql<{
      badges: string[]
    }>`select badges from record.index_card where person_id = ${pieces.get('missing-tonight')!}`,
  )
  expect(card!.badges).toEqual(expect.arrayContaining(['missing', 'looked-after']))
})

test('an enquiry is on its fourteenth working day, and its conference due on the fifteenth', async () => {
  const row = await fact(
    sql<{ start: string; target: string }>`
      select s47_start_date as start, initial_cpc_target as target from record.section_47
       where person_id = ${pieces.get('section-47-day-14')!}`,
  )
  const { workingDaysFrom } = await import('./days.ts')
  expect(workingDaysFrom(row!.start, 14) <= today).toBe(true)
  expect([row!.target, row!.target > today]).toEqual([workingDaysFrom(row!.start, 15), true])
  expect(
    await fact(
      sql`select from record.initial_conference where person_id = ${pieces.get('section-47-day-14')!}`,
    ),
  ).toBeUndefined()
})

test('a plan is sixteen months old, with reviews', async () => {
  const row = await fact(
    sql<{ start: string; reviews: number }>`
      select p.cp_plan_start_date as start, (select count(*) from record.child_protection_review r where r.child_protection_plan_id = p.id) as reviews
        from record.child_protection_plan p where p.person_id = ${pieces.get('plan-of-16-months')!} and p.cp_plan_end_date is null`,
  )
  expect(daysBetween(row!.start, today)).toBeGreaterThan(480)
  expect(daysBetween(row!.start, today)).toBeLessThan(492)
  expect(row!.reviews).toBe(3)
  expect(await opened('Hamid Yusuf', 'plan-of-16-months')).toMatchObject({ allowed: true, rule: 'reviewing' })
})

test('one has died, and one lives abroad', async () => {
  const row = await fact(
    sql<{ died: string; reason: string }>`
      select p.died_on as died, r.close_reason as reason from record.person p join record.referral r on r.person_id = p.id
       where p.id = ${pieces.get('death')!}`,
  )
  expect([daysBetween(row!.died, today), row!.reason]).toEqual([42, 'RC2'])
  const abroad = await fact(
    sql<{ place: string; postcode: string | null }>`
      select e.place, w.pl_post as postcode from record.episode e left join record.placement_whereabouts w on w.episode_id = e.id
       where e.person_id = ${pieces.get('placed-abroad')!} and e.dec is null`,
  )
  expect(abroad).toEqual({ place: 'U3', postcode: null })
})

test('one father is in two families of two workers, and his warning stands on both children', async () => {
  const { rows } = await sql<{ worker: string; warned: boolean }>`
    select a.email as worker, exists (select from record.risk_link l where l.person_id = c.person_id and l.to_day is null) as warned
      from record.relationship f
      join record.relationship c on c.other_person_id = f.other_person_id and c.kind = 'father'
      join record.involvement i on i.person_id = c.person_id and i.kind = 'allocated' and i.to_day is null
      join access.account a on a.id = i.account_id
     where f.person_id = ${pieces.get('father-in-two-families')!} and f.kind = 'father' order by 1`.execute(
    db.owner,
  )
  expect(rows).toEqual([
    { worker: 'sam.okoro@fellshire.example', warned: true },
    { worker: 'tom.eccles@fellshire.example', warned: true },
  ])
})

test('three anonymous referrals and an assessment that found nothing', async () => {
  const row = await fact(
    sql<{ calls: number; factors: string[] }>`
      select count(*) filter (where referral_nfa and referral_source_code = '9') as calls,
             (select array_agg(f.assessment_factor::text) from record.assessment_factor f where f.person_id = r.person_id) as factors
        from record.referral r where person_id = ${pieces.get('malicious-referral')!} group by person_id`,
  )
  expect(row).toEqual({ calls: 3, factors: ['21'] })
})

test('the officer of requests opens the care leaver who asked, and no other', async () => {
  expect(await opened('Joan Whitelaw', 'care-leaver-asks')).toMatchObject({
    allowed: true,
    rule: 'rights-request',
  })
  expect(await opened('Joan Whitelaw', 'malicious-referral')).toMatchObject({ allowed: false })
  expect(await opened('Callum Reid', 'care-leaver-asks')).toMatchObject({ allowed: true, rule: 'advising' })
})

test('a review waits for the manager’s signature, written by the worker on each child’s record', async () => {
  const { rows } = await sql<{ by: string; answers: number }>`
    select a.display_name as by, (select count(*)::int from record.form_answer w where w.form_id = s.fact_id) as answers
      from record.sign_off s join access.account a on a.id = s.account_id
     where s.kind = 'form-child-in-need-plan-review' and s.act = 'submitted'`.execute(db.owner)
  expect(rows.length).toBeGreaterThan(0)
  for (const { by, answers } of rows) expect([by, answers > 15]).toEqual(['Sam Okoro', true])
})

test('the same wishes make the same authority', async () => {
  const other = await testDatabase()
  await fillDemonstration(other, { ...usual, today, children: 12, years: 4 }, () => undefined)
  const content = async (of: TestDatabase) => {
    const { rows } = await sql<{ said: string }>`
      select p.sex || coalesce(p.date_of_birth::text, '') || string_agg(e.kind || e.happened_on, ' ' order by e.happened_on, e.kind)
             || coalesce((select string_agg(full_name, ',' order by full_name) from record.person_name n where n.person_id = p.id), '')
             || coalesce((select string_agg(i.kind || i.from_day || coalesce(a.email, i.worker_name, ''), ',' order by i.kind, i.from_day)
                            from record.involvement i left join access.account a on a.id = i.account_id where i.person_id = p.id), '')
             || coalesce((select string_agg(value, ',' order by value) from record.person_identifier n where n.person_id = p.id), '') as said
        from record.person p join record.event e on e.person_id = p.id group by p.id order by 1`.execute(
      of.owner,
    )
    return rows
  }
  expect(await content(other)).toEqual(await content(db))
  await other.close()
})
