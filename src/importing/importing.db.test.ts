import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { Altered, bring, countRows, own } from '../testing/importing.ts'
import { Busy } from './running.ts'

let db: TestDatabase
let altered: Altered
beforeEach(async () => {
  db = await testDatabase()
  altered = new Altered()
})
afterEach(async () => {
  altered.remove()
  await db.close()
})

async function one<T>(query: ReturnType<typeof sql<T>>): Promise<T> {
  const { rows } = await query.execute(db.owner)
  expect(rows).toHaveLength(1)
  return rows[0]!
}

describe('what comes in', () => {
  test('a census: every table holds what the file says, counted by hand', async () => {
    const account = await bring(db, 'cin-census', own.census)
    expect(account).toMatchObject({
      read: 9,
      updated: 0,
      unchanged: 0,
      withdrawn: 0,
      problems: [],
      period: '2025',
    })
    expect(await countRows(db)).toMatchObject({
      person: 9,
      person_characteristics: 9,
      person_identifier: 9 + 7 + 1,
      disability: 8,
      referral: 12,
      assessment: 6,
      assessment_factor: 5,
      cin_plan: 2,
      section_47: 7,
      initial_conference: 4,
      child_protection_plan: 3,
      child_protection_review: 5,
      index_card: 9,
    })
  })

  test('a looked-after return: episodes as sent, and the periods, placements and statuses that follow', async () => {
    const account = await bring(db, 'ssda903', own.care)
    expect(account).toMatchObject({ read: 7, problems: [], period: '2025' })
    expect(await countRows(db)).toMatchObject({
      person: 7,
      episode: 11,
      placement_whereabouts: 10,
      period_of_care: 6,
      placement: 9,
      legal_status: 8,
      looked_after_review: 10,
      uasc_status: 1,
      health_outcome: 2,
      substance_misuse_outcome: 2,
      conviction_outcome: 2,
      sdq: 2,
      care_leaver_outcome: 2,
      adoption: 1,
      placed_for_adoption: 1,
      previous_permanence: 6,
      missing_episode: 2,
      social_worker_episode: 3,
      mother_status: 2,
    })
    const { place, name } = await one(sql<{ place: string; name: string }>`
      select import_place as place, r.files[1] as name from record.episode e join importing.run r on r.id = e.import_run_id
       where decom = '2024-08-06'`)
    expect(place).toBe('episodes.csv, line 10')
    expect(name).toBe('fellshire-2024-25')
  })

  test('the same child in both returns is one person: LAchildID and CHILD are one number', async () => {
    await bring(db, 'cin-census', own.census)
    const account = await bring(db, 'ssda903', own.care)
    expect(account.updated).toBe(0)
    const { people } = await one(sql<{ people: number }>`select count(*) as people from record.person`)
    expect(people).toBe(9 + 7 - 2)
  })

  test('people: names, numbers, addresses and families; a protected address is kept apart', async () => {
    await bring(db, 'cin-census', own.census)
    const account = await bring(db, 'people', own.people)
    expect(account).toMatchObject({ problems: [], withdrawn: 0 })
    expect(await countRows(db)).toMatchObject({
      person: 9 + 2,
      person_name: 7,
      address: 4,
      relationship: 4,
      parental_responsibility: 3,
      contact_detail: 1,
    })
    const { group } = await one(sql<{ group: string }>`
      select field_group as group from record.address where postcode = 'FX7 5PQ'`)
    expect(group).toBe('F04')
    const mother = await one(sql<{ kind: string; name: string; other: string }>`
      select r.kind, r.other_name as name, i.value as other from record.relationship r
        join record.person_identifier i on i.person_id = r.other_person_id
        join record.person_identifier c on c.person_id = r.person_id and c.value = 'FELL0002' and c.kind = 'la-child-id'
       where r.kind = 'mother'`)
    expect(mother).toEqual({ kind: 'mother', name: 'Ruth Thwaite', other: 'FELLP001' })
    const { name } = await one(sql<{ name: string }>`
      select name from record.index_card where local_id = 'FELL0005'`)
    expect(name).toBe('Leila Brackenbury')
  })

  test('until a name comes, a child is a number on the card', async () => {
    await bring(db, 'cin-census', own.census)
    const card = await one(sql<{ name: null; local_id: string }>`
      select name, local_id from record.index_card where local_id = 'FELL0001'`)
    expect(card).toEqual({ name: null, local_id: 'FELL0001' })
  })
})

