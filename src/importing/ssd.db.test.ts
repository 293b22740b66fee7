import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writing } from '../access/reading.ts'
import { endRun, inRun, openRun } from '../access/runs.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, someone } from '../testing/factories.ts'
import { bring, countRows, own } from '../testing/importing.ts'
import { signedIn } from '../testing/signed-in.ts'
import { dialects, SsdFolders, ssdSample } from '../testing/ssd-sample.ts'
import { restricted } from '../testing/ties.ts'
import { decideWho } from './problem-store.ts'
import { type LoadAccount, type LoadKind, type LoadWishes, runLoad, ssd } from './ssd-running.ts'
import { ssdTables } from './ssd-tables.ts'

let db: TestDatabase
let folders: SsdFolders
beforeEach(async () => {
  db = await testDatabase()
  folders = new SsdFolders()
})
afterEach(async () => {
  folders.remove()
  await db.close()
})

const load = (paths: string | string[], wishes: Partial<LoadWishes> = {}, kind: LoadKind = ssd) =>
  runLoad(db.jobs, kind, [paths].flat(), { system: 'mosaic', ...wishes })

const of = ({ tables }: LoadAccount, table: string) => tables.find((one) => one.table === table)!
const held = ({ tables }: LoadAccount) =>
  Object.fromEntries(tables.filter((one) => one.held > 0).map((one) => [one.table, one.held]))

/** The view of a table, with the identifiers of this record taken back to those of the files. */
async function published(table: string): Promise<Record<string, unknown>[]> {
  const run = await openRun(db.jobs, { purpose: 'test of views', population: 'everyone' })
  try {
    return await inRun(
      db.jobs,
      run,
      async (trx) => {
        const { rows } = await sql<
          Record<string, unknown>
        >`select * from ${sql.table(`ssd.${table}`)}`.execute(trx)
        const { rows: keys } = await sql<{ fact: string; source: string }>`
          select fact_id as fact, source_id as source from importing.source_key
          union all select team_id, source_id from importing.source_team`.execute(trx)
        const back = new Map(keys.map(({ fact, source }) => [fact, source]))
        return rows.map((row) =>
          Object.fromEntries(
            Object.entries(row).map(([field, value]) => [
              field,
              typeof value === 'string' ? (back.get(value) ?? value) : value,
            ]),
          ),
        )
      },
      { readOnly: true },
    )
  } finally {
    await endRun(db.jobs, run)
  }
}

describe('what comes in', () => {
  test.each(Object.keys(dialects) as (keyof typeof dialects)[])(
    'an extract of %s goes in whole, and comes out of the views as it went in',
    async (vendor) => {
      const sample = ssdSample()
      const account = await load(folders.write(sample, dialects[vendor]))
      expect(account.reasons.filter(({ holds }) => holds)).toEqual([])
      for (const { table, read, loaded, warned } of account.tables) {
        expect([table, read]).toEqual([table, sample[table]!.length])
        expect([table, loaded + warned]).toEqual([table, read])
      }
      for (const [table, rows] of Object.entries(sample)) {
        if (table in comesBackOtherwise && comesBackOtherwise[table] === 'all') continue
        const views = await published(table)
        const kept = ssdTables.find(({ name }) => name === table)!.fields.map(({ name }) => name)
        for (const row of rows) {
          const wanted = Object.fromEntries(
            Object.entries(row).filter(
              ([field]) => kept.includes(field) && !otherwise(table).includes(field),
            ),
          )
          expect(
            views.map((view) => ofFields(view, Object.keys(wanted))),
            table,
          ).toContainEqual(ofFields(asPublished(wanted), Object.keys(wanted)))
        }
      }
    },
    60_000,
  )
})

