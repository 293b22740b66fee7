import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { aChild, aChildProtectionPlan, fact } from '../../testing/factories.ts'
import { aTeam, signedIn } from '../../testing/signed-in.ts'
import { involve } from '../../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../../testing/visitor.ts'
import { areas as every } from '../../web/areas.ts'
import { housePaths } from '../../web/house-paths.ts'

/** A house of a test brings access itself. */
const areas = every.filter(({ name }) => name !== 'access')

let db: TestDatabase
let worker: Visitor
let manager: Visitor
let officer: Visitor
let administrator: Visitor
let child: string
let reference: string
const number = '9990000018'

beforeAll(async () => {
  db = await testDatabase()
  const house = await aHouse(db, { areas })
  const team = await aTeam(db)
  const sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [team] })
  worker = new Visitor(house, sam)
  manager = new Visitor(house, await signedIn(db, { name: 'Priya Shah', roles: ['A-TM'], teams: [team] }))
  officer = new Visitor(house, await signedIn(db, { roles: ['A-IG'] }))
  administrator = new Visitor(house, await signedIn(db, { roles: ['A-ADM'] }))
  child = await aChild(db.owner, { forename: 'Rowan', surname: 'Thwaite', born: '2019-03-04' })
  await involve(db, child, { account: sam.account.id, team })
  await sql`update cpis.exchange set on_since = now()`.execute(db.owner)
  await aChildProtectionPlan(db.owner, child)
  await fact(db.owner, 'person_identifier', {
    person_id: child,
    kind: 'nhs-number',
    value: number,
    natural_key: number,
  })
  reference = (
    await sql<{ reference: string }>`select reference from record.person where id = ${child}`.execute(
      db.owner,
    )
  ).rows[0]!.reference
  await sql`update outbox.message set state = 'held', says = 'not-traced' where about_id = ${child} and id = (select min(id::text)::uuid from outbox.message)`.execute(
    db.owner,
  )
})
afterAll(() => db?.close())

/** An alert that the NHS has acknowledged, of a plan that is not on the record. */
async function anAlert(state = 'live'): Promise<string> {
  const content = {
    kind: 'child',
    given: 'Rowan',
    family: 'Thwaite',
    born: '20190304',
    localId: reference,
    contact: '',
  }
  return fact(db.owner, 'cpis_alert', {
    person_id: child,
    plan_type: 'CPP',
    nhs_number: number,
    plan_start: '202401010000',
    source_id: child,
    state,
    sent: content,
    acknowledged: content,
    sequence: 1,
    delete_on: null,
  })
}
const aLook = (at: string, key: string) =>
  fact(db.owner, 'nhs_viewing', {
    person_id: child,
    natural_key: key,
    viewed_on: at.slice(0, 10),
    viewed_at: at,
    who: 'Jo Testnurse',
    role: 'Staff Nurse',
    organisation: 'EXAMPLE HOSPITAL',
    matched_by: 'number',
  })

describe('messages to partners', () => {
  test('who looks after exchanges sees what needs a person, in words how to mend it, and it is on the trail', async () => {
    const words = mainWords((await officer.get('/sharing/outbox')).body)
    expect(words).toContain('Nobody has checked that the NHS number is this person’s')
    expect(words).toContain(reference)
    expect(words).not.toContain('Thwaite')
    const { rows } =
      await sql`select from audit.trail where payload ->> 'purpose' = 'seeing what was told to partners' and shown @> array[${child}::uuid]`.execute(
        db.owner,
      )
    expect(rows).toHaveLength(1)
  })

  test('an administrator of the program sees that, and of whom is not shown; a worker sees nothing of it', async () => {
    const words = mainWords((await administrator.get('/sharing/outbox')).body)
    expect(words).toContain('not shown')
    expect(words).not.toContain(reference)
    expect((await worker.get('/sharing/outbox')).statusCode).toBe(403)
  })

  test('a person asks for another try', async () => {
    const { headers } = await officer.post(
      '/sharing/outbox/try-again',
      { partner: 'cp-is' },
      { page: '/sharing/outbox' },
    )
    expect(headers.location).toBe('/sharing/outbox?show=waiting')
    const { rows } = await sql<{
      state: string
    }>`select distinct state from outbox.message where about_id = ${child}`.execute(db.owner)
    expect(rows).toEqual([{ state: 'waiting' }])
  })
})