describe('who is who', () => {
  /** The looked-after return with FELL0105 under another number, pupil number and birth date. */
  const stranger = (child: string, upn: string, born: string) =>
    altered.files(
      own.care,
      Object.fromEntries(
        ['header.csv', 'oc3.csv'].map((name) => [
          name,
          (text: string) =>
            text
              .replace('FELL0105,F,21/08/2005,WBRI,UN4', `${child},F,${born},WBRI,${upn}`)
              .replace('FELL0105,21/08/2005', `${child},${born}`),
        ]),
      ),
    )
  const people = async () => (await one(sql<{ n: number }>`select count(*) as n from record.person`)).n

  test('the same number from another source with another birth date is not guessed to be the same child', async () => {
    await bring(db, 'cin-census', own.census)
    const { problems } = await bring(db, 'ssda903', stranger('FELL0002', 'UN4', '21/08/2005'))
    expect(problems.map(({ child, reason }) => [child, reason])).toEqual([
      ['FELL0002', expect.stringContaining('one number, two people')],
    ])
  })

  test('a pupil number that one child alone has, born the same day, is that child', async () => {
    await bring(db, 'cin-census', own.census)
    const { problems } = await bring(db, 'ssda903', stranger('LAC77', 'T201000123457', '01/02/2014'))
    expect(problems).toEqual([])
    expect(await people()).toBe(9 + 7 - 3)
  })

  test('born another day, it is another child, and whose number it is somebody has to say', async () => {
    await bring(db, 'cin-census', own.census)
    const { problems } = await bring(db, 'ssda903', stranger('LAC77', 'T201000123457', '02/02/2014'))
    expect(problems.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('one number, two children'),
    ])
    expect(await people()).toBe(9 + 7 - 2)
  })

  test('a sealed record is neither found by a pupil number nor mentioned', async () => {
    await bring(db, 'cin-census', own.census)
    await sql`
      insert into record.restriction (person_id, level, reason)
      select person_id, 3, 'adopted' from record.person_identifier where value = 'T201000123457'`.execute(
      db.owner,
    )
    const { problems } = await bring(db, 'ssda903', stranger('LAC77', 'T201000123457', '01/02/2014'))
    expect(problems).toEqual([])
    expect(await people()).toBe(9 + 7 - 2)
  })
})

describe('again, and newer', () => {
  test.each([
    ['cin-census', own.census],
    ['ssda903', own.care],
    ['people', own.people],
  ] as const)('%s twice changes nothing, not even history', async (source, path) => {
    await bring(db, source, path)
    const before = await countRows(db)
    const account = await bring(db, source, path)
    expect(account).toMatchObject({ created: 0, updated: 0, withdrawn: 0 })
    expect(await countRows(db)).toEqual(before)
  })

  test('a newer file changes, adds and withdraws, and history keeps what stood', async () => {
    await bring(db, 'ssda903', own.care)
    const newer = altered.files(own.care, {
      'missing.csv': (text) => text.replace('18/05/2024', '20/05/2024').replace(/^.*09\/11\/2024.*\n/m, ''),
      'oc3.csv': (text) => text.replace('YES,P2,U1', 'NO,0,0'),
    })
    const account = await bring(db, 'ssda903', newer)
    expect(account).toMatchObject({ created: 0, updated: 2, withdrawn: 1, problems: [] })
    const { n } = await one(sql<{ n: number }>`select count(*) as n from history.missing_episode`)
    expect(n).toBe(2)
  })

  test('what another year’s return says stays when this year’s no longer says it', async () => {
    await bring(db, 'ssda903', own.care)
    await bring(db, 'ssda903', own.care, { year: '2026' })
    const newer = altered.files(own.care, {
      'missing.csv': (text) => text.replace(/^.*17\/05\/2024.*\n/m, ''),
    })
    expect(await bring(db, 'ssda903', newer)).toMatchObject({ withdrawn: 0 })
    expect(await bring(db, 'ssda903', newer, { year: '2026' })).toMatchObject({ withdrawn: 1 })
  })

  test('an earlier year’s return imported later does not undo what the later one knows', async () => {
    const open = altered.files(own.care, {
      'episodes.csv': (text) => text.replace('15/11/2024,E4A', ','),
    })
    await bring(db, 'ssda903', own.care, { year: '2025' })
    const account = await bring(db, 'ssda903', open, { year: '2024' })
    expect(account.updated).toBe(0)
    const { dec } = await one(sql<{ dec: string }>`select dec from record.episode where decom = '2024-04-11'`)
    expect(dec).toBe('2024-11-15')
  })

  test('what a worker changed here no file overwrites', async () => {
    await bring(db, 'cin-census', own.census)
    await sql`update record.person set sex = 'U', import_run_id = import_run_id where date_of_birth = '2012-05-14'`.execute(
      db.owner,
    )
    const newer = altered.file(own.census, (text) =>
      text.replace('<PersonBirthDate>2012-05-14<', '<PersonBirthDate>2012-05-15<'),
    )
    const account = await bring(db, 'cin-census', newer)
    expect(account.updated).toBe(0)
  })

  test('a census made before the one that stands is refused unless one insists', async () => {
    await bring(db, 'cin-census', own.census)
    const older = altered.file(own.census, (text) =>
      text.replace(/<DateTime>[^<]*</, '<DateTime>2024-01-01T09:00:00<'),
    )
    await expect(bring(db, 'cin-census', older)).rejects.toThrow(/before the one of/)
    expect(await bring(db, 'cin-census', older, { evenIfOlder: true })).toMatchObject({ created: 0 })
  })

  test('before the import the record held nothing', async () => {
    const { moment } = await one(sql<{ moment: Date }>`select clock_timestamp() as moment`)
    await bring(db, 'cin-census', own.census)
    const known = await db.owner.transaction().execute(async (trx) => {
      await sql`select set_config('cairn.known_at', ${moment.toISOString()}, true)`.execute(trx)
      return sql<{ n: number }>`select count(*) as n from known.referral`.execute(trx)
    })
    expect(known.rows[0]!.n).toBe(0)
  })
})

