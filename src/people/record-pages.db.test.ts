import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adoption } from '../adoption/area.ts'
import { casework } from '../casework/area.ts'
import { childInNeed } from '../child-in-need/area.ts'
import { childProtection } from '../child-protection/area.ts'
import { leavingCare } from '../leaving-care/area.ts'
import { lookedAfter } from '../looked-after/area.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import {
  aChild,
  aChildProtectionPlan,
  aFamily,
  anEpisodeOfNeed,
  aPeriodOfCare,
  fact,
} from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { people } from './area.ts'

let db: TestDatabase
let house: FastifyInstance
let worker: Visitor
let colleague: Visitor
let child: string
let sister: string
let mother: string
let team: string

beforeAll(async () => {
  db = await testDatabase()
  house = await aHouse(db, {
    areas: [people, casework, childInNeed, childProtection, lookedAfter, adoption, leavingCare],
    now: () => new Date('2026-11-25T10:00:00Z'),
  })
  team = await aTeam(db)
  const mine = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  worker = new Visitor(house, mine)
  colleague = new Visitor(house, await signedIn(db, { name: 'Lee Marsh', roles: ['A-SW'] }))
  const family = await aFamily(db.owner, { surname: 'Thwaite', postcode: 'FX1 2AB' })
  mother = family.mother
  ;[child, sister] = family.children as [string, string]
  const { referral } = await anEpisodeOfNeed(db.owner, child, { from: '2025-05-06' })
  await aChildProtectionPlan(db.owner, child, { referral, from: '2025-07-01' })
  await aPeriodOfCare(db.owner, child, [
    { from: '2025-09-01', to: '2026-02-01', ls: 'V2', place: 'U3' },
    { from: '2026-02-01', ls: 'C2', place: 'U6', rne: 'B' },
  ])
  await fact(db.owner, 'hazard', {
    person_id: child,
    kind: 'animal',
    words: 'Large dog in the yard',
    from_day: '2026-01-05',
  })
  await involve(db, child, { account: mine.account.id })
})
afterAll(async () => {
  await house?.close()
  await db?.close()
})

const parts = [
  '',
  '/chronology',
  '/family',
  '/need',
  '/protection',
  '/care',
  '/health',
  '/education',
  '/leaving-care',
]

describe('the record of a child', () => {
  test('opens on who the child is and what matters now', async () => {
    const answer = await worker.get(`/children/${child}`)
    expect(answer.statusCode).toBe(200)
    const words = mainWords(answer.body)
    expect(words).toContain('Neglect')
    expect(words).toContain('Full care order')
    expect(words).toContain('Foster care by others, other')
    expect(words).toContain('Maeve Thwaite')
    expect(answer.body).toContain('Large dog in the yard')
    for (const badge of ['Child protection', 'Looked after', 'Child in need'])
      expect(answer.body).toContain(badge)
    expect(answer.body).toContain('<strong>Sam Okoro</strong>')
  })

  test.each(parts)('the part %j answers whoever works with the child and nobody else', async (part) => {
    expect((await worker.get(`/children/${child}${part}`)).statusCode).toBe(200)
    const refused = await colleague.get(`/children/${child}${part}`)
    expect(refused.statusCode).toBe(403)
    expect(refused.body).not.toContain('Thwaite')
    expect((await new Visitor(house).get(`/children/${child}${part}`)).statusCode).toBe(303)
  })

  test('each part that was read stands on the trail with its purpose', async () => {
    await worker.get(`/children/${child}/protection`)
    const { rows } = await sql<{ purpose: string; section: string[] }>`
      select payload ->> 'purpose' as purpose, array(select jsonb_array_elements_text(payload -> 'section')) as section
        from audit.trail where subject = ${child} and payload ->> 'outcome' = 'allowed' order by at desc limit 1`.execute(
      db.owner,
    )
    expect(rows[0]!.purpose).toBe('reading about protection')
    expect(rows[0]!.section).toContain('F13')
    expect(rows[0]!.section).not.toContain('F20')
  })

  test('a sister’s worker reads the summary, and not what was found in the assessment', async () => {
    const answer = await worker.get(`/children/${sister}`)
    expect(answer.statusCode).toBe(200)
    expect(mainWords((await worker.get(`/children/${sister}/health`)).body)).toContain(
      'This part is not open to you',
    )
  })

  test('a person who is not there, and one who must not be known, get the same answer', async () => {
    const sealed = await aChild(db.owner, {})
    await restricted(db, sealed, 4)
    const unknown = await colleague.get('/children/00000000-0000-4000-8000-000000000001')
    const hidden = await colleague.get(`/children/${sealed}`)
    const plain = (body: string) => mainWords(body).replace(/Reference .*/, '')
    expect(hidden.statusCode).toBe(404)
    expect(unknown.statusCode).toBe(404)
    expect(plain(hidden.body)).toBe(plain(unknown.body))
  })

  test('the adoption part is shown to nobody but adoption workers', async () => {
    const front = await worker.get(`/children/${child}`)
    expect(front.body).not.toContain('/adoption')
    expect(mainWords((await worker.get(`/children/${child}/adoption`)).body)).toContain('not open to you')
  })
})

