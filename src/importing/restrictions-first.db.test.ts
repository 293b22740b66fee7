import { mkdirSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openList, openRecord } from '../access/opening.ts'
import { vaultWith } from '../casework/documents/services.ts'
import { openDocument } from '../casework/documents/vault.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { dataFolder, removeFolder } from '../testing/program.ts'
import { anAccount, signedIn } from '../testing/signed-in.ts'
import { SsdFolders, ssdSample } from '../testing/ssd-sample.ts'
import type { Session } from '../web/session.ts'
import { type LoadKind, pack, restrictions, runLoad, ssd } from './ssd-running.ts'

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

const load = (kind: LoadKind, path: string) => runLoad(db.jobs, kind, [path], { system: 'mosaic' })
const personOf = async (number: string) => {
  const { rows } = await sql<{ id: string }>`
    select fact_id as id from importing.source_key where fact_table = 'person' and source_id = ${number}`.execute(
    db.owner,
  )
  return rows[0]!.id
}
const opens = async (session: Session, person: string) => {
  const opened = await openRecord(db.app, session, person, {
    purpose: 'case management',
    reason: 'checking what came across',
  })
  return opened.allowed || opened.why
}
const heading = 'person_id,kind,reason,review_on,readers\n'

test('until restrictions have loaded, only the migration team opens anything; then need to know decides', async () => {
  const duty = await signedIn(db, { roles: ['A-DUTY'] })
  const migration = await signedIn(db, { roles: ['A-MIG'] })
  const came = await load(ssd, folders.write(ssdSample()))
  expect(came.restrictionsAwaited).toBe(true)
  const child = await personOf('1001')
  expect(await opens(duty, child)).toBe('restrictions-awaited')
  await expect(openList(db.app, duty, 'search', { purpose: 'finding' })).rejects.toThrow(
    'only the migration team',
  )
  expect(await opens(migration, child)).toBe(true)

  // A file of which a row is held has hidden less than it should.
  const half = await load(
    restrictions,
    folders.file('restrictions.csv', `${heading}1002,hiden,Moved for safety,,\n`),
  )
  expect(half).toMatchObject({ restrictionsAwaited: true, tables: [{ read: 1, held: 1 }] })
  expect(await opens(duty, child)).toBe('restrictions-awaited')

  const whole = await load(
    restrictions,
    folders.file('restrictions.csv', `${heading}1002,restricted,A witness,2027-01-31,\n`),
  )
  expect(whole).toMatchObject({ restrictionsAwaited: false, tables: [{ read: 1, loaded: 1 }] })
  expect(await opens(duty, child)).toBe(true)
  expect(await opens(duty, await personOf('1002'))).toBe('restricted')
})

test('restrictions that came first hold from the first moment: nothing waits, and the restricted are', async () => {
  const named = 'reader@fellshire.test'
  await anAccount(db, { email: named, roles: ['A-SW'] })
  const first = await load(
    restrictions,
    folders.file(
      'restrictions.csv',
      `${heading}1001,hidden-address,Fled violence,,\n1002,staff-family,Nephew of a worker,,${named};nobody@else.test\n1005,adopted,Order of 2010,,\n`,
    ),
  )
  expect(first.tables).toMatchObject([{ read: 3, loaded: 2, warned: 1, held: 0 }])
  expect(first.warnings.map(({ what }) => what)).toEqual([
    '3 rows name people who are not in the record yet: they are restricted the moment they come in',
  ])
  const came = await load(ssd, folders.write(ssdSample()))
  expect(came.restrictionsAwaited).toBe(false)
  const { rows } = await sql`
    select k.source_id as number, r.level, r.reason, r.review_on is not null as reviewed,
           (select count(*) from record.restriction_reader n where n.restriction_id = r.id) as readers
      from record.restriction r join importing.source_key k on k.person_id = r.person_id and k.fact_table = 'person' order by 1`.execute(
    db.owner,
  )
  expect(rows).toEqual([
    { number: '1002', level: 2, reason: 'Nephew of a worker', reviewed: true, readers: 1 },
    { number: '1005', level: 3, reason: 'Order of 2010', reviewed: false, readers: 0 },
  ])
  const { rows: addresses } = await sql`
    select a.postcode, a.protected from record.address a order by 1`.execute(db.owner)
  expect(addresses).toEqual([
    { postcode: 'FE1 2QQ', protected: true },
    { postcode: 'FE3 4RS', protected: false },
  ])
  // Once more: nobody is restricted twice.
  await load(ssd, folders.write(ssdSample()))
  expect((await sql`select from record.restriction`.execute(db.owner)).rows).toHaveLength(2)
  const duty = await signedIn(db, { roles: ['A-DUTY'] })
  expect(await opens(duty, await personOf('1005'))).toBe('not-found')
})