describe('on the record', () => {
  test('the number is said to be checked, with how, and only a number of the record', async () => {
    const page = `/children/${child}/nhs-alerts/trace`
    expect(mainWords((await worker.get(`/children/${child}/nhs-alerts`)).body)).toContain(
      'Nobody has checked it',
    )
    const wrong = await worker.post(page, {
      number: '9990000026',
      status: 'verified',
      method: 'health-professional',
    })
    expect(mainWords(wrong.body)).toContain('This number is not on the record')
    await worker.post(page, {
      number,
      status: 'verified',
      method: 'health-professional',
      evidence: 'Health visitor',
    })
    expect(mainWords((await worker.get(`/children/${child}/nhs-alerts`)).body)).toContain(
      'Checked: number, name and date of birth agree',
    )
  })

  test('T13: that an alert is deleted is asked by one and decided by another', async () => {
    const alert = await anAlert()
    const asks = `/children/${child}/nhs-alerts/${alert}/delete`
    expect(mainWords((await worker.post(asks, { reason: 'oh' })).body)).toContain('Say a little more')
    expect((await worker.post(asks, { reason: 'Recorded on the wrong child' })).statusCode).toBe(303)
    expect(mainWords((await worker.get(`/children/${child}/nhs-alerts`)).body)).toContain(
      'Deleting was asked by Sam Okoro',
    )
    const { rows } = await sql<{ id: string }>`select id from record.cpis_deletion`.execute(db.owner)
    const decides = `/children/${child}/nhs-alerts/deletions/${rows[0]!.id}`
    expect((await worker.get(decides)).statusCode).toBe(403)
    expect(mainWords((await manager.get(housePaths.notices())).body)).toContain(
      'asks that the NHS deletes an alert',
    )
    expect((await manager.post(decides, { outcome: 'approved' })).statusCode).toBe(303)
    const { rows: alerts } = await sql<{
      on: string | null
    }>`select delete_on as on from record.cpis_alert where id = ${alert}`.execute(db.owner)
    expect(alerts[0]!.on).toMatch(/^\d{12}$/)
    const { rows: put } = await sql`select from outbox.message where cause = 'deletion'`.execute(db.owner)
    expect(put).toHaveLength(1)
  })

  test('a look stands in the chronology, on the list and on the record, in words that say no more than is known; one answer is for the looks of the day', async () => {
    const first = await aLook(`${new Date().toISOString().slice(0, 10)}T08:00:00Z`, 'A')
    await aLook(`${new Date().toISOString().slice(0, 10)}T08:30:00Z`, 'B')
    expect(mainWords((await worker.get(`/children/${child}/chronology`)).body)).toContain(
      'Looked up by health: EXAMPLE HOSPITAL',
    )
    const list = mainWords((await worker.get('/looked-up-by-health')).body)
    expect(list).toContain('Rowan Thwaite')
    expect(list).toContain('CP-IS record viewed by Jo Testnurse (Staff Nurse), EXAMPLE HOSPITAL')
    const page = `/children/${child}/nhs-alerts/looks/${first}`
    expect(mainWords((await worker.post(page, { outcome: 'no-action' })).body)).toContain(
      'Say why nothing needs to be done',
    )
    await worker.post(page, { outcome: 'contacted-health', words: 'A cut knee; mother was there' })
    const { rows } = await sql<{ outcome: string }>`select outcome from record.nhs_viewing`.execute(db.owner)
    expect(rows).toEqual([{ outcome: 'contacted-health' }, { outcome: 'contacted-health' }])
    expect(mainWords((await worker.get(`/children/${child}/nhs-alerts`)).body)).toContain(
      'A cut knee; mother was there',
    )
  })
})

describe('whom nobody finds', () => {
  test('somebody says who it is, by reference: their workers are told, and the message is settled once', async () => {
    await sql`insert into cpis.received (id, headers, body) values ('M1', '{}', '')`.execute(db.owner)
    const { rows } = await sql<{ id: string }>`
      insert into cpis.unmatched (kind, received_id, natural_key, said)
      values ('viewing', 'M1', 'Q1', ${JSON.stringify({ who: 'Jo Testnurse', organisation: 'OTHER HOSPITAL', at: '2026-11-20T10:00:00Z', bySystem: false })}::jsonb) returning id`.execute(
      db.owner,
    )
    expect(mainWords((await officer.get('/sharing/cp-is/unmatched')).body)).toContain(
      'Looked up at OTHER HOSPITAL by Jo Testnurse',
    )
    const page = `/sharing/cp-is/unmatched/${rows[0]!.id}`
    expect(mainWords((await officer.post(page, { reference: 'P-NOBODY' })).body)).toContain(
      'Nobody on record has this reference',
    )
    expect((await officer.post(page, { reference: reference.toLowerCase() })).statusCode).toBe(303)
    expect((await officer.get(page)).statusCode).toBe(404)
    const { rows: found } = await sql<{
      matched_by: string
    }>`select matched_by from record.nhs_viewing where natural_key = 'Q1'`.execute(db.owner)
    expect(found).toEqual([{ matched_by: 'by-hand' }])
    expect((await worker.get('/sharing/cp-is/unmatched')).statusCode).toBe(403)
  })
})

test('the exchange: how it stands, a stop and going on', async () => {
  await sql`update cpis.exchange set stopped_at = now(), stopped_because = 'not-let-in', certificate_until = current_date + 7`.execute(
    db.owner,
  )
  const words = mainWords((await administrator.get('/sharing/cp-is')).body)
  expect(words).toContain('MESH does not let us in')
  expect(words).toContain('runs out in')
  await administrator.post('/sharing/cp-is/go-on', {}, { page: '/sharing/cp-is' })
  expect(mainWords((await administrator.get('/sharing/cp-is')).body)).not.toContain('MESH does not let us in')
  expect((await officer.get('/sharing/cp-is')).statusCode).toBe(200)
  expect((await administrator.get('/sharing/cp-is/bytes/file/1')).statusCode).toBe(403)
})