describe('every row ends somewhere', () => {
  test('what cannot come in waits, with file, line, field and the row as it stood; the rest comes in', async () => {
    const sample = ssdSample()
    sample.ssd_cin_episodes!.push(
      { cine_referral_id: 'R4', cine_person_id: '9999', cine_referral_date: '2024-01-01' },
      { cine_referral_id: 'R5', cine_person_id: '1001', cine_referral_date: '2024-02-31' },
      { cine_referral_id: 'R6', cine_person_id: '1001' },
      { cine_referral_id: 'R1', cine_person_id: '1001', cine_referral_date: '2021-01-01' },
      {
        cine_referral_id: 'R7',
        cine_person_id: '1001',
        cine_referral_date: '2021-02-02',
        cine_referral_source_code: 'Skool',
      },
    )
    sample.ssd_cp_plans!.push({
      cppl_cp_plan_id: 'CP2',
      cppl_person_id: '1001',
      cppl_cp_plan_start_date: '2024-04-01',
      cppl_referral_id: 'R-nowhere',
    })
    sample.ssd_legal_status!.push({
      lega_legal_status_id: 'LS3',
      lega_person_id: '1002',
      lega_legal_status: 'Special Guardianship Order',
      lega_legal_status_start_date: '2023-03-01',
    })
    sample.ssd_voice_of_child = [{ voch_table_id: 'X1', voch_person_id: '1001', voch_plan_safe: 'Y' }]
    sample.ssd_person!.push({ pers_person_id: '1999', pers_surname: 'Quill DUPLICATE' })
    const account = await load(folders.write(sample, dialects.eclipse))
    expect(of(account, 'ssd_cin_episodes')).toMatchObject({ read: 8, loaded: 3, warned: 1, held: 4 })
    expect(held(account)).toEqual({
      ssd_person: 1,
      ssd_cin_episodes: 4,
      ssd_cp_plans: 1,
      ssd_legal_status: 1,
      ssd_voice_of_child: 1,
    })
    for (const { read, loaded, warned, held: kept } of account.tables)
      expect(loaded + warned + kept).toBe(read)
    const { rows } = await sql<{
      file: string
      line: number
      outcome: string
      reasons: string[]
      raw: Record<string, string>
    }>`
      select file, line, outcome, reasons, raw from importing.source_row
       where source_table in ('ssd_cin_episodes', 'ssd_legal_status', 'ssd_cp_plans', 'ssd_person') order by file, line`.execute(
      db.owner,
    )
    const said = rows.map(
      ({ file, line, outcome, reasons }) => `${file} ${line} ${outcome}: ${reasons.join('; ')}`,
    )
    expect(said).toEqual([
      'cin_episodes.csv 5 held: cine_person_id: nobody in the files or in the record has this number',
      'cin_episodes.csv 6 held: cine_referral_date: ‘2024-02-31T00:00:00Z’ is not a day that the calendar has',
      'cin_episodes.csv 7 held: cine_referral_date is missing',
      'cin_episodes.csv 8 held: its identifier stands further up for this person already (line 2)',
      'cin_episodes.csv 9 warned: cine_referral_source_code: ‘Skool’ is no code, and nobody has signed what it stands for (Local words); loaded without it',
      'cp_plans.csv 3 held: it overlaps in time with the one of line 2: one at a time',
      'legal_status.csv 4 held: lega_legal_status: ‘Special Guardianship Order’ is no code, and nobody has signed what it stands for (Local words)',
      'person.csv 7 held: named DUPLICATE: merged away in the old system. If it is a person, correct the name there',
    ])
    expect(rows[1]!.raw).toMatchObject({ cine_referral_date: '2024-02-31T00:00:00Z', cine_referral_id: 'R5' })
    expect(account.unmapped).toMatchObject([
      { field: 'cine_referral_source_code', set: 'referral_source', word: 'Skool', times: 1 },
      { field: 'lega_legal_status', word: 'Special Guardianship Order', times: 1 },
    ])
  })

  test('the database refuses an account that does not add up', async () => {
    await load(folders.write(ssdSample()))
    await expect(sql`update importing.row_account set loaded = loaded + 1`.execute(db.owner)).rejects.toThrow(
      'check',
    )
  })

  test('a row the record itself refuses waits alone', async () => {
    const sample = ssdSample()
    sample.ssd_cp_reviews!.push({
      cppr_cp_review_id: 'V2',
      cppr_person_id: '1001',
      cppr_cp_review_date: '2024-09-18',
      cppr_cp_plan_id: 'CP1',
    })
    await sql`alter table record.child_protection_review add constraint no_autumn check (cp_review_date <> '2024-09-18')`.execute(
      db.owner,
    )
    const account = await load(folders.write(sample))
    expect(of(account, 'ssd_cp_reviews')).toMatchObject({ read: 2, loaded: 1, held: 1 })
    expect(account.reasons.find(({ table, holds }) => holds && table === 'ssd_cp_reviews')!.reason).toBe(
      'cppr_cp_review_date: out of the range that there is',
    )
  })
})

