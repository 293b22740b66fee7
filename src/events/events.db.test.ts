import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mustOpenRecord } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aChildProtectionPlan, anEpisodeOfNeed, aPeriodOfCare, fact } from '../testing/factories.ts'
import { anAccount, signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import { eventKinds } from './kinds.ts'
import { happenings } from './store.ts'

let db: TestDatabase
beforeAll(async () => {
  db = await testDatabase()
})
afterAll(() => db?.close())

interface Told {
  kind: string
  happened_on: string
}
const told = async (person: string) =>
  (
    await sql<Told>`
      select kind, happened_on from record.event where person_id = ${person} and kind <> 'born' order by happened_on, kind`.execute(
      db.owner,
    )
  ).rows

test('the database declares the kinds of this list, on the same dates and in the same field groups', async () => {
  const { rows } = await sql<Told>`
    select t.kind, t.table_name as "table", t.date_column as date, coalesce(k.field_group, 'row') as "group"
      from foundation.telling t join foundation.kept_table k using (table_name) order by t.kind`.execute(
    db.owner,
  )
  const listed = eventKinds.map(({ kind, table, date, group }) => ({ kind, table, date, group }))
  expect(rows).toEqual(listed.sort((a, b) => (a.kind < b.kind ? -1 : 1)))
})

test('a fact of every kind makes its event, with words for the chronology', async () => {
  const child = await aChild(db.owner, { postcode: 'FX1 2AB', more: { died_on: '2026-05-05' } })
  const tables = new Map<string, Record<string, unknown>>()
  const needed: Record<string, Record<string, unknown>> = {
    due_decision: {
      field_group: 'F12',
      clock: 'ASM-01',
      started_key: 'x',
      kind: 'late-because',
      reason: 'ill',
    },
    hazard: { kind: 'animal', words: 'a dog in the yard' },
    risk_posed: { kind: 'other', called: 'Jem Larkin', words: 'not alone', review_on: '2027-01-05' },
    unknown_parent: { parent: 'father', why: 'not-told', tried: 'asked the mother' },
    contact_arrangement: { other_name: 'Jem Larkin', contact: 'no', decided_by: 'worker' },
    involvement: { kind: 'co-working', worker_name: 'Ade Worker' },
    legal_status: { legal_status: 'C2' },
    nhs_viewing: { natural_key: 'x', viewed_at: '2026-01-05T10:00:00Z', matched_by: 'number' },
    nhs_number_ended: { natural_key: 'x', nhs_number: '9990000018' },
    social_worker_episode: { sw_id: 'SW123456' },
  }
  for (const { table, date } of eventKinds.filter(({ table }) => table !== 'person')) {
    tables.set(table, { person_id: child, ...needed[table], ...tables.get(table), [date]: '2026-01-05' })
  }
  // The dates of these are worked out from what happened.
  tables.set('case_note', { person_id: child, kind: 'meeting', note_date: '2026-01-05', significant: true })
  tables.set('visit', { person_id: child, kind: 'other', visit_date: '2026-01-05', seen: true })
  await fact(db.owner, 'visit', { ...tables.get('visit'), seen: false })
  tables.set('document', {
    person_id: child,
    kind: 'letter-in',
    title: 'From the school',
    received_on: '2026-01-05',
    file_name: 'letter.pdf',
    media_type: 'application/pdf',
    size_bytes: 1000,
    sha256: 'a'.repeat(64),
    stored_id: randomUUID(),
  })
  for (const table of ['strategy_discussion', 'conference', 'core_group', 'plan_oversight'])
    tables.delete(table)
  await factsOfProtection(child)
  await signedSteps(child)
  tables.delete('sign_off')
  const filed = await aFiledForm(child)
  await aReviewedPlan(child, filed)
  tables.delete('form')
  await aCaseAudit(child)
  await workOfATeam(child)
  await helpedEarly(child)
  for (const table of [
    'case_audit',
    'transfer',
    'tonight',
    'early_help',
    'early_help_meeting',
    'assessment_review',
    'cin_plan_review',
  ])
    tables.delete(table)
  const risk = await fact(db.owner, 'risk_posed', { ...tables.get('risk_posed'), to_day: null })
  for (const [table, row] of tables) {
    if (table === 'risk_link') Object.assign(row, { risk_id: risk, via: 'contact' })
    if (table === 'taken_back')
      Object.assign(row, {
        field_group: 'F07',
        fact_table: 'relationship',
        fact_id: risk,
        reason: 'the wrong child',
      })
    // Its dates are worked out from the moments of the merge.
    await fact(
      db.owner,
      table,
      table === 'person_alias'
        ? { person_id: child, same_as: await aChild(db.owner), reason: 'one child', to_at: new Date() }
        : row,
    )
  }
  const all = await db.owner.transaction().execute(async (trx) => {
    await sql`set local search_path = record`.execute(trx)
    return happenings(trx, [child])
  })
  expect(new Set(all.map(({ kind }) => kind.kind))).toEqual(new Set(eventKinds.map(({ kind }) => kind)))
  for (const { words } of all) expect(words).toMatch(/^[A-Z][^{}]+$/)
})

/** Meetings, whose dates are worked out or hang on a plan. */
async function factsOfProtection(child: string): Promise<void> {
  const day = '2026-01-05'
  const of = { person_id: child, held_together: randomUUID() }
  await fact(db.owner, 'strategy_discussion', {
    ...{ ...of, asked_on: day, asked_because: 'a bruise', held_on: day },
    ...{ decision: 'none', decision_words: 'an accident' },
  })
  const sent = { report_shared_on: day, outline_plan_sent_on: day, minutes_sent_on: day }
  await fact(db.owner, 'conference', {
    ...{ ...of, ...sent, kind: 'transfer-in', asked_on: day, planned_on: day, transfer_notified_on: day },
  })
  await fact(db.owner, 'conference', {
    ...{ person_id: child, held_together: randomUUID(), kind: 'review', asked_on: day },
    ...{ cancelled_on: day, cancelled_because: 'it was called twice' },
  })
  const plan = await fact(db.owner, 'child_protection_plan', {
    ...{
      person_id: child,
      natural_key: 'of meetings',
      cp_plan_start_date: '2024-01-05',
      cp_plan_end_date: '2024-06-05',
    },
  })
  await fact(db.owner, 'core_group', { ...of, child_protection_plan_id: plan, held_on: day })
  await fact(db.owner, 'plan_oversight', {
    ...{ person_id: child, child_protection_plan_id: plan, overseen_on: day, words: 'it drifts' },
  })
}

/** Handed over, sent back, and watched tonight. */
async function workOfATeam(child: string): Promise<void> {
  const day = '2026-01-05'
  const account = await anAccount(db)
  const { rows } = await sql<{ id: string }>`
    insert into access.team (name) values ('Some other team') returning id`.execute(db.owner)
  for (const answer of ['accepted', 'returned'])
    await fact(db.owner, 'transfer', {
      ...{
        person_id: child,
        written_together: randomUUID(),
        to_team_id: rows[0]!.id,
        summary: 'he moves there',
      },
      ...{
        proposed_on: day,
        effective_on: day,
        answer,
        answered_on: day,
        answered_by: account,
        answer_words: 'so it is',
      },
    })
  await fact(db.owner, 'tonight', {
    person_id: child,
    words: 'his father may come',
    from_day: day,
    to_day: day,
  })
}

/** Early help from being asked for to its end, and an assessment that a manager looked at. */
async function helpedEarly(child: string): Promise<void> {
  const day = '2026-01-05'
  const help = await fact(db.owner, 'early_help', {
    ...{
      person_id: child,
      came_from: 'direct',
      reason: 'sleep',
      state: 'closed',
      consent_by: 'his mother',
      consent_on: day,
    },
    ...{ requested_on: day, accepted_on: day, assessment_on: day, ended_on: day, end_reason: 'needs-met' },
    ...{ accepted_by: await anAccount(db), lead_words: 'a school nurse', plan_headline: 'to sleep' },
  })
  for (const kind of ['team-around-family', 'review'])
    await fact(db.owner, 'early_help_meeting', {
      ...{ person_id: child, early_help_id: help, kind, met_on: day, words: 'they sleep' },
    })
  const assessment = await fact(db.owner, 'assessment', {
    ...{ person_id: child, natural_key: 'looked at', assessment_start_date: '2026-01-02' },
  })
  await fact(db.owner, 'assessment_review', {
    ...{
      person_id: child,
      assessment_id: assessment,
      held_on: day,
      child_seen: true,
      decided: 'go-on',
      words: 'go on',
    },
  })
}

/** A child of a practice audit's sample, and what the auditor found. */
async function aCaseAudit(child: string): Promise<void> {
  const [auditor, ordered] = [await anAccount(db), await anAccount(db)]
  const { rows } = await sql<{ audit: string; tie: string }>`
    with audit as (
      insert into team.practice_audit (title, questions, badges, seed, wanted, drawn_from, auditor_id, ordered_by, until_day)
      values ('Some audit', '["Is the child heard?"]', '{}', 'x', 1, 1, ${auditor}, ${ordered}, current_date) returning id
    ), tie as (
      insert into access.tie (account_id, person_id, kind, from_day, to_day, why, made_by)
      values (${auditor}, ${child}, 'sampled-audit', current_date, current_date, 'the sample', ${ordered}) returning id
    ) select audit.id as audit, tie.id as tie from audit, tie`.execute(db.owner)
  await fact(db.owner, 'case_audit', {
    ...{ person_id: child, audit_id: rows[0]!.audit, tie_id: rows[0]!.tie },
    ...{ audited_on: '2026-01-05', grade: 'good', findings: 'he is heard' },
  })
}

async function aFiledForm(child: string): Promise<string> {
  const { rows } = await sql<{ id: string; key: string }>`
    select id, definition as key from forms.version where state = 'published' limit 1`.execute(db.owner)
  return fact(db.owner, 'form', {
    person_id: child,
    field_group: 'F12',
    definition: rows[0]!.key,
    version_id: rows[0]!.id,
    title: 'Some form',
    work_id: child,
    started_on: '2026-01-02',
    completed_on: '2026-01-05',
  })
}

/** A child in need plan that was reviewed, in a form. */
async function aReviewedPlan(child: string, form: string): Promise<void> {
  const plan = await fact(db.owner, 'cin_plan', {
    ...{ person_id: child, natural_key: 'reviewed', cin_plan_start_date: '2026-01-02' },
  })
  await fact(db.owner, 'cin_plan_review', {
    ...{ person_id: child, cin_plan_id: plan, form_id: form, held_on: '2026-01-05', outcome: 'continues' },
  })
}

/** A step of each kind towards the signature of some work. */
async function signedSteps(child: string): Promise<void> {
  await sql`call foundation.signs('a-kind-of-work', 'Some work', 'record.person', 'F01', '{A-TM}')`.execute(
    db.owner,
  )
  const account = await anAccount(db)
  for (const act of ['submitted', 'returned', 'authorised'])
    await fact(db.owner, 'sign_off', {
      person_id: child,
      field_group: 'F12',
      kind: 'a-kind-of-work',
      title: 'Some work',
      fact_id: child,
      work_id: child,
      turn: 1,
      version: 1,
      act,
      words: 'so',
      account_id: account,
      digest: 'x',
    })
}

describe('an event and its fact cannot part', () => {
  test('it comes with the fact, moves with its date, and goes with it', async () => {
    const child = await aChild(db.owner)
    const plan = await fact(db.owner, 'cin_plan', { person_id: child, cin_plan_start_date: '2025-03-03' })
    expect(await told(child)).toEqual([{ kind: 'child-in-need-plan-started', happened_on: '2025-03-03' }])

    await sql`update record.cin_plan set cin_plan_start_date = '2025-03-04', cin_plan_end_date = '2025-09-01' where id = ${plan}`.execute(
      db.owner,
    )
    expect(await told(child)).toEqual([
      { kind: 'child-in-need-plan-started', happened_on: '2025-03-04' },
      { kind: 'child-in-need-plan-ended', happened_on: '2025-09-01' },
    ])

    await sql`update record.cin_plan set cin_plan_end_date = null where id = ${plan}`.execute(db.owner)
    expect(await told(child)).toEqual([{ kind: 'child-in-need-plan-started', happened_on: '2025-03-04' }])

    await sql`delete from record.cin_plan where id = ${plan}`.execute(db.owner)
    expect(await told(child)).toEqual([])
    const { rows } = await sql`
      select kind, happened_on from history.event where fact_id = ${plan} order by happened_on`.execute(
      db.owner,
    )
    expect(rows).toEqual([
      { kind: 'child-in-need-plan-started', happened_on: '2025-03-03' },
      { kind: 'child-in-need-plan-started', happened_on: '2025-03-04' },
      { kind: 'child-in-need-plan-ended', happened_on: '2025-09-01' },
    ])
  })

  test('a change to something else leaves the event as it was', async () => {
    const child = await aChild(db.owner)
    const { plan } = await aChildProtectionPlan(db.owner, child)
    const event = async () =>
      (await sql`select * from record.event where fact_id = ${plan}`.execute(db.owner)).rows
    const before = await event()
    await sql`update record.child_protection_plan set cp_plan_latest_category = 'EMO' where id = ${plan}`.execute(
      db.owner,
    )
    expect(await event()).toEqual(before)
  })

  test('an address that becomes protected takes its event along', async () => {
    const child = await aChild(db.owner, { postcode: 'FX1 2AB' })
    await sql`update record.address set protected = true where person_id = ${child}`.execute(db.owner)
    const { rows } =
      await sql`select field_group from record.event where person_id = ${child} and kind = 'moved-in'`.execute(
        db.owner,
      )
    expect(rows).toEqual([{ field_group: 'F04' }])
  })

  test('however it is written: many rows at once, on conflict, merge', async () => {
    const child = await aChild(db.owner)
    const merge = (day: string) =>
      sql`
      merge into record.looked_after_review t
      using (values ('a', ${day}::date), ('b', '2025-06-01')) s (key, day) on t.person_id = ${child} and t.natural_key = s.key
      when matched then update set review = s.day
      when not matched then insert (person_id, natural_key, review) values (${child}, s.key, s.day)`.execute(
        db.owner,
      )
    await merge('2025-05-01')
    await merge('2025-05-02')
    await sql`
      insert into record.looked_after_review (person_id, natural_key, review)
      values (${child}, 'a', '2025-05-03'), (${child}, 'c', '2025-07-01')
      on conflict (person_id, natural_key) do update set review = excluded.review`.execute(db.owner)
    expect((await told(child)).map(({ happened_on }) => happened_on)).toEqual([
      '2025-05-03',
      '2025-06-01',
      '2025-07-01',
    ])
  })

  test('nothing else writes one', async () => {
    const child = await aChild(db.owner)
    for (const connection of [db.app, db.jobs]) {
      for (const statement of [
        sql`insert into record.event (person_id, kind, happened_on, field_group, fact_table, fact_id)
            values (${child}, 'born', '2020-01-01', 'F01', 'person', ${child})`,
        sql`update record.event set happened_on = '2020-01-01'`,
        sql`delete from record.event`,
      ]) {
        await expect(statement.execute(connection)).rejects.toMatchObject({ code: '42501' })
      }
    }
  })

  test('a fact that is rolled back told nothing', async () => {
    const child = await aChild(db.owner)
    await expect(
      db.owner.transaction().execute(async (trx) => {
        await fact(trx, 'cin_plan', { person_id: child, cin_plan_start_date: '2025-03-03' })
        throw new Error('changed my mind')
      }),
    ).rejects.toThrow('changed my mind')
    expect(await told(child)).toEqual([])
  })
})

describe('a chronology', () => {
  test('shows what is open, the latest first, and as it was known', async () => {
    const worker = await signedIn(db, { roles: ['A-SW'] })
    const child = await aChild(db.owner, { born: '2016-02-03' })
    await involve(db, child, { account: worker.account.id }, { from: '2025-05-07' })
    const { referral } = await anEpisodeOfNeed(db.owner, child)
    await aChildProtectionPlan(db.owner, child, { referral })
    await aPeriodOfCare(db.owner, child)
    const read = (groups: string[], knownAt?: Date) =>
      mustOpenRecord(db.app, worker, child, { purpose: 'case management', groups }).then(() =>
        reading(db.app, worker, (trx) => happenings(trx, [child]), { knownAt }),
      )
    const open = async (groups: string[]) => (await read(groups)).map(({ day, words }) => `${day} ${words}`)

    expect(await open(['F09'])).toEqual([
      '2025-07-01 Child protection plan began: neglect',
      '2025-07-01 Initial child protection conference: a plan was made',
    ])
    expect(await open(['F01', 'F11'])).toEqual([
      '2025-07-01 Child protection plan began: neglect',
      '2025-07-01 Initial child protection conference: a plan was made',
      '2025-05-06 Referred (school): abuse, neglect or exploitation',
      '2016-02-03 Born',
    ])

    const before = new Date()
    await mustOpenRecord(db.app, worker, child, { purpose: 'case management', action: 'write' })
    await writing(db.app, worker, (trx) =>
      sql`update referral set close_date = '2026-02-01', close_reason = 'RC7' where id = ${referral}`.execute(
        trx,
      ),
    )
    const [first] = await read(['F11'])
    expect(first).toMatchObject({
      words: expect.stringMatching(/^Case closed: /),
      recordedBy: worker.account.id,
    })
    expect((await read(['F11'], before)).map(({ kind }) => kind.kind)).not.toContain('case-closed')
  })

  test('can be asked for some kinds, some days, and so many', async () => {
    const child = await aChild(db.owner, { born: '2016-02-03' })
    await anEpisodeOfNeed(db.owner, child, { from: '2025-05-06', closed: '2025-12-01' })
    const ask = (which: Parameters<typeof happenings>[2]) =>
      db.owner.transaction().execute(async (trx) => {
        await sql`set local search_path = record`.execute(trx)
        return (await happenings(trx, [child], which)).map(({ kind }) => kind.kind)
      })
    expect(await ask({ kinds: ['born', 'case-closed'] })).toEqual(['case-closed', 'born'])
    expect(await ask({ from: '2025-05-06', to: '2025-05-06' })).toEqual([
      'assessment-started',
      'referral-received',
    ])
    expect(await ask({ most: 2 })).toEqual(['case-closed', 'child-in-need-plan-ended'])
  })
})
