import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openRecord } from '../../access/opening.ts'
import { writing } from '../../access/reading.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { aChild, aChildProtectionPlan, aPeriodOfCare, fact, someone } from '../../testing/factories.ts'
import { anAccount, aTeam, signedIn } from '../../testing/signed-in.ts'
import { involve } from '../../testing/ties.ts'
import { xmlCodec } from './codec.ts'
import { compareEverybody, exchange } from './exchange.ts'
import { MeshClient } from './mesh-client.ts'
import type { CpIsCodec, CpIsUpload, MailboxTransport } from './neutral.ts'
import { type CpIsSettings, parseSettings } from './settings.ts'
import { StandIn } from './stand-in/stand-in.ts'
import { sayingOf } from './words.ts'

let db: TestDatabase
let standIn: StandIn
let settings: CpIsSettings
let transport: MeshClient
let folder: string
let operator: { secret: string }
let duty: string
const logged: string[] = []
const log = { info: () => undefined, error: (_: object, message: string) => void logged.push(message) }
const today = new Date().toISOString().slice(0, 10)
const minute = (day: string) => `${day.replaceAll('-', '')}0000`

beforeAll(async () => {
  db = await testDatabase()
  operator = await signedIn(db, { roles: ['A-IG'] })
  duty = await anAccount(db, { roles: ['A-DUTY'] })
  folder = mkdtempSync(join(tmpdir(), 'cp-is-'))
  standIn = await new StandIn({ folder, settings: { pollSeconds: 0 } }).start()
  settings = parseSettings(readFileSync(standIn.settingsFile, 'utf8'), 'settings')
  transport = new MeshClient(settings, { now: () => standIn.now(), pause: 1 })
})
afterAll(async () => {
  transport?.close()
  await standIn?.stop()
  await db?.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  standIn.faults.clear()
  standIn.workKept()
  const { rows } = await sql`select from outbox.message where state in ('waiting', 'sent')`.execute(db.owner)
  if (rows.length > 0) await turns(3)
  logged.length = 0
})

/** So many turns, each as the job takes it; what was put off is due at once. */
async function turns(count = 2, some?: Partial<CpIsSettings>): Promise<void> {
  const now = () => standIn.now()
  const own = some && new MeshClient({ ...settings, ...some }, { now, pause: 1 })
  for (let n = 0; n < count; n += 1) {
    await sql`update outbox.message set next_try_at = clock_timestamp() where state = 'waiting'`.execute(
      db.owner,
    )
    await sql`update cpis.exchange set trouble_at = null`.execute(db.owner)
    await exchange({
      ...{ db: db.jobs, log, codec: xmlCodec, now, pollAlways: true },
      settings: { ...settings, ...some },
      transport: own ?? transport,
    })
  }
  own?.close()
}

let made = 0
/** A number with the right last digit that nobody else here has. */
function aNumber(): string {
  for (;;) {
    made += 1
    const stem = `99901${String(made).padStart(4, '0')}`
    const sum = [...stem].reduce((total, digit, i) => total + (10 - i) * Number(digit), 0)
    const digit = (11 - (sum % 11)) % 11
    if (digit !== 10) return `${stem}${digit}`
  }
}

async function giveNumber(
  person: string,
  number = aNumber(),
  status: string | null = 'verified',
): Promise<string> {
  await fact(db.owner, 'person_identifier', {
    person_id: person,
    kind: 'nhs-number',
    value: number,
    natural_key: number,
  })
  if (status)
    await fact(db.owner, 'nhs_number_trace', { person_id: person, nhs_number: number, status, method: 'pds' })
  return number
}

/** A child whom the NHS’s register knows as we do. */
async function knownChild({
  given = 'Robin',
  family = 'Testchild',
  born = '2019-03-04',
  number = aNumber(),
} = {}) {
  const child = await aChild(db.owner, { forename: given, surname: family, born })
  standIn.register.directory.set(number, {
    number,
    given,
    family,
    born: born.replaceAll('-', ''),
    status: 'active',
  })
  await giveNumber(child, number)
  return { child, number }
}