describe('what the record cannot accept', () => {
  test('a code that never existed, a day that is none, an overlap: each with its line, the rest is entered', async () => {
    const dirty = altered.files(own.care, {
      'episodes.csv': (text) =>
        text
          .replace('FELL0009,11/04/2024,S,V2,N4,K2', 'FELL0009,11/04/2024,S,V2,N4,Q9')
          .replace('FELL0104,01/10/2024', 'FELL0104,31/02/2024')
          .concat('FELL0103,01/05/2024,P,C2,N1,U6,PR1,,,,,,\n'),
      'missing.csv': (text) => text.replace('18/05/2024', '01/05/2024'),
    })
    const account = await bring(db, 'ssda903', dirty)
    expect(
      account.problems.map(({ file, line, child, reason }) => [file, line, child, reason]).sort(),
    ).toEqual([
      ['episodes.csv', 12, 'FELL0104', 'DECOM: ‘31/02/2024’ is not a day that the calendar has'],
      ['episodes.csv', 13, 'FELL0103', 'It overlaps in time with another of this child’s: one at a time'],
      ['episodes.csv', 5, 'FELL0009', 'PLACE: ‘Q9’ is not one of the codes of ‘Kind of placement’'],
      ['missing.csv', 2, 'FELL0103', 'MIS_END is before MIS_START'],
    ])
    expect(await countRows(db)).toMatchObject({ episode: 9, missing_episode: 1, 'importing.problem': 4 })
  })

  test('the same problem again is one problem; gone from a newer file, it is replaced', async () => {
    const bad = (text: string) => text.replace('YES,P2,U1', 'YES,P2,Q9')
    const dirty = altered.files(own.care, { 'oc3.csv': bad })
    expect((await bring(db, 'ssda903', dirty)).problems).toHaveLength(1)
    expect((await bring(db, 'ssda903', dirty)).problems).toHaveLength(1)
    await bring(db, 'ssda903', own.care)
    const { state } = await one(sql<{ state: string }>`select state from importing.problem`)
    expect(state).toBe('replaced')
  })

  test('one number that meets two children is nobody’s to guess', async () => {
    const twice = altered.file(own.census, (text) =>
      text
        .replace('<LAchildID>FELL0002<', '<LAchildID>FELL0001<')
        .replace('<UPN>T201000123458<', '<UPN>T201000123456<'),
    )
    const { problems } = await bring(db, 'cin-census', twice)
    expect(problems.map(({ child, reason }) => [child, reason])).toEqual([
      ['FELL0001', 'The number ‘FELL0001’ stands for a child further up in this file already'],
      ['FELL0003', 'UPN: ‘T201000123456’ is another child’s number already: one number, two children'],
    ])
  })

  test('what stands twice is told, not dropped', async () => {
    const care = altered.files(own.care, {
      'header.csv': (text) => `${text}FELL0105,F,21/08/2005,WBRI,UN4,,\n`,
      'oc3.csv': (text) => text.replace('FELL0105,21/08/2005', 'FELL0105,22/08/2005'),
    })
    const { problems } = await bring(db, 'ssda903', care)
    expect(problems.map(({ file, line, reason }) => [file, line, reason])).toEqual([
      ['header.csv', 9, 'The child is in Header already'],
      ['oc3.csv', 3, 'DOB is ‘2005-08-22’ here and ‘2005-08-21’ in Header, which is what was entered'],
    ])
    const factor = /<AssessmentFactors>(\w+)<\/AssessmentFactors>/
    const census = altered.file(own.census, (text) => text.replace(factor, '$&$&'))
    expect((await bring(db, 'cin-census', census)).problems[0]!.reason).toMatch(
      /stands twice, and was entered once/,
    )
  })

  test('no birth certificate, no parental responsibility; a wrong NHS number; a stranger', async () => {
    const file = altered.file(own.people, (text) =>
      text
        .replace('9990000107', '9990000108')
        .replace('on-birth-certificate,Birth certificate', 'on-birth-certificate,')
        .replace('FELL0002,brother', 'NOBODY1,brother'),
    )
    const { problems } = await bring(db, 'people', file)
    expect(problems.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'nhs_number: ‘9990000108’ is no NHS number (its last digit does not fit the others)'],
      [3, 'responsibility_evidence is missing: say what was seen'],
      [4, 'related_to: nobody has the number ‘NOBODY1’'],
    ])
  })
})