test('an address is hidden although it came before the file that says so', async () => {
  await load(ssd, folders.write(ssdSample()))
  await load(
    restrictions,
    folders.file('restrictions.csv', `${heading}1001,hidden-address,Fled violence,,\n`),
  )
  const { rows } = await sql`
    select a.protected, c.postcodes from record.address a join record.index_card c on c.person_id = a.person_id where a.postcode = 'FE1 2QQ'`.execute(
    db.owner,
  )
  expect(rows).toEqual([{ protected: true, postcodes: [] }])
})

test('a pack brings relationships, allocations, warnings and notes', async () => {
  await load(ssd, folders.write(ssdSample()))
  const folder = folders.write({})
  const write = (name: string, text: string) => folders.into(folder, name, text)
  write(
    'relationships.csv',
    'relationship_id,person_id,related_person_id,relationship,from_date\nQ1,1003,1005,sister,\nQ2,1001,1002,half-sibling,01/02/2013\nQ3,1001,4711,cousin,\n',
  )
  write(
    'allocations.csv',
    'allocation_id,person_id,role,worker_id,from_date\nB1,1005,personal-adviser,W2,2022-07-09\n',
  )
  write(
    'warnings.csv',
    'warning_id,person_id,kind,words,from_date\nH1,1003,Dog,Two large dogs,2024-01-01\nH2,1003,animal,Two large dogs,2024-01-01\n',
  )
  write(
    'notes.csv',
    'note_id,person_id,note_type,happened_at,author_id,title,text\nN1,1001,Visit,2024-01-10 15:00,W1,Home visit,"Seen, alone"\nN1,1002,Visit,2024-01-10 15:00,W1,Home visit,"Seen, alone"\nN2,1001,telephone,11/01/2024,,,\n',
  )
  const account = await load(pack, folder)
  expect(account.tables).toMatchObject([
    { table: 'pack_relationships', read: 3, loaded: 2, held: 1 },
    { table: 'pack_allocations', read: 1, loaded: 1 },
    { table: 'pack_warnings', read: 2, loaded: 1, held: 1 },
    { table: 'pack_notes', read: 3, loaded: 2, held: 1 },
  ])
  const { rows } = await sql`
    select (select worker_name from record.involvement where kind = 'personal-adviser') as adviser,
           (select words from record.hazard) as hazard,
           (select string_agg(kind || ' ' || other_name, ', ' order by kind) from record.relationship where kind <> 'mother') as ties,
           (select string_agg(n.kind || ' ' || to_char(n.note_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' ' || n.author_words || ': ' || p.words, ' & ' order by n.id)
              from record.case_note n join record.note_paragraph p on p.case_note_id = n.id) as note,
           (select count(distinct written_together) from record.case_note) as together`.execute(db.owner)
  expect(rows).toEqual([
    {
      adviser: 'Tom Wickersley',
      hazard: 'Two large dogs',
      ties: "half-sibling Bo O'Dell, Jr, sister Dee Mbeki-Ross",
      note: 'visit 2024-01-10 15:00 Perpetua Oldacre: Home visit\n\nSeen, alone & visit 2024-01-10 15:00 Perpetua Oldacre: Home visit\n\nSeen, alone',
      together: 1,
    },
  ])
})

