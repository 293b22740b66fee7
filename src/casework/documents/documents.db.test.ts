import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { people } from '../../people/area.ts'
import { type TestDatabase, testDatabase } from '../../testing/database.ts'
import { aChild } from '../../testing/factories.ts'
import { signedIn } from '../../testing/signed-in.ts'
import { type StandInClamd, standInClamd } from '../../testing/stand-in-clamd.ts'
import { involve, relate } from '../../testing/ties.ts'
import { housed, mainWords, Visitor } from '../../testing/visitor.ts'
import { buildServer } from '../../web/server.ts'
import { casework } from '../area.ts'
import { checkDocuments } from './checking.ts'
import { filesBelow } from './document-bytes.ts'
import { clamdAt } from './scanner.ts'
import { vaultWith } from './services.ts'
import type { Vault } from './vault.ts'

let db: TestDatabase
let place: string
let clamd: StandInClamd
let vault: Vault
let house: FastifyInstance
let sam: Visitor
let other: Visitor
let colleague: Visitor
let ana: string
let ben: string
let cal: string

const houseWith = (documents: Vault) =>
  buildServer({
    ...housed(db, { areas: [people, casework], now: () => new Date('2026-11-25T10:00:00Z') }),
    documents,
  })

beforeAll(async () => {
  db = await testDatabase()
  place = await mkdtemp(join(tmpdir(), 'documents-'))
  clamd = await standInClamd({ finds: 'MALICE', named: 'Test.Malice-1' })
  vault = vaultWith({
    folder: join(place, 'bytes'),
    keyFolder: join(place, 'keys'),
    keys: ['a key of the server for tests only, long enough'],
    largest: 300_000,
    scanner: clamdAt('127.0.0.1', clamd.port),
  })
  house = await houseWith(vault)
  const session = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'] })
  sam = new Visitor(house, session)
  other = new Visitor(house, await signedIn(db, { name: 'Una Lowe', roles: ['A-SW'] }))
  const assistant = await signedIn(db, { name: 'Pat Ellis', roles: ['A-PA'] })
  colleague = new Visitor(house, assistant)
  ana = await aChild(db.owner, { forename: 'Ana', surname: 'Wren', born: '2016-03-05' })
  ben = await aChild(db.owner, { forename: 'Ben', surname: 'Wren', born: '2018-03-05' })
  cal = await aChild(db.owner, { forename: 'Cal', surname: 'Holt', born: '2015-03-05' })
  await relate(db, ana, ben, 'brother')
  for (const child of [ana, ben, cal]) await involve(db, child, { account: session.account.id })
  await involve(db, ana, { account: assistant.account.id }, { kind: 'co-working' })
})
afterAll(async () => {
  await house?.close()
  await clamd?.stop()
  await db?.close()
  if (place) await rm(place, { recursive: true })
})