describe('the chronology', () => {
  test('tells everything in order, the newest first', async () => {
    const words = mainWords((await worker.get(`/children/${child}/chronology`)).body)
    const lines = [
      'Legal status: full care order',
      'Came into care',
      'Child protection plan began',
      'Referred',
      'Born',
    ]
    const places = lines.map((line) => words.indexOf(line))
    expect(places.every((place) => place >= 0)).toBe(true)
    expect([...places].sort((a, b) => a - b)).toEqual(places)
  })

  test('filters by part of life and by dates, and says so when a date is none', async () => {
    const protection = mainWords((await worker.get(`/children/${child}/chronology?area=protection`)).body)
    expect(protection).toContain('Child protection plan began')
    expect(protection).not.toContain('Came into care')
    const early = mainWords((await worker.get(`/children/${child}/chronology?to=31/5/2025`)).body)
    expect(early).toContain('Referred')
    expect(early).not.toContain('Child protection plan began')
    const wrong = await worker.get(`/children/${child}/chronology?from=31/2/2025`)
    expect(wrong.statusCode).toBe(400)
    expect(wrong.body).toContain('31/2/2025')
    expect(wrong.body).toContain(`href="/children/${child}/chronology"`)
  })
})

describe('looking back', () => {
  test('before the record began it held nothing', async () => {
    const words = mainWords((await worker.get(`/children/${child}?known-at=2020-01-01`)).body)
    expect(words).toContain('We held nothing')
    expect(words).not.toContain('Thwaite')
  })

  test('what stood before a correction is shown with its moment', async () => {
    const someone = await aChild(db.owner, { name: 'Ida Wren', born: '2015-01-01' })
    await involve(db, someone, {
      account: (
        await sql<{
          id: string
        }>`select account_id as id from record.involvement where person_id = ${child}`.execute(db.owner)
      ).rows[0]!.id,
    })
    await sql`update record.person set date_of_birth = '2015-10-01' where id = ${someone}`.execute(db.owner)
    const words = mainWords((await worker.get(`/children/${someone}/facts/person/${someone}`)).body)
    expect(words).toContain('1 Oct 2015 changed here')
    expect(words).toContain('1 Jan 2015')
  })

  test('a table that is none of the record’s, or a fact of another child, is not there', async () => {
    const { rows } = await sql<{
      id: string
    }>`select id from record.person_name where person_id = ${mother}`.execute(db.owner)
    expect((await worker.get(`/children/${child}/facts/person_name/${rows[0]!.id}`)).statusCode).toBe(404)
    expect((await worker.get(`/children/${child}/facts/account/${rows[0]!.id}`)).statusCode).toBe(404)
  })
})