test('a pack brings documents and texts from the files beside its index: scanned and encrypted as any other, once', async () => {
  await load(ssd, folders.write(ssdSample()))
  const kept = await dataFolder()
  const documents = vaultWith({
    folder: join(kept, 'documents'),
    keyFolder: join(kept, 'keys'),
    keys: ['a key of thirty-two characters or more'],
  })
  const stored = async () =>
    (await readdir(join(kept, 'documents'), { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    ).length
  const elsewhere = folders.write({})
  folders.into(elsewhere, 'outside.pdf', '%PDF-1.4')
  const index = [
    'document_id,person_id,document_type,title,dated,added_at,author_id,file_name,sha256',
    'D1,1001,report,,2024-01-10,2024-01-12 09:30,W1,files/D1.pdf,',
    'D1,1002,report,,2024-01-10,2024-01-12 09:30,W1,files/D1.pdf,',
    'D2,1001,,Scan,,,,files/D2.pdf,',
    'D3,1001,,Lost,,,,files/none.pdf,',
    `D4,1001,,Elsewhere,,,,../${basename(elsewhere)}/outside.pdf,`,
    `D5,1001,,Another,,,,files/D1.pdf,${'0'.repeat(64)}`,
    '',
  ].join('\n')
  const folder = folders.write({})
  mkdirSync(join(folder, 'files'))
  folders.into(folder, 'documents.csv', index)
  folders.into(folder, 'files/D1.pdf', '%PDF-1.4\nWhat the school wrote')
  folders.into(folder, 'files/D2.pdf', 'no such thing')
  folders.into(folder, 'files/N1.txt', 'Ada was glad of the visit.')
  folders.into(
    folder,
    'notes.csv',
    'note_id,person_id,note_type,happened_at,file_name\nN1,1001,Visit,2024-01-10,files/N1.txt\nN2,1001,Visit,2024-01-10,files/N2.txt\n',
  )
  const tried = await runLoad(db.jobs, pack, [folder], { system: 'mosaic', documents, dryRun: true })
  expect(await stored()).toBe(0)
  const account = await runLoad(db.jobs, pack, [folder], { system: 'mosaic', documents })
  expect(account.reasons).toEqual(tried.reasons)
  expect(account.reasons.map(({ reason }) => reason).sort()).toEqual([
    'file_name: leads out of the pack',
    expect.stringMatching(/^file_name: the file /),
    'file_name: there is no such file beside the index',
    'file_name: there is no such file beside the index',
    'sha256: the file is not the one that the index speaks of',
  ])
  const { rows } = await sql<{ person_id: string; title: string; stored_id: string; size: number }>`
    select person_id, kind, title, document_date::text as dated, received_on::text as received, origin_words, filed_for_others as others, stored_id,
           size_bytes::integer as size from record.document order by person_id = ${await personOf('1001')} desc`.execute(
    db.owner,
  )
  const one = { kind: 'report', title: 'D1', dated: '2024-01-10', received: '2024-01-12', others: true }
  expect(rows).toMatchObject([
    { ...one, origin_words: 'Perpetua Oldacre' },
    { ...one, person_id: await personOf('1002') },
  ])
  expect(rows[0]!.stored_id).toBe(rows[1]!.stored_id)
  expect(await stored()).toBe(1)
  for (const { person_id: person, stored_id, size } of rows) {
    const opened = await openDocument(documents, { stored: stored_id, person }, size)
    const bytes = []
    if ('bytes' in opened) for await (const some of opened.bytes) bytes.push(some)
    expect(Buffer.concat(bytes).toString()).toContain('What the school wrote')
  }
  const { rows: notes } = await sql`select words from record.note_paragraph`.execute(db.owner)
  expect(notes).toEqual([{ words: 'Ada was glad of the visit.' }])
  // Again: nothing is taken in twice, and another file under the same number is told.
  const again = await runLoad(db.jobs, pack, [folder], { system: 'mosaic', documents })
  expect([again.created, again.updated, await stored()]).toEqual([0, 0, 1])
  folders.into(folder, 'files/D1.pdf', '%PDF-1.4\nSomething else')
  const changed = await runLoad(db.jobs, pack, [folder], { system: 'mosaic', documents })
  expect(changed.reasons.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/another file than was loaded before/),
  )
  const nowhere = await runLoad(db.jobs, pack, [folder], { system: 'eclipse' })
  expect(nowhere.reasons.map(({ reason }) => reason)).toContainEqual(
    expect.stringMatching(/has no place for documents/),
  )
  await removeFolder(kept)
})