const register = (number: string, some: object) =>
  void Object.assign(standIn.register.directory.get(number)!, some)
const held = (number: string) =>
  standIn.register
    .of(number)
    .map(({ type, start, end, deleteOn }) => [type, start, end, deleteOn].filter(Boolean).join(' '))
const alerts = async (child: string) =>
  (
    await sql<{
      plan_type: string
      state: string
      code: string | null
    }>`select plan_type, state, code from record.cpis_alert where person_id = ${child} order by id`.execute(
      db.owner,
    )
  ).rows
const messages = async (child: string) =>
  (
    await sql<{
      state: string
      says: string | null
    }>`select state, says from outbox.message where about_id = ${child} order by id`.execute(db.owner)
  ).rows.map(({ state, says }) => [state, says].filter(Boolean).join(' '))
const files = async () =>
  (
    await sql<{
      state: string
      code: string | null
    }>`select state, code from cpis.file order by sequence`.execute(db.owner)
  ).rows
const stopped = async () =>
  (await sql<{ why: string | null }>`select stopped_because as why from cpis.exchange`.execute(db.owner))
    .rows[0]!.why
const lookedAt = async (child: string) =>
  (
    await sql<{
      said: string
    }>`select concat_ws(', ', who, role, organisation) || ' by ' || matched_by as said from record.nhs_viewing where person_id = ${child} order by id`.execute(
      db.owner,
    )
  ).rows.map(({ said }) => said)

/** A mother whom the NHS knows, and her child who is expected on 1 January. */
async function pregnancy() {
  const mother = await someone(db.owner, {
    forename: 'Alex',
    surname: 'Testmother',
    born: '1998-05-17',
    sex: 'F',
  })
  const number = await giveNumber(mother)
  standIn.register.directory.set(number, {
    number,
    given: 'Alex',
    family: 'Testmother',
    born: '19980517',
    status: 'active',
  })
  const child = await aChild(db.owner, { born: null, more: { expected_date_of_birth: '2027-01-01' } })
  await fact(db.owner, 'relationship', { person_id: child, other_person_id: mother, kind: 'mother' })
  return { mother, number, child }
}
const endPlan = (child: string, day = today) =>
  sql`update record.child_protection_plan set cp_plan_end_date = ${day} where person_id = ${child}`.execute(
    db.owner,
  )