describe('again', () => {
  test('the same files once more change nothing, not even history', async () => {
    const folder = folders.write(ssdSample())
    const first = await load(folder)
    const before = await countRows(db)
    const again = await load(folder)
    expect(again).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: first.created + first.updated + first.unchanged,
    })
    expect(again.tables.map(({ gone }) => gone).every((gone) => gone === 0)).toBe(true)
    const { 'importing.row_account': _, ...after } = await countRows(db)
    const { 'importing.row_account': __, ...then } = before
    expect(after).toEqual(then)
  })

  test('corrected rows correct, by the identifier; rows that are gone are told and stay', async () => {
    await load(folders.write(ssdSample()))
    const sample = ssdSample()
    sample.ssd_cin_episodes![0]!.cine_referral_date = '2024-01-05'
    sample.ssd_cin_episodes![0]!.cine_cin_primary_need_code = 'N2'
    sample.ssd_person![0]!.pers_surname = 'Quillfeather-Bright'
    sample.ssd_cp_reviews = []
    const account = await load(folders.write(sample))
    expect(account).toMatchObject({ created: 0 })
    expect(of(account, 'ssd_cp_reviews')).toMatchObject({ read: 0, gone: 1 })
    const { rows } = await sql`
      select r.referral_date, r.cin_primary_need_code, r.natural_key, n.full_name,
             (select count(*) from history.referral h where h.id = r.id) as kept,
             (select count(*) from record.child_protection_review) as reviews
        from record.referral r join importing.source_key k on k.fact_id = r.id and k.source_id = 'R1'
        join record.person_name n on n.person_id = r.person_id`.execute(db.owner)
    expect(rows).toEqual([
      {
        referral_date: '2024-01-05',
        cin_primary_need_code: 'N2',
        natural_key: '2024-01-05',
        full_name: 'Ada Quillfeather-Bright',
        kept: 1,
        reviews: 1,
      },
    ])
  })

  test('what somebody changed here, no file overwrites', async () => {
    await load(folders.write(ssdSample()))
    await sql`update record.referral set cin_primary_need_code = 'N4', import_run_id = null where natural_key = '2024-01-09'`.execute(
      db.owner,
    )
    const account = await load(folders.write(ssdSample()))
    expect(of(account, 'ssd_cin_episodes')).toMatchObject({ warned: 1, held: 0 })
    expect(account.reasons.map(({ reason }) => reason)).toContain(
      'somebody wrote or changed this here, and it says otherwise: left as it is here',
    )
    const { rows } =
      await sql`select cin_primary_need_code as need from record.referral where natural_key = '2024-01-09'`.execute(
        db.owner,
      )
    expect(rows).toEqual([{ need: 'N4' }])
  })

  test('a census of the same children is met by the facts it tells of', async () => {
    await bring(db, 'cin-census', own.census)
    const { rows: there } = await sql<{ number: string; born: string; day: string; id: string }>`
      select i.value as number, p.date_of_birth as born, r.referral_date as day, r.id
        from record.referral r join record.person p on p.id = r.person_id
        join record.person_identifier i on i.person_id = p.id and i.kind = 'la-child-id' where p.date_of_birth is not null order by i.value limit 1`.execute(
      db.owner,
    )
    const { number, born, day, id } = there[0]!
    const before = await countRows(db)
    await load(
      folders.write({
        ssd_person: [{ pers_person_id: number, pers_dob: born, pers_surname: 'Found' }],
        ssd_cin_episodes: [{ cine_referral_id: 'R9', cine_person_id: number, cine_referral_date: day }],
      }),
    )
    const after = await countRows(db)
    expect([after.person, after.referral]).toEqual([before.person, before.referral])
    const { rows } = await sql`select fact_id from importing.source_key where source_id = 'R9'`.execute(
      db.owner,
    )
    expect(rows).toEqual([{ fact_id: id }])
  })
})