interface File {
  readonly name: string
  readonly bytes: Buffer | string
}
const plain = {
  kind: 'letter-in',
  received_on: '24/11/2026',
  origin: 'school',
  child_may_read: 'yes',
  parent_may_read: 'yes',
}
/** Sends the form as a browser does: the fields, then the files. */
async function file(fields: Record<string, string>, files: readonly File[], child = ana, who = sam) {
  const url = `/children/${child}/documents/new`
  const page = (await who.get(url)).body
  const token = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const once = /name="_once" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const parts = Object.entries({ _csrf: token, _once: once, ...fields }).map(
    ([name, value]) => `--xyz\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const payload = Buffer.concat([
    ...parts.map((one) => Buffer.from(one)),
    ...files.flatMap(({ name, bytes }) => [
      Buffer.from(
        `--xyz\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n`,
      ),
      Buffer.from(bytes),
      Buffer.from('\r\n'),
    ]),
    Buffer.from('--xyz--\r\n'),
  ])
  return who.server.inject({
    method: 'POST',
    url,
    headers: {
      accept: 'text/html',
      cookie: [...who.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'content-type': 'multipart/form-data; boundary=xyz',
    },
    payload,
  })
}
const pdf = (words: string) => Buffer.from(`%PDF-1.4\n${words}\n%%EOF\n`)
const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows
interface Row {
  id: string
  person_id: string
  stored_id: string
  field_group: string
  title: string
  part_of_id: string | null
}
const kept = (title: string) =>
  rows(sql<Row>`select * from record.document where title = ${title} order by id`)
const filesIn = async (folder: string) => {
  const found: string[] = []
  for await (const { folder: within, name } of filesBelow(join(place, folder))) found.push(join(within, name))
  return found.sort()
}
const keyOf = (row: Row) =>
  join(place, 'keys', row.stored_id.slice(0, 2), `${row.stored_id}.${row.person_id}`)
const bytesOf = (row: Row) => join(place, 'bytes', row.stored_id.slice(0, 2), row.stored_id)
const at = (row: Row, more = '') => `/children/${row.person_id}/documents/${row.id}${more}`
const trail = (person: string) =>
  rows(sql<{ action: string; purpose: string }>`
    select t.payload ->> 'action' as action, t.payload ->> 'purpose' as purpose from audit.trail t
     where t.subject = ${person} order by t.payload ->> 'at', t.id`)

describe('filing', () => {
  test('a letter comes back byte for byte; neither store nor database holds a word of it in clear', async () => {
    const answer = await file(plain, [{ name: 'From school.pdf', bytes: pdf('Ana reads well') }])
    expect(answer.statusCode).toBe(303)
    const [row] = await kept('From school')
    expect(answer.headers.location).toBe(at(row!))
    const back = await sam.get(at(row!, '/download'))
    expect(back.rawPayload.equals(pdf('Ana reads well'))).toBe(true)
    expect(back.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'content-disposition': expect.stringMatching(/^attachment; filename="From school.pdf"/),
    })
    for (const one of [...(await filesIn('bytes')), ...(await filesIn('keys'))])
      expect((await readFile(one)).includes('reads well')).toBe(false)
    expect(await rows(sql`select kind from record.event where fact_id = ${row!.id}`)).toEqual([
      { kind: 'document-filed' },
    ])
    expect(mainWords((await sam.get(`/children/${ana}/chronology`)).body)).toContain(
      'Document filed: From school',
    )
  })

  test('the kind decides the field group', async () => {
    for (const [kind, group] of Object.entries({
      court: 'F34',
      health: 'F18',
      photograph: 'F31',
      education: 'F20',
      plan: 'F14',
      minutes: 'F14',
      report: 'F25',
    })) {
      expect((await file({ ...plain, kind }, [{ name: `a ${kind}.txt`, bytes: 'words' }])).statusCode).toBe(
        303,
      )
      expect((await kept(`a ${kind}`))[0]).toMatchObject({ field_group: group })
    }
  })

  test('about two children: a row and a key for each, the bytes once', async () => {
    const before = (await filesIn('bytes')).length
    const answer = await file({ ...plain, [`also[${ben}]`]: 'yes' }, [
      { name: 'Both one.txt', bytes: 'about both' },
      { name: 'Both two.txt', bytes: 'about both too' },
    ])
    expect(answer.headers.location).toBe(`/children/${ana}/documents`)
    const both = await kept('Both one')
    expect(both.map((one) => one.person_id).sort()).toEqual([ana, ben].sort())
    expect(new Set(both.map((one) => one.stored_id)).size).toBe(1)
    expect((await filesIn('bytes')).length).toBe(before + 2)
    for (const one of both) expect((await sam.get(at(one, '/download'))).body).toBe('about both')
    // One child's key is destroyed: the other's document lives.
    await rm(keyOf(both[0]!))
    expect((await sam.get(at(both[0]!, '/download'))).statusCode).toBe(503)
    expect((await sam.get(at(both[1]!, '/download'))).body).toBe('about both')
  })

  test.each([
    ['a page', 'x.html', '<script>', 'of a kind that cannot be filed'],
    ['a program called a letter', 'letter.pdf', Buffer.from('MZ\x90\0\x03\0\0\0'), 'not what the ending'],
    [
      'a picture called text',
      'x.txt',
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'not what the ending',
    ],
    ['nothing', 'x.txt', '', 'is empty'],
    ['too much', 'x.txt', Buffer.alloc(300_001, 'a'), 'is larger than'],
    ['what the scanner knows', 'x.txt', 'all is MALICE here', 'found Test.Malice-1'],
  ])('%s is refused in words, and nothing of the form is kept', async (_, name, bytes, words) => {
    const before = [await filesIn('bytes'), await filesIn('keys')]
    const answer = await file(plain, [
      { name: 'Good one.txt', bytes: 'good' },
      { name, bytes },
    ])
    expect(answer.statusCode).toBe(422)
    expect(mainWords(answer.body)).toContain(words)
    expect([await filesIn('bytes'), await filesIn('keys')]).toEqual(before)
    expect(await kept('Good one')).toEqual([])
  })

  test('without a file the form comes back with what was typed', async () => {
    const answer = await file({ ...plain, title: 'Typed before choosing' }, [])
    expect(answer.statusCode).toBe(422)
    expect(answer.body).toContain('value="Typed before choosing"')
  })

  test('what the scanner found is on the trail', async () => {
    expect((await trail(ana)).map(({ purpose }) => purpose)).toContain(
      'filing a document, refused by the scanner: Test.Malice-1',
    )
  })

  test('a scanner that is down lets nothing in, and says so', async () => {
    const gone = await standInClamd({ finds: 'x', named: 'x' })
    await gone.stop()
    const shut = await houseWith({ ...vault, scanner: clamdAt('127.0.0.1', gone.port) })
    const visitor = new Visitor(shut)
    for (const [name, value] of sam.cookies) visitor.cookies.set(name, value)
    const before = await filesIn('bytes')
    const answer = await file(plain, [{ name: 'Unseen.txt', bytes: 'words' }], ana, visitor)
    expect(answer.statusCode).toBe(422)
    expect(mainWords(answer.body)).toContain('scanner for viruses does not answer')
    expect(await filesIn('bytes')).toEqual(before)
    await shut.close()
  })

  test('an e-mail is filed as it is read, with what is attached as documents of their own', async () => {
    const email = [
      'From: Jo Head <head@school.example>',
      'To: sam@fellshire.example',
      'Subject: Attendance of Ana',
      'Date: Mon, 23 Nov 2026 09:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>She was <b>here</b> every day.</p><script>alert(1)</script>',
      '--b',
      'Content-Type: application/pdf; name="register.pdf"',
      'Content-Disposition: attachment; filename="register.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      pdf('the register').toString('base64'),
      '--b',
      'Content-Type: application/octet-stream',
      'Content-Disposition: attachment; filename="run.exe"',
      '',
      'MZ',
      '--b--',
      '',
    ].join('\r\n')
    const answer = await file({ ...plain, kind: 'e-mail' }, [{ name: 'mail.eml', bytes: email }])
    expect(answer.statusCode).toBe(303)
    const [row] = await kept('Attendance of Ana')
    expect(row).toMatchObject({ origin_words: 'Jo Head <head@school.example>', media_type: 'message/rfc822' })
    const page = await sam.get(at(row!))
    const words = mainWords(page.body)
    expect(words).toContain('She was here every day.')
    expect(words).toContain('register.pdf and run.exe')
    expect(page.body).not.toContain('alert(1)')
    const [part] = await kept('register.pdf')
    expect(part).toMatchObject({ part_of_id: row!.id })
    expect((await sam.get(at(part!, '/download'))).rawPayload.equals(pdf('the register'))).toBe(true)
    expect(await kept('run.exe')).toEqual([])
    expect((await sam.get(at(row!, '/download'))).body).toBe(email)
  })
})

describe('who may open it', () => {
  test('each download is a line of the trail that says which', async () => {
    const [row] = await kept('From school')
    const before = (await trail(ana)).filter(({ action }) => action === 'download').length
    await sam.get(at(row!, '/download'))
    await sam.get(at(row!, '/download'))
    const lines = (await trail(ana)).filter(({ action }) => action === 'download')
    expect(lines.length).toBe(before + 2)
    expect(lines.at(-1)!.purpose).toBe(`downloading document ${row!.id}`)
  })

  test('nobody without need to know; a court document only by whom the court’s group is open to', async () => {
    const [letter] = await kept('From school')
    const [court] = await kept('a court')
    for (const more of ['', '/download', '/look', '/wrong-record'])
      expect((await other.get(at(letter!, more))).statusCode).toBe(403)
    expect((await colleague.get(at(letter!, '/download'))).statusCode).toBe(200)
    expect((await colleague.get(at(court!, '/download'))).statusCode).toBe(404)
    const list = mainWords((await colleague.get(`/children/${ana}/documents`)).body)
    expect(list).toContain('From school')
    expect(list).not.toContain('a court')
    const refused = await file(
      { ...plain, kind: 'court' },
      [{ name: 'Not mine.txt', bytes: 'x' }],
      ana,
      colleague,
    )
    expect(mainWords(refused.body)).toContain('not file documents of this kind')
  })

  test('a document is reached from the record it stands on alone', async () => {
    const [letter] = await kept('From school')
    expect((await sam.get(`/children/${cal}/documents/${letter!.id}/download`)).statusCode).toBe(404)
  })

  test('only pictures and PDF are shown by themselves, with headers that let them be nothing else', async () => {
    const [text] = await kept('a report')
    expect((await sam.get(at(text!, '/look'))).statusCode).toBe(404)
    const [letter] = await kept('From school')
    const shown = await sam.get(at(letter!, '/look'))
    expect(shown.headers['content-disposition']).toMatch(/^inline/)
    expect(shown.headers['content-security-policy']).toContain("default-src 'none'")
    expect(shown.headers['x-content-type-options']).toBe('nosniff')
  })
})

describe('what is not as it was', () => {
  const fresh = async (title: string) => {
    await file(plain, [{ name: `${title}.txt`, bytes: `words of ${title}` }])
    return (await kept(title))[0]!
  }
  const said = async (row: Row) => {
    const [page, download] = [await sam.get(at(row)), await sam.get(at(row, '/download'))]
    expect(page.statusCode).toBe(200)
    expect(download.statusCode).toBe(503)
    expect(download.body).not.toContain(`words of`)
    return mainWords(page.body)
  }

  test('bytes that are gone, changed or exchanged are said plainly, on the page and at the download', async () => {
    const row = await fresh('Gone')
    await rm(bytesOf(row))
    expect(await said(row)).toContain('missing from the store of documents')
    const changed = await fresh('Changed')
    const bytes = await readFile(bytesOf(changed))
    bytes[20]! ^= 1
    await writeFile(bytesOf(changed), bytes)
    expect(await said(changed)).toContain('not the one that was filed')
    const one = await fresh('Swap 1')
    const two = await fresh('Swap 2')
    await cp(bytesOf(two), bytesOf(one))
    expect(await said(one)).toContain('not the one that was filed')
  })

  test('a key of somebody else, of another document, or changed does not open it; without one nobody does', async () => {
    const row = await fresh('Keyed')
    const another = await fresh('Another')
    const own = await readFile(keyOf(row))
    await cp(keyOf(another), keyOf(row))
    expect(await said(row)).toContain('Its key does not open')
    await writeFile(
      keyOf(row),
      own.map((byte, n) => (n === 20 ? byte ^ 1 : byte)),
    )
    expect(await said(row)).toContain('Its key does not open')
    await rm(keyOf(row))
    expect(await said(row)).toContain('nobody can open it')
    await writeFile(keyOf(row), own)
    expect((await sam.get(at(row, '/download'))).statusCode).toBe(200)
  })

  test('a new key of the server in front opens what the old one wrapped; alone it does not', async () => {
    const row = await fresh('Rotated')
    const of = { stored: row.stored_id, person: row.person_id }
    const settings = { folder: join(place, 'bytes'), keyFolder: join(place, 'keys') }
    const fresh1 = 'another key of the server, long enough to be one'
    const both = vaultWith({ ...settings, keys: [fresh1, 'a key of the server for tests only, long enough'] })
    expect(await both.keys.unwrap(of)).toBeInstanceOf(Buffer)
    expect(await vaultWith({ ...settings, keys: [fresh1] }).keys.unwrap(of)).toBe(false)
  })
})

describe('on the wrong record', () => {
  const move = (row: Row, body: Record<string, string>) =>
    sam.post(at(row, '/wrong-record'), body, { page: at(row, '/wrong-record') })
  const numberOf = async (person: string) =>
    (await rows(sql<{ reference: string }>`select reference from record.person where id = ${person}`))[0]!
      .reference

  test('it goes to the right one with what came inside it, its history and its key; the wrong one cannot open it again', async () => {
    const [row] = await kept('Attendance of Ana')
    await sql`update record.document set title = title || ' ' where id = ${row!.id}`.execute(db.owner)
    const oldKeys = [keyOf(row!), keyOf((await kept('register.pdf'))[0]!)]
    const wrong = await move(row!, { to: 'somebody', person: 'P-ZZZZZZ', reason: 'Wrong child' })
    expect(wrong.statusCode).toBe(422)
    const moved = await move(row!, { to: 'somebody', person: await numberOf(cal), reason: 'It is about Cal' })
    expect(moved.headers.location).toBe(`/children/${cal}/documents/${row!.id}`)
    expect(mainWords((await sam.get(moved.headers.location as string)).body)).toContain(
      'She was here every day.',
    )
    expect((await sam.get(at(row!))).statusCode).toBe(404)
    for (const table of ['record.document', 'history.document'])
      expect(
        await rows(sql`select distinct person_id from ${sql.table(table)} where id = ${row!.id}`),
      ).toEqual([{ person_id: cal }])
    for (const key of oldKeys) await expect(readFile(key)).rejects.toThrow()
    expect((await kept('register.pdf'))[0]!.person_id).toBe(cal)
    expect(mainWords((await sam.get(`/children/${ana}/chronology`)).body)).toContain('It is about Cal')
  })

  test('on a record that has the file already it is not moved, and that one keeps its key', async () => {
    const both = await kept('Both two')
    const [anas, bens] = [
      both.find((one) => one.person_id === ana)!,
      both.find((one) => one.person_id === ben)!,
    ]
    const answer = await move(anas, {
      to: 'somebody',
      person: await numberOf(ben),
      reason: 'It is about Ben',
    })
    expect(mainWords(answer.body)).toContain('It stands on that record already')
    expect((await sam.get(at(bens, '/download'))).statusCode).toBe(200)
  })

  test('filed in error, it leaves the record and its history knows; the other child’s stays', async () => {
    const both = await kept('Both two')
    const anas = both.find((one) => one.person_id === ana)!
    expect((await move(anas, { to: 'error', reason: 'Not about her' })).statusCode).toBe(303)
    expect((await kept('Both two')).map((one) => one.person_id)).toEqual([ben])
    expect(await rows(sql`select fact_table from record.taken_back where fact_id = ${anas.id}`)).toEqual([
      { fact_table: 'document' },
    ])
    expect((await rows(sql`select id from history.document where id = ${anas.id}`)).length).toBe(1)
  })
})

test('a check finds documents without bytes or key, and what no document needs; it removes only what is old', async () => {
  const check = (more = {}) => checkDocuments(db.jobs, vault, more)
  const later = { now: new Date(Date.now() + 25 * 60 * 60 * 1000) }
  await file(plain, [{ name: 'Whole.txt', bytes: 'whole' }])
  await file(plain, [{ name: 'Half.txt', bytes: 'half' }])
  const [whole] = await kept('Whole')
  const [half] = await kept('Half')
  await rm(bytesOf(half!))
  const stray = '00000000-0000-4000-8000-00000000000a'
  await vault.bytes.write(stray, [Buffer.from('x')] as never)
  await vault.keys.wrap({ stored: whole!.stored_id, person: ben }, Buffer.alloc(32))
  const now = await check()
  expect(now.gaps).toContainEqual(
    expect.objectContaining({ document: half!.id, person: ana, why: 'bytes-gone' }),
  )
  expect(now.gaps.map(({ document }) => document)).not.toContain(whole!.id)
  expect([now.leftBytes, now.leftKeys]).toEqual([[], []])
  const found = await check({ ...later, remove: true })
  expect(found.leftBytes).toEqual([stray])
  expect(found.leftKeys).toContainEqual({ stored: whole!.stored_id, person: ben })
  expect((await sam.get(at(whole!, '/download'))).body).toBe('whole')
  // What left the record and stands in its history alone keeps its bytes.
  expect((await check(later)).leftBytes).toEqual([])
})

test('the list is filtered by kind and by words', async () => {
  const list = async (query: string) => mainWords((await sam.get(`/children/${ana}/documents${query}`)).body)
  expect(await list('?kind=court')).toContain('a court')
  expect(await list('?kind=court')).not.toContain('a health')
  expect(await list('?words=health')).toContain('a health')
  expect(await list('?words=100%25')).toContain('No document fits')
})

test('only the scanner that was asked has seen files, and no half-written one is left', async () => {
  expect(clamd.seen()).toBeGreaterThan(10)
  expect((await readdir(place)).sort()).toEqual(['bytes', 'keys'])
  expect(
    [...(await filesIn('bytes')), ...(await filesIn('keys'))].filter((one) => one.endsWith('.part')),
  ).toEqual([])
})