describe('plans and care are told (T12)', () => {
  test('a plan that begins is held by the NHS, its end follows, and the outbox says so', async () => {
    const { child, number } = await knownChild()
    await aChildProtectionPlan(db.owner, child, { from: '2026-07-01' })
    await turns()
    expect(held(number)).toEqual(['CPP 202607010000'])
    expect(await alerts(child)).toEqual([{ plan_type: 'CPP', state: 'live', code: null }])
    expect(await messages(child)).not.toContain('waiting')
    await endPlan(child)
    await turns()
    expect(held(number)).toEqual([`CPP 202607010000 ${minute(today)}`])
    expect((await messages(child)).at(-1)).toBe('acknowledged')
  })

  test('care and a plan stand in one record', async () => {
    const { child, number } = await knownChild()
    await aChildProtectionPlan(db.owner, child, { from: '2026-07-01' })
    await aPeriodOfCare(db.owner, child, [{ from: '2026-09-01' }])
    await turns()
    expect(held(number)).toEqual(['CPP 202607010000', 'LAC 202609010000'])
  })

  test('§16.6: each record code reaches its state, and its task in words', async () => {
    const cases: readonly [string, (number: string) => void][] = [
      ['CPR01', (number) => standIn.register.directory.delete(number)],
      ['CPR02', (number) => register(number, { status: 'sensitive' })],
      ['CPR03', (number) => register(number, { born: '20190305' })],
      ['CPR05', (number) => register(number, { status: 'superseded' })],
    ]
    for (const [code, spoil] of cases) {
      const one = await knownChild()
      spoil(one.number)
      await aChildProtectionPlan(db.owner, one.child)
      await turns()
      const state = code === 'CPR02' ? 'cannot-share' : 'rejected'
      expect([code, await alerts(one.child)]).toEqual([code, [{ plan_type: 'CPP', state, code }]])
      expect((await messages(one.child)).filter((said) => !said.startsWith('nothing'))).toEqual([
        `refused ${code}`,
      ])
      expect(sayingOf(code).mend).not.toBe(sayingOf('unknown').mend)
    }
  })

  test('§16.6: what was refused goes when it is mended, and its task goes with it; a person may ask for another try', async () => {
    const { child, number } = await knownChild()
    standIn.register.directory.get(number)!.family = 'Testkind'
    await aChildProtectionPlan(db.owner, child)
    await turns()
    expect((await messages(child)).some((said) => said === 'refused CPR03')).toBe(true)
    await sql`update record.person_name set surname = 'Testkind' where person_id = ${child}`.execute(db.owner)
    await turns()
    expect(held(number)).toEqual(['CPP 202507010000'])
    expect((await messages(child)).some((said) => said.startsWith('refused'))).toBe(false)
    const other = await knownChild()
    standIn.register.directory.get(other.number)!.born = '20190305'
    await aChildProtectionPlan(db.owner, other.child)
    await turns()
    standIn.register.directory.get(other.number)!.born = '20190304'
    await turns()
    expect(held(other.number)).toEqual([])
    await sql`select outbox.try_again(${operator.secret}, 'cp-is')`.execute(db.app)
    await turns()
    expect(held(other.number)).toEqual(['CPP 202507010000'])
  })

  test('§16.6: a second code that nobody knows is kept as it came', async () => {
    standIn.faults.set({ unknownDetail: true })
    const { child, number } = await knownChild({ born: '2008-01-01' })
    standIn.register.directory.get(number)!.born = '20080101'
    await sql`update record.person set date_of_birth = '2010-01-01' where id = ${child}`.execute(db.owner)
    standIn.register.directory.get(number)!.born = '20100101'
    await aChildProtectionPlan(db.owner, child, { from: '2025-01-01', ended: '2026-06-01' })
    await turns()
    // Live on both sides, then an end so old that the NHS refuses it.
    expect(held(number)).toEqual(['CPP 202501010000 202606010000'])
    const late = await knownChild()
    await aChildProtectionPlan(db.owner, late.child, { from: '2024-01-01' })
    await turns()
    await endPlan(late.child, '2025-01-02')
    await turns()
    const { rows } = await sql<{
      code: string
      detail: unknown
    }>`select code, detail from record.cpis_alert where person_id = ${late.child}`.execute(db.owner)
    expect(rows).toEqual([{ code: 'CPR07', detail: [{ code: 'XYZZY', said: 'Record cannot be applied' }] }])
    expect((await messages(late.child)).some((said) => said === 'refused end-refused')).toBe(true)
  })

  test('§16.7: a file the NHS cannot read is cut anew, CPF05 goes in a new file', async () => {
    const { child, number } = await knownChild()
    standIn.faults.set({ pdsDown: 1 })
    await aChildProtectionPlan(db.owner, child)
    await turns(2)
    expect(held(number)).toEqual([])
    expect((await messages(child)).some((said) => said === 'waiting CPF05')).toBe(true)
    await turns(2)
    expect(held(number)).toEqual(['CPP 202507010000'])
    const before = (await files()).length
    standIn.faults.set({ fileCode: 'CPF01' })
    await endPlan(child)
    await turns(2)
    standIn.faults.clear()
    await turns(3)
    expect(held(number)).toEqual([`CPP 202507010000 ${minute(today)}`])
    expect((await files()).slice(before).map(({ state, code }) => `${state} ${code}`)).toEqual([
      'failed CPF01',
      'answered CPF02',
    ])
  })

  test('§16.7: MESH refusing a file stops the exchange until somebody has looked; a report says the same', async () => {
    const { child, number } = await knownChild()
    await aChildProtectionPlan(db.owner, child)
    await turns(1, { workflows: { ...settings.workflows, upload: 'NOT_OURS' } })
    expect(await stopped()).toBe('refused')
    await turns(2)
    expect(held(number)).toEqual([])
    await sql`select cpis.go_on(${operator.secret})`.execute(db.app)
    await turns(2)
    expect(held(number)).toEqual(['CPP 202507010000'])
    standIn.faults.set({ asleep: true })
    await endPlan(child)
    await turns(1)
    const [file] = standIn.mesh.inbox('X26CPIS1')
    file!.status = 'undeliverable'
    standIn.mesh.report(file!, '15', 'Bad CP-IS file')
    await turns(1)
    expect(await stopped()).toBe('refused')
    standIn.faults.clear()
    await sql`select cpis.go_on(${operator.secret})`.execute(db.app)
    await turns(2)
    expect(held(number)).toEqual([`CPP 202507010000 ${minute(today)}`])
  })

  test('§16.7, §16.14: not collected in five days: MESH reports it, and it is sent again', async () => {
    const { child, number } = await knownChild()
    standIn.faults.set({ asleep: true })
    await aChildProtectionPlan(db.owner, child)
    await turns(1)
    standIn.advance(5.5 * 86_400_000)
    standIn.faults.clear()
    await turns(3)
    expect(held(number)).toEqual(['CPP 202507010000'])
    expect(logged).toContain('CP-IS: a file was not delivered')
  })

  test('§16.8: the connection breaks after the NHS took the file: found by our own id, and not sent twice', async () => {
    const { child, number } = await knownChild()
    standIn.faults.set({ dropAfterSend: 1 })
    await aChildProtectionPlan(db.owner, child)
    const before = standIn.mesh.messages.size
    await turns(3)
    expect(held(number)).toEqual(['CPP 202507010000'])
    expect(
      [...standIn.mesh.messages.values()].slice(before).filter(({ to }) => to === 'X26CPIS1'),
    ).toHaveLength(1)
  })

  test('§16.9: a plan that ends while its beginning is on its way goes in a second file, after it', async () => {
    const { child, number } = await knownChild()
    standIn.faults.set({ asleep: true })
    await aChildProtectionPlan(db.owner, child)
    await turns(1)
    await endPlan(child)
    await turns(1)
    expect(held(number)).toEqual([])
    standIn.faults.clear()
    standIn.wake()
    await turns(1)
    expect(held(number)).toEqual([`CPP 202507010000 ${minute(today)}`])
  })

  test('§16.10: an unborn child’s plan is the mother’s flag until the baby’s own is acknowledged', async () => {
    const { mother, number: hers, child } = await pregnancy()
    await aChildProtectionPlan(db.owner, child, { from: '2026-10-01' })
    await turns()
    expect(held(hers)).toEqual(['UCP 202610010000 202701290000'])
    const born = '2026-11-20'
    await sql`update record.person set date_of_birth = ${born} where id = ${child}`.execute(db.owner)
    await turns()
    expect(held(hers)).toEqual(['UCP 202610010000 202612180000'])
    expect((await messages(child)).some((said) => said === 'held no-number')).toBe(true)
    const number = aNumber()
    standIn.register.directory.set(number, {
      number,
      given: 'Baby',
      family: 'Testchild',
      born: '20261120',
      status: 'active',
    })
    await sql`update record.person_name set forename = 'Baby', surname = 'Testchild' where person_id = ${child}`.execute(
      db.owner,
    )
    await giveNumber(child, number)
    await turns(3)
    expect(held(number)).toEqual(['CPP 202611200000'])
    expect(held(hers)).toEqual([`UCP 202610010000 ${minute(born)}`])
    expect((await messages(child)).some((said) => said.startsWith('held'))).toBe(false)
    expect(mother).toBeTruthy()
  })

  test('§16.13, outbox: killed between keeping a message and acknowledging it, it is worked through once', async () => {
    const { child, number } = await knownChild()
    standIn.faults.set({ loseAcknowledgement: 3 })
    await aChildProtectionPlan(db.owner, child)
    await turns(4)
    expect(held(number)).toEqual(['CPP 202507010000'])
    expect(await alerts(child)).toEqual([{ plan_type: 'CPP', state: 'live', code: null }])
  })

  test('answers in every shape, and twice, are read once and rightly', async () => {
    for (const fault of [
      { answerTwice: 1, answerAs: 'with-mark' },
      { answerAs: 'prefixed', reorder: true },
      { gzip: true, chunked: true },
      { unavailable: 2 },
    ]) {
      const { child, number } = await knownChild()
      standIn.faults.set(fault)
      await aChildProtectionPlan(db.owner, child)
      await turns(2)
      standIn.faults.clear()
      expect([fault, held(number)]).toEqual([fault, ['CPP 202507010000']])
      expect([fault, (await alerts(child)).map(({ state }) => state)]).toEqual([fault, ['live']])
    }
  })

  test('answers lost, of a number nobody sent, no XML, or of an old file worked through again: what the NHS holds is told anew', async () => {
    for (const fault of [
      { workTwice: 1 },
      { loseAnswer: 1 },
      { wrongSequence: 1 },
      { answerAs: 'malformed' },
    ]) {
      const { child, number } = await knownChild()
      standIn.faults.set(fault)
      await aChildProtectionPlan(db.owner, child)
      await turns(2)
      standIn.faults.clear()
      await endPlan(child)
      await turns(1)
      // A file of which no answer can be read is overdue after twelve hours.
      standIn.advance(13 * 3_600_000)
      await turns(3)
      expect([fault, held(number)]).toEqual([fault, [`CPP 202507010000 ${minute(today)}`]])
      expect([fault, (await alerts(child)).map(({ state }) => state)]).toEqual([fault, ['ended']])
    }
  })

  test('§16.11: a number that ended stops what is told; nobody chooses the new one but a person', async () => {
    for (const count of [0, 1, 2]) {
      const { child, number } = await knownChild()
      await aChildProtectionPlan(db.owner, child)
      await turns()
      const replacements = Array.from({ length: count }, aNumber)
      standIn.endNumber(number, replacements)
      await turns()
      expect(await alerts(child)).toEqual([{ plan_type: 'CPP', state: 'closed', code: 'number-inactive' }])
      expect((await messages(child)).some((said) => said === 'held number-inactive')).toBe(true)
      const [next] = replacements
      if (!next) continue
      await giveNumber(child, next)
      await turns()
      expect(held(next)).toEqual(['CPP 202507010000'])
      expect((await messages(child)).some((said) => said.startsWith('held'))).toBe(false)
    }
  })

  test('§16.12: a look is in the chronology and put before the worker and the manager; told again it is one; two in a day are one thing to see to', async () => {
    const team = await aTeam(db)
    const worker = await anAccount(db, { roles: ['A-SW'], teams: [team] })
    const manager = await anAccount(db, { roles: ['A-TM'], teams: [team] })
    const { child, number } = await knownChild()
    await involve(db, child, { account: worker, team })
    await aChildProtectionPlan(db.owner, child)
    await turns()
    standIn.look({ number })
    standIn.faults.set({ chunked: true, loseAcknowledgement: 1 })
    await turns(2)
    expect(await lookedAt(child)).toEqual([
      'Jo Testnurse, Staff Nurse, EXAMPLE HOSPITAL EMERGENCY DEPARTMENT by local-id',
    ])
    standIn.faults.clear()
    standIn.look({ number, bySystem: true })
    standIn.faults.set({ answerAs: 'prefixed' })
    standIn.tellOf([])
    await turns(2)
    expect(await lookedAt(child)).toHaveLength(2)
    const { rows: told } = await sql<{
      to: string
    }>`select to_account_id as to from access.notice where person_id = ${child} and kind = 'nhs-record-viewed'`.execute(
      db.owner,
    )
    expect(told.map(({ to }) => to).sort()).toEqual([worker, manager].sort())
    const { rows: events } =
      await sql`select from record.event where person_id = ${child} and kind = 'nhs-record-viewed'`.execute(
        db.owner,
      )
    expect(events).toHaveLength(2)
    expect(held(number)).toEqual(
      standIn.look({ number, unscheduled: false }).map(({ type, start }) => `${type} ${start}`),
    )
  })

  test('§16.12: looks at nobody we know wait for a person; at a mother they are the unborn child’s', async () => {
    const { child, number: hers } = await pregnancy()
    await aChildProtectionPlan(db.owner, child, { from: '2026-10-01' })
    await turns()
    standIn.look({ number: hers })
    standIn.tellOf([
      {
        id: crypto.randomUUID(),
        at: standIn.now(),
        number: aNumber(),
        sequence: '1',
        who: 'Jo Testnurse',
        role: 'Nurse',
        organisation: { code: 'ZZE01', name: 'EXAMPLE' },
      },
    ])
    await turns()
    expect(await lookedAt(child)).toEqual([
      'Jo Testnurse, Staff Nurse, EXAMPLE HOSPITAL EMERGENCY DEPARTMENT by local-id',
    ])
    const { rows } = await sql<{
      said: { who: string }
    }>`select said from cpis.unmatched where kind = 'viewing' and settled_at is null`.execute(db.owner)
    expect(rows.map(({ said }) => said.who)).toEqual(['Jo Testnurse'])
    // Where nobody works with the child, the front door is told.
    const { rows: told } = await sql<{
      to: string
    }>`select to_account_id as to from access.notice where person_id = ${child} and kind = 'nhs-record-viewed'`.execute(
      db.owner,
    )
    expect(told).toEqual([{ to: duty }])
  })

  test('§16.15: another authority’s flag stays when ours ends', async () => {
    const { child, number } = await knownChild()
    standIn.register.held.set('ZZ998', {
      authority: 'ZZ998',
      number,
      type: 'CPP',
      start: '202501010000',
      sequence: '7',
      contact: '',
    })
    await aChildProtectionPlan(db.owner, child)
    await turns()
    await endPlan(child)
    await turns()
    expect(held(number).sort()).toEqual(['CPP 202501010000', `CPP 202507010000 ${minute(today)}`])
    standIn.register.held.delete('ZZ998')
  })

  test('§16.16: an adult’s error is no alarm; an adopted child’s old number asks nothing of anybody', async () => {
    const { child, number } = await knownChild({ born: '2008-11-01' })
    await sql`insert into record.cpis_alert (person_id, plan_type, nhs_number, plan_start, source_id, state, sent, acknowledged, sequence)
      select ${child}, 'CPP', ${number}, '202507010000', gen_random_uuid(), 'live', said, said, 0
        from (select jsonb_build_object('kind', 'child', 'given', 'Robin', 'family', 'Testchild', 'born', '20081101', 'localId', p.reference, 'contact', 'x') as said from record.person p where p.id = ${child}) x`.execute(
      db.owner,
    )
    const { plan } = await aChildProtectionPlan(db.owner, child)
    await sql`update record.cpis_alert set source_id = ${plan} where person_id = ${child}`.execute(db.owner)
    await turns(2)
    expect(await alerts(child)).toEqual([{ plan_type: 'CPP', state: 'closed', code: 'adult' }])
    expect(
      (await messages(child)).some((said) => said.startsWith('refused') || said.startsWith('held')),
    ).toBe(false)
    const adopted = await knownChild()
    await aPeriodOfCare(db.owner, adopted.child, [
      { from: '2025-02-10', to: '2026-11-01', rec: 'E11', place: 'A3' },
    ])
    await turns()
    standIn.endNumber(adopted.number, [aNumber()])
    await turns()
    expect((await messages(adopted.child)).some((said) => said.startsWith('held'))).toBe(false)
    const { rows } = await sql<{
      replacements: string[]
    }>`select replacements from record.nhs_number_ended where person_id = ${adopted.child}`.execute(db.owner)
    expect(rows).toEqual([{ replacements: [] }])
    const { rows: told } = await sql`select from access.notice where person_id = ${adopted.child}`.execute(
      db.owner,
    )
    expect(told).toEqual([])
  })

  test('T13: deleting takes two people, and only then the NHS deletes', async () => {
    const team = await aTeam(db)
    const worker = await signedIn(db, { roles: ['A-TM'], teams: [team] })
    const manager = await signedIn(db, { roles: ['A-TM'], teams: [team] })
    const { child, number } = await knownChild()
    await involve(db, child, { account: worker.account.id, team })
    const { plan, conference } = await aChildProtectionPlan(db.owner, child)
    await turns()
    await sql`delete from record.child_protection_plan where id = ${plan}`.execute(db.owner)
    await turns()
    expect([held(number), (await messages(child)).some((said) => said === 'held to-delete')]).toEqual([
      ['CPP 202507010000'],
      true,
    ])
    const { rows } = await sql<{
      id: string
    }>`select id from record.cpis_alert where person_id = ${child}`.execute(db.owner)
    const as = async <T>(session: typeof worker, work: RawBuilder<T>) => {
      await openRecord(db.app, session, child, { purpose: 'deciding about an alert', action: 'write' })
      return writing(db.app, session, async (trx) => (await work.execute(trx)).rows[0]!)
    }
    const { made } = await as(
      worker,
      sql<{
        made: string
      }>`select cpis.ask_to_delete(${rows[0]!.id}, 'The plan was recorded on the wrong child') as made`,
    )
    const decide = sql<{ outcome: string }>`select cpis.decide_deletion(${made}, 'approved', null) as outcome`
    expect(await as(worker, decide)).toEqual({ outcome: 'asked-yourself' })
    await turns()
    expect(held(number)).toEqual(['CPP 202507010000'])
    expect(await as(manager, decide)).toEqual({ outcome: 'approved' })
    await turns()
    expect(held(number)).toEqual([])
    expect((await alerts(child)).map(({ state }) => state)).toEqual(['deleted'])
    expect(conference).toBeTruthy()
  })

  test('two records of one child that are joined stay one alert, told once more and no oftener', async () => {
    const { child, number } = await knownChild()
    const { child: leader } = await knownChild()
    await sql`delete from record.person_identifier where person_id = ${leader}`.execute(db.owner)
    await aChildProtectionPlan(db.owner, child)
    await turns()
    await fact(db.owner, 'person_alias', { person_id: child, same_as: leader, reason: 'the same child' })
    await turns(3)
    expect(held(number)).toEqual(['CPP 202507010000'])
    const before = (await files()).length
    await turns(2)
    expect((await files()).length).toBe(before)
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from record.cpis_alert where nhs_number = ${number}`.execute(db.owner)
    expect(rows).toEqual([{ n: 1 }])
    await endPlan(child)
    await turns()
    expect(held(number)).toEqual([`CPP 202507010000 ${minute(today)}`])
  })

  test('reconciliation: what events did not tell, the nightly comparison finds and mends', async () => {
    const { child, number } = await knownChild()
    await sql`update cpis.exchange set on_since = null`.execute(db.owner)
    await aChildProtectionPlan(db.owner, child)
    await sql`update cpis.exchange set on_since = now()`.execute(db.owner)
    await turns()
    expect(held(number)).toEqual([])
    const tools = { db: db.jobs, log, signal: undefined, settings, now: () => standIn.now() }
    expect((await compareEverybody(tools)).differ).toBe(1)
    await turns()
    expect(held(number)).toEqual(['CPP 202507010000'])
    expect((await compareEverybody(tools)).differ).toBe(0)
  })

  test('§16.4: a certificate of another authority is not let in, and the exchange stops rather than knock on', async () => {
    await turns(1, { certificate: join(folder, 'foreign.pem'), key: join(folder, 'foreign.key') })
    // TLS 1.3 tells a client only by breaking off.
    expect(logged).toEqual(['CP-IS: the exchange met trouble'])
    await turns(1, { password: 'wrong' })
    expect(await stopped()).toBe('not-let-in')
    await sql`select cpis.go_on(${operator.secret})`.execute(db.app)
  })

  test('§16.17: nobody without the role opens the bytes of a file; whoever does is on the trail first', async () => {
    const open = (session: { secret: string }, reason: string) =>
      sql<{
        body: Buffer | null
      }>`select cpis.open_message(${session.secret}, 'file', '1', ${reason}) as body`.execute(db.app)
    const worker = await signedIn(db, { roles: ['A-SW'] })
    expect((await open(worker, 'finding out what was sent')).rows).toEqual([{ body: null }])
    expect((await open(operator, 'short')).rows).toEqual([{ body: null }])
    const { rows } = await open(operator, 'finding out what was sent')
    expect(rows[0]!.body!.toString('utf8')).toContain('<File xmlns="urn:hl7-org:v3"')
    const { rows: lines } =
      await sql`select from audit.trail where payload ->> 'action' = 'open message'`.execute(db.owner)
    expect(lines).toHaveLength(1)
    await expect(sql`select body from cpis.file`.execute(db.app)).rejects.toThrow(/permission denied/)
    expect((await sql`select from cpis.file`.execute(db.jobs)).rows).toEqual([])
  })

  test('the outbox drops nothing: its rows can be deleted by neither role', async () => {
    for (const role of [db.app, db.jobs])
      await expect(sql`delete from outbox.message`.execute(role)).rejects.toThrow(/permission denied/)
  })

  test('§16.18: another codec and another transport change nothing on this side of them', async () => {
    const { child } = await knownChild()
    await aChildProtectionPlan(db.owner, child)
    await sql`update outbox.message set next_try_at = clock_timestamp() where state = 'waiting'`.execute(
      db.owner,
    )
    const sent: CpIsUpload[] = []
    const answers: Buffer[] = []
    const codec: CpIsCodec = {
      encodeUpload: (upload) => Buffer.from(JSON.stringify(upload)),
      decode: (bytes) => JSON.parse(Buffer.from(bytes).toString('utf8')),
    }
    const memory: MailboxTransport = {
      async handshake() {},
      async send({ body }) {
        const upload = JSON.parse(Buffer.from(body).toString('utf8')) as CpIsUpload
        sent.push(upload)
        const { sequence, records } = upload
        const statements = records.map(() => ({ code: 'CPR06', details: [] }))
        const returned = records.map(({ subject }) => ({ ...subject, valid: true }))
        const totals = { count: records.length, succeeded: records.length, failed: 0 }
        const file = [{ code: 'CPF02', details: [] }]
        answers.push(
          Buffer.from(
            JSON.stringify({
              kind: 'answer',
              createdAt: '',
              sequence,
              ...totals,
              file,
              statements,
              records: returned,
            }),
          ),
        )
        return { messageId: `memory-${sequence}` }
      },
      list: async () => answers.map((_, i) => `memory-answer-${i}`),
      fetch: async (id) => ({
        headers: { 'mex-messagetype': 'DATA' },
        body: answers[Number(id.split('-').at(-1))]!,
      }),
      acknowledge: async (id) => void answers.splice(Number(id.split('-').at(-1)), 1),
      trackOwn: async () => undefined,
    }
    for (let n = 0; n < 2; n += 1)
      await exchange({
        db: db.jobs,
        log,
        settings,
        codec,
        transport: memory,
        now: () => standIn.now(),
        pollAlways: true,
      })
    expect(sent.map(({ records }) => records.map(({ plans }) => plans))).toEqual([
      [[{ type: 'CPP', start: '202507010000' }]],
    ])
    expect(await alerts(child)).toEqual([{ plan_type: 'CPP', state: 'live', code: null }])
  })

  test('§16.5: what ended is seen for a year, and then no longer; nothing is asked of anybody', async () => {
    const { child, number } = await knownChild()
    await aChildProtectionPlan(db.owner, child)
    await turns()
    const day = standIn.now().toISOString().slice(0, 10)
    await endPlan(child, day)
    await turns()
    standIn.advance(360 * 86_400_000)
    await turns(1)
    expect(held(number)).toEqual([`CPP 202507010000 ${minute(day)}`])
    standIn.advance(8 * 86_400_000)
    expect(held(number)).toEqual([])
    await sql`update record.person_name set forename = 'Robyn' where person_id = ${child}`.execute(db.owner)
    await turns(1)
    expect(held(number)).toEqual([])
    expect(
      (await messages(child)).some((said) => said.startsWith('held') || said.startsWith('refused')),
    ).toBe(false)
  })
})