test('whatever stands in the cells, a load ends with an account that adds up', async () => {
  const nasty = [
    '\u0000',
    '{"A":"\\u0000"}',
    '{"\\ud800":"\\udfff","NFA_FLAG":"Y"}',
    '["1A","\\u0000"]',
    '31/12/9999',
    '0001-01-01',
    '99999',
    '-7',
    "'; drop table x; --",
    ':system',
    '\\',
    '$1 ?',
    'x'.repeat(5000),
    'NULL',
    'Y',
    '2024-05-01',
    '1001',
  ]
  let state = 11
  const next = (below: number) => {
    state = (state * 48271) % 2147483647
    return state % below
  }
  for (let turn = 0; turn < 3; turn++) {
    const sample = ssdSample()
    for (const [table, rows] of Object.entries(sample)) {
      const fields = ssdTables.find(({ name }) => name === table)!.fields.map(({ name }) => name)
      for (const row of [...rows]) {
        const spoilt = { ...row }
        for (let n = 0; n < 2; n++) spoilt[fields[next(fields.length)]!] = nasty[next(nasty.length)]!
        rows.push(spoilt)
      }
    }
    const account = await load(folders.write(sample, dialects.eclipse), { dryRun: turn < 2 })
    for (const { table, read, loaded, warned, held: kept } of account.tables) {
      expect([table, read]).toEqual([table, sample[table]!.length])
      expect([table, loaded + warned + kept]).toEqual([table, read])
      expect(Math.min(loaded, warned, kept)).toBeGreaterThanOrEqual(0)
    }
  }
})

test('a dry run says the same and changes nothing', async () => {
  const sample = ssdSample()
  sample.ssd_cin_episodes![0]!.cine_referral_source_code = 'Skool'
  const folder = folders.write(sample)
  const before = await countRows(db)
  const dry = await load(folder, { dryRun: true })
  expect(await countRows(db)).toEqual(before)
  expect((await sql`select from importing.run`.execute(db.owner)).rows).toEqual([])
  const real = await load(folder)
  expect({ ...dry, dryRun: false, run: real.run }).toEqual(real)
})

test('an archive of the files is as good as the files', async () => {
  const folder = folders.write(ssdSample())
  const inside = Object.fromEntries(
    readdirSync(folder).map((name) => [
      `extract/../../${name}`,
      new Uint8Array(readFileSync(join(folder, name))),
    ]),
  )
  const archive = join(folder, 'all.zip')
  writeFileSync(archive, zipSync(inside))
  const account = await load(archive)
  expect(held(account)).toEqual({})
  expect(account.created).toBeGreaterThan(50)
})

describe('somebody like one the record knows', () => {
  const ada = (id: string, over: Record<string, string> = {}) => ({
    pers_person_id: id,
    pers_forename: 'Ada',
    pers_surname: 'Quillfeather',
    pers_dob: '2012-05-14',
    ...over,
  })
  const files = (people: Record<string, string>[]) =>
    folders.write({
      ssd_person: people,
      ssd_address: [
        {
          addr_table_id: 'A1',
          addr_person_id: 'M1',
          addr_address_postcode: 'FX1 2AB',
          addr_address_start_date: '2020-01-01',
        },
      ],
    })
  const adas = async () =>
    (
      await sql<{ person_id: string }>`
        select distinct person_id from record.person_name where surname = 'Quillfeather'`.execute(db.owner)
    ).rows
  const decide = async (person: string | null) => {
    const analyst = await signedIn(db, { roles: ['A-PERF'] })
    const { rows } = await sql<{ id: string; candidates: string[]; period: string }>`
      select id, candidates, period from importing.problem where state = 'open'`.execute(db.owner)
    expect(rows).toHaveLength(1)
    expect(
      await writing(db.app, analyst, (trx) =>
        decideWho(trx, analyst, { id: rows[0]!.id, source: 'ssd' }, person),
      ),
    ).toBe(true)
    return rows[0]!
  }

  test('waits with all that names them, until a person has decided; the next load takes it and asks nothing more', async () => {
    const known = await someone(db.owner, { forename: 'Ada', surname: 'Quilfeather', born: '2012-05-14' })
    const folder = files([ada('M1'), ada('M2', { pers_forename: 'Bo', pers_dob: '2014-01-01' })])
    const first = await load(folder)
    expect(held(first)).toEqual({ ssd_person: 1, ssd_address: 1 })
    expect(first.reasons.map(({ reason }) => reason)).toContainEqual(
      expect.stringMatching(/may be somebody whom the record knows already/),
    )
    const asked = await decide(known)
    expect(asked).toMatchObject({ candidates: [known], period: 'mosaic' })
    expect(held(await load(folder))).toEqual({})
    expect((await adas()).map(({ person_id }) => person_id)).toContain(known)
    expect(held(await load(folder))).toEqual({})
    const { rows } = await sql`select state from importing.problem`.execute(db.owner)
    expect(rows).toEqual([{ state: 'mended' }])
  })

  test('decided to be somebody else they come in as new, told apart; another system’s same number is asked again', async () => {
    const known = await someone(db.owner, { forename: 'Ada', surname: 'Quillfeather', born: '2012-05-14' })
    await load(files([ada('M1')]))
    await decide(null)
    expect(held(await load(files([ada('M1')])))).toEqual({})
    expect(await adas()).toHaveLength(2)
    const { rows } = await sql`select other_person_id from record.told_apart`.execute(db.owner)
    expect(rows).toEqual([{ other_person_id: known }])
    const other = await load(files([ada('N7', { pers_dob: '2012-05-15' })]), { system: 'eclipse' })
    expect(held(other)).toEqual({ ssd_person: 1 })
  })

  test('who is restricted is never said to be like anybody; a load that tries leaves nothing behind', async () => {
    const hidden = await someone(db.owner, { forename: 'Ada', surname: 'Quillfeather', born: '2012-05-14' })
    await restricted(db, hidden, 2)
    // Whom the authority’s own number names is somebody else to a system that has it.
    await aChild(db.owner, { forename: 'Ada', surname: 'Quillfeather', born: '2012-05-14' })
    expect(held(await load(files([ada('M1')]), { dryRun: true }))).toEqual({})
    const open = await someone(db.owner, { forename: 'Ada', surname: 'Quillfeather', born: '2012-05-14' })
    expect(held(await load(files([ada('M1')]), { dryRun: true }))).toEqual({ ssd_person: 1, ssd_address: 1 })
    expect((await sql`select from importing.problem`.execute(db.owner)).rows).toHaveLength(0)
    await load(files([ada('M1')]))
    expect(await decide(open)).toMatchObject({ candidates: [open] })
  })
})