describe('search', () => {
  const found = async (visitor: Visitor, typed: string) =>
    (await visitor.get(`/search?q=${encodeURIComponent(typed)}`)).body.match(/\/children\/[0-9a-f-]{36}/g) ??
    []

  test.each([
    ['a name', 'maeve thwaite'],
    ['a name the other way round', 'Thwaite Maeve'],
    ['the beginning of a name', 'thwa'],
    ['a birth date', '11/2/1990'],
    ['a name and a birth date', 'Thwaite 11.02.1990'],
  ])('finds the mother by %s', async (_, typed) => {
    expect(await found(colleague, typed)).toContain(`/children/${mother}`)
  })

  test('finds a child by postcode and by any number', async () => {
    expect(await found(colleague, 'fx1 2ab')).toContain(`/children/${child}`)
    const { rows } = await sql<{ value: string; reference: string }>`
      select i.value, p.reference from record.person_identifier i join record.person p on p.id = i.person_id
       where p.id = ${child}`.execute(db.owner)
    expect(await found(colleague, rows[0]!.value)).toEqual([`/children/${child}`])
    expect(await found(colleague, rows[0]!.reference.toLowerCase())).toEqual([`/children/${child}`])
  })

  test('who fits in nothing is not there', async () => {
    expect(await found(colleague, 'Quimby 25/12/1961')).toEqual([])
  })

  test('never shows who is restricted', async () => {
    const kept = await aChild(db.owner, { name: 'Orla Penhaligon' })
    expect(await found(colleague, 'Penhaligon')).toEqual([`/children/${kept}`])
    await restricted(db, kept, 2)
    expect(await found(colleague, 'Penhaligon')).toEqual([])
    // The front door has to match, and is told no more than that.
    const duty = new Visitor(house, await signedIn(db, { roles: ['A-DUTY'] }))
    const words = async (visitor: Visitor) =>
      mainWords((await visitor.get('/search?q=Orla%20Penhaligon')).body)
    expect(await found(duty, 'Orla Penhaligon')).toEqual([])
    expect(await words(duty)).toContain('A restricted record may exist that fits')
    expect(await words(colleague)).not.toContain('may exist')
  })

  test('whose role looks up nobody is told so, and finds nobody', async () => {
    const administrator = new Visitor(house, await signedIn(db, { roles: ['A-ADM'] }))
    const answer = await administrator.get('/search?q=thwaite')
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain('Searching for people is not part of your role')
    expect(answer.body).not.toContain('Maeve')
  })

  test('what was asked and who was shown stand on the trail', async () => {
    await found(colleague, 'maeve thwaite')
    const { rows } = await sql<{ asked: string; shown: string[] }>`
      select (select payload ->> 'asked' from audit.trail where payload ->> 'action' = 'list' order by at desc limit 1) as asked,
             (select shown from audit.trail where shown is not null order by at desc limit 1) as shown`.execute(
      db.owner,
    )
    expect(rows[0]!.asked).toBe('maeve thwaite')
    expect(rows[0]!.shown).toContain(mother)
  })
})

test('my work lists the children allocated to me', async () => {
  const words = mainWords((await worker.get('/my-work')).body)
  expect(words).toContain('Thwaite')
  expect(mainWords((await colleague.get('/my-work')).body)).toContain('No child is allocated to you')
})

test('a manager’s work is the team’s, until they ask for their own', async () => {
  const manager = new Visitor(house, await signedIn(db, { name: 'Ali Dunn', roles: ['A-TM'], teams: [team] }))
  expect(mainWords((await manager.get('/my-work')).body)).toContain('Thwaite')
  expect(mainWords((await manager.get('/my-work?of=me')).body)).toContain('No child is allocated to you')
})

test('names and numbers name each kind in words, beside the family', async () => {
  expect((await worker.get(`/children/${child}/family`)).body).toContain(`href="/children/${child}/details"`)
  const words = mainWords((await worker.get(`/children/${child}/details`)).body)
  expect(words).toContain('Legal name')
  expect(words).not.toMatch(/la child id|nhs number|upn/)
})

test('of family and network, what another’s record tells has its source there', async () => {
  await fact(db.owner, 'relationship', { person_id: sister, other_person_id: child, kind: 'half-sibling' })
  const page = (await worker.get(`/children/${child}/family`)).body
  const sources = page.match(/\/children\/[0-9a-f-]{36}\/facts\/relationship\/[0-9a-f-]{36}/g) ?? []
  expect(sources.some((source) => source.startsWith(`/children/${sister}/`))).toBe(true)
  for (const source of sources) expect((await worker.get(source)).statusCode).toBe(200)
})