describe('all or nothing', () => {
  const census = (children: string) =>
    `<Message><Header><CollectionDetails><Year>2025</Year></CollectionDetails></Header><Children>${children}</Children></Message>`
  const child = '<Child><ChildIdentifiers><LAchildID>A1</LAchildID></ChildIdentifiers></Child>'

  test.each([
    ['not XML', 'LAchildID,Sex\nA1,F\n', /is not XML/],
    ['another root', '<Returns></Returns>', /outermost element is Returns/],
    ['cut off', census(child.repeat(2000)).slice(0, -60), /cut\.xml/],
    ['UTF-16', Buffer.from(`\ufeff${census(child)}`, 'utf16le'), /UTF-16/],
    ['a zip', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), /zip/],
    ['nobody in it', census(''), /no Child/],
    ['no year', census(child).replace('<Year>2025</Year>', ''), /Year/],
  ])('unusable (%s): one line, and nothing is entered', async (_, content, says) => {
    const path = join(altered.folder, 'cut.xml')
    writeFileSync(path, content)
    const before = await countRows(db)
    const failed = await bring(db, 'cin-census', path).then(
      () => undefined,
      (error: Error) => error.message,
    )
    expect(failed).toMatch(says)
    expect(failed).not.toContain('\n')
    expect(await countRows(db)).toEqual(before)
    const { state } = await one(sql<{ state: string }>`select state from importing.run`)
    expect(state).toBe('unusable')
  })

  test('told to stop: nothing is there, the run waits, and the next one has everything', async () => {
    const ending = new AbortController()
    const before = await countRows(db)
    const stopped = bring(db, 'cin-census', own.census, {
      signal: ending.signal,
      onProgress: () => ending.abort(new Error('told to stop')),
    })
    await expect(stopped).rejects.toThrow('told to stop')
    expect(await countRows(db)).toEqual(before)
    const { state } = await one(sql<{ state: string }>`select state from importing.run`)
    expect(state).toBe('waiting')
    await bring(db, 'cin-census', own.census)
    expect((await countRows(db)).person).toBe(9)
  })

  test.each(['person', 'looked_after_review', 'period_of_care', 'index_card'])(
    'killed while it enters %s: nothing is there, and the next one has everything',
    async (table) => {
      const before = await countRows(db)
      await db.owner.transaction().execute(async (trx) => {
        await sql`lock table ${sql.table(`record.${table}`)} in share row exclusive mode`.execute(trx)
        const killed = bring(db, 'ssda903', own.care).catch((error: Error) => error)
        await killWhoWaits()
        expect(await killed).toBeInstanceOf(Error)
      })
      expect(await countRows(db)).toEqual(before)
      const { state } = await one(sql<{ state: string }>`select state from importing.run`)
      expect(state).toBe('failed')
      await bring(db, 'ssda903', own.care)
      expect((await countRows(db)).episode).toBe(11)
    },
  )

  /** Ends the connection that an import enters through, once it waits for a table that is locked. */
  async function killWhoWaits(): Promise<void> {
    const superuser = new pg.Client(db.superuserUrl)
    await superuser.connect()
    try {
      for (;;) {
        const { rows } = await superuser.query(`
          select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and application_name = 'test jobs' and wait_event_type = 'Lock'`)
        if (rows.length > 0) return
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    } finally {
      await superuser.end()
    }
  }

  test('two at once: the second is told to wait, and makes nobody twice', async () => {
    const held = db.jobs.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtext('importing.entering'))`.execute(trx)
      await expect(bring(db, 'cin-census', own.census)).rejects.toThrow(Busy)
    })
    await held
    const { state } = await one(sql<{ state: string }>`select state from importing.run`)
    expect(state).toBe('waiting')
  })

  test('untidy is read: byte-order mark, mixed line ends, blank lines, trailing commas', async () => {
    const untidy = altered.files(own.care, {
      'header.csv': (text) => `\ufeff${text.replaceAll('\n', '\r\n')}\r\n\n`,
      'episodes.csv': (text) => text.replaceAll('\n', ',,\n'),
    })
    expect(await bring(db, 'ssda903', untidy)).toMatchObject({ read: 7, problems: [] })
    expect((await countRows(db)).episode).toBe(11)
  })
})