describe('files that cannot be used say what is wrong', () => {
  test.each([
    ['ssd_person.csv', 'pers_forename,pers_surname\nAda,Quill\n', 'has no column pers_person_id'],
    ['ssd_person.csv', 'a,b\n1,2\n', 'has none of the columns of ssd_person'],
    ['ssd_person.csv', 'pers_person_id,pers_surname\n1,"open\n'.padEnd(100, 'x'), 'quotation marks'],
    ['holidays.csv', 'day,name\n1,2\n', 'no file in it is of a table that can be brought across'],
  ])('%s: %s', async (name, text, says) => {
    await expect(load(folders.file(name, text))).rejects.toThrow(says)
    expect((await sql`select from record.person`.execute(db.owner)).rows).toEqual([])
  })
})

const ofFields = (row: Record<string, unknown>, fields: string[]) =>
  Object.fromEntries(fields.map((field) => [field, row[field] === null ? null : String(row[field])]))

/** Words of the dataset that the views write as codes. */
const words: Record<string, string> = { Neglect: 'NEG', 'Emotional abuse': 'EMO' }
const asPublished = (row: Record<string, string>) =>
  Object.fromEntries(Object.entries(row).map(([field, text]) => [field, words[text] ?? text]))

/** What does not come back as it went in, and why: see docs/import.md. */
const comesBackOtherwise: Record<string, readonly string[] | 'all'> = {
  // The years of events only, and who did what in the record's own terms.
  ssd_cla_convictions: ['clac_cla_conviction_id', 'clac_cla_conviction_date', 'clac_cla_conviction_offence'],
  ssd_cla_health: ['clah_health_check_id', 'clah_health_check_date'],
  ssd_cla_immunisations: ['clai_immunisations_status_date'],
  ssd_cla_substance_misuse: ['clas_substance_misuse_id', 'clas_substance_misuse_date'],
  ssd_care_leavers: ['clea_table_id', 'clea_care_leaver_latest_contact'],
  // Row keys of the old system that stand for the fact itself.
  ssd_disability: ['disa_table_id'],
  ssd_mother: ['moth_table_id'],
  ssd_assessment_factors: ['cinf_table_id', 'cinf_assessment_factors_json'],
  ssd_address: ['addr_address_json'],
  ssd_person: ['pers_nationality'],
  ssd_professionals: ['prof_social_worker_registration_no'],
  ssd_department: [],
}
const otherwise = (table: string): readonly string[] => {
  const fields = comesBackOtherwise[table]
  return fields === undefined || fields === 'all' ? [] : fields
}
