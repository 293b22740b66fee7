import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { casework } from '../casework/area.ts'
import { vaultWith } from '../casework/documents/services.ts'
import { people } from '../people/area.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aFamily, fact } from '../testing/factories.ts'
import { signedIn } from '../testing/signed-in.ts'
import { housed, mainWords, Visitor } from '../testing/visitor.ts'
import { buildServer } from '../web/server.ts'
import { frontDoor } from './area.ts'

let db: TestDatabase
let house: FastifyInstance
let manager: Visitor
let screener: Visitor
let administrator: Visitor
let folder: string
let token: string

beforeAll(async () => {
  db = await testDatabase()
  folder = await mkdtemp(join(tmpdir(), 'front-door-'))
  const documents = vaultWith({
    folder: join(folder, 'bytes'),
    keyFolder: join(folder, 'keys'),
    keys: ['a key for tests only, long enough to be one'],
  })
  house = await buildServer({ ...housed(db, { areas: [people, casework, frontDoor] }), documents })
  manager = new Visitor(house, await signedIn(db, { name: 'Moira Kent', roles: ['A-DUTY', 'A-TM'] }))
  screener = new Visitor(house, await signedIn(db, { name: 'Dev Malik', roles: ['A-DUTY'] }))
  administrator = new Visitor(house, await signedIn(db, { roles: ['A-ADM'] }))
})
afterAll(async () => {
  await house?.close()
  await db?.close()
  await rm(folder, { recursive: true, force: true })
})

const rows = async <T>(query: ReturnType<typeof sql<T>>) => (await query.execute(db.owner)).rows
const send = (body: unknown, { bearer = token, type = 'application/json' } = {}) =>
  house.inject({
    method: 'POST',
    url: '/api/notifications',
    headers: { authorization: `Bearer ${bearer}`, 'content-type': type, accept: 'application/json' },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })
const told = (more: Record<string, unknown> = {}) => ({
  people: [{ name: 'Ana Bell', born: '2016-04-03' }],
  what: 'Officers were called to the home. The children were upstairs.',
  ...more,
})

describe('the programming interface', () => {
  test('an administrator makes a sender; the token is shown once and only its digest kept', async () => {
    const made = await administrator.post('/administration/senders', {
      name: 'Fellshire Police',
      source: '6',
      perHour: '60',
    })
    token = /<code>([\w-]{30,})<\/code>/.exec(made.body)![1]!
    expect((await administrator.get('/administration/senders')).body).not.toContain(token)
    expect((await screener.get('/administration/senders')).statusCode).toBe(403)
    const [kept] = await rows<{ hash: Buffer }>(sql`select token_hash as hash from intake.sender`)
    expect(kept!.hash.toString('utf8')).not.toContain(token)
  })

  test('takes a notification, and refuses with the right status what it cannot take', async () => {
    expect((await send(told({ incident: 'FP/0' }))).statusCode).toBe(201)
    expect((await send(told(), { bearer: 'not-a-token-of-anybody-here' })).statusCode).toBe(401)
    expect((await send('what=hello', { type: 'application/x-www-form-urlencoded' })).statusCode).toBe(415)
    expect((await send('{"people":')).statusCode).toBe(400)
    const wrong = await send(told({ people: [{ nmae: 'Ana' }], extra: 1 }))
    expect(wrong.statusCode).toBe(422)
    expect(wrong.json().complaints.map(({ where }: { where: string }) => where)).toContain('people.0')
    expect((await send(told({ people: [{ as: 'mother', name: 'Only Mum' }] }))).statusCode).toBe(422)
    expect((await send({ ...told(), __proto__: null, constructor: 1 })).statusCode).toBe(422)
    expect((await send(told({ what: 'x'.repeat(200_000) }))).statusCode).toBe(413)
  })

  test('the same incident again is folded into the first: one row, everybody in it', async () => {
    const again = await send(
      told({
        incident: 'fp 0',
        people: [
          { name: 'Ana Bell', born: '2016-04-03' },
          { name: 'Ben Bell', born: '2018-01-01' },
        ],
        what: 'A second call.',
      }),
    )
    expect(again.json()).toMatchObject({ folded: true })
    const queue = await screener.get('/front-door/queue')
    expect(mainWords(queue.body)).toContain('came 2 times')
    // Not a name in the list: it is read one by one, and each reading is on the trail.
    expect(queue.body).not.toContain('Bell')
    const [one] = [...queue.body.matchAll(/\/front-door\/queue\/([0-9a-f-]{36})/g)].map(([, id]) => id!)
    const page = mainWords((await screener.get(`/front-door/queue/${one}`)).body)
    expect(page).toContain('Ben Bell')
    expect(page).toContain('A second call.')
    const trail = await rows(
      sql`select from audit.trail where payload ->> 'notification' = ${one!} and payload ->> 'purpose' = 'looking at a notification'`,
    )
    expect(trail).toHaveLength(1)
  })

  test('a sender that sends too much is told to wait; one that was ended is not known', async () => {
    await sql`update intake.sender set per_hour = 2`.execute(db.owner)
    expect((await send(told({ incident: 'FP/over' }))).statusCode).toBe(429)
    await sql`update intake.sender set per_hour = 500`.execute(db.owner)
  })
})

describe('fifty notifications', () => {
  test('are triaged with no name, date or word of theirs typed again', async () => {
    await sql`update intake.notification set state = 'set-aside', ended_at = now(), folded_into = null where state in ('waiting', 'folded')`.execute(
      db.owner,
    )
    const { children, mother } = await aFamily(db.owner, { surname: 'Larkspur', children: 2 })
    await fact(db.owner, 'contact', {
      person_id: children[0],
      contact_date: '2026-05-01',
      contact_source_code: '3B',
      contact_outcome: 'Advice given',
      decided_on: '2026-05-02',
    })
    const known = await Promise.all(
      [...Array(10).keys()].map((n) =>
        aChild(db.owner, { name: `Quill Ravenhall${'abcdefghij'[n]}`, born: `2015-03-${10 + n}` }),
      ),
    )
    for (let n = 0; n < 50; n += 1)
      expect(
        (
          await send(
            told({
              incident: `FP/26/${n}`,
              people:
                n === 0
                  ? [
                      { name: 'Rowan Larkspur', born: '2011-09-03' },
                      { as: 'mother', name: 'Maeve Larkspur', born: '1990-02-11' },
                    ]
                  : [
                      {
                        name: n <= 10 ? `Quill Ravenhall${'abcdefghij'[n - 1]}` : `Nova Brightwater${n}`,
                        born: n <= 10 ? `2015-03-${9 + n}` : '2019-06-01',
                      },
                    ],
            }),
          )
        ).statusCode,
      ).toBe(201)
    let at = (await manager.get('/front-door/queue')).body.match(/\/front-door\/queue\/[0-9a-f-]{36}/)![0]
    const posted: Record<string, string>[] = []
    let proposals = 0
    for (let n = 0; n < 50; n += 1) {
      const { body } = await manager.get(at)
      const choices: Record<string, string> = {
        decision: 'information-and-advice',
        reason: 'Police attended and the home was calm',
      }
      const shown = [...body.matchAll(/name="shown" value="([^"]+)"/g)].map(([, id]) => id!)
      for (const [, place] of body.matchAll(/id="who-(\d+)"/g)) {
        const proposed = new RegExp(
          `name="person\\[${place}\\]\\[is\\]" value="([0-9a-f-]{36})"[^>]*data-keys="${Number(place) + 1}"`,
        ).exec(body)?.[1]
        if (n <= 10 && proposed) proposals += 1
        choices[`person[${place}][is]`] = n <= 10 && proposed ? proposed : 'new'
      }
      if (n === 0) {
        const words = mainWords(body)
        expect(words).toContain('1 May 2026, contact from Health: health visitor: Advice given')
        expect(body).toContain(mother)
      }
      const token_ = /name="_csrf" value="([^"]+)"/.exec(body)![1]!
      const form = new URLSearchParams({ ...choices, _csrf: token_ })
      for (const id of shown) form.append('shown', id)
      posted.push(choices)
      const answer = await manager.server.inject({
        method: 'POST',
        url: at.split('?')[0]!,
        headers: {
          accept: 'text/html',
          cookie: [...manager.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: form.toString(),
      })
      expect(answer.statusCode, mainWords(answer.body)).toBe(303)
      at = String(answer.headers.location)
    }
    expect(at).toMatch(/^\/front-door\/queue\?back=/)
    expect(proposals).toBe(12)
    const typed = posted.flatMap((choices) => Object.values(choices)).join(' ')
    expect(typed).not.toMatch(
      /Larkspur|Ravenhall|Brightwater|\d{4}-\d{2}-\d{2}\b(?!-)|\d+\/\d+\/\d{4}|Officers/,
    )
    const [counted] = await rows<{ contacts: number; decided: number; left: number; kept: number }>(sql`
      select (select count(*)::int from record.contact where incident_reference like 'FP/26/%') as contacts,
             (select count(*)::int from record.contact where incident_reference like 'FP/26/%' and decision = 'information-and-advice') as decided,
             (select count(*)::int from intake.notification where state = 'waiting') as left,
             (select count(*)::int from intake.notification where state = 'filed' and told is not null) as kept`)
    expect(counted).toEqual({ contacts: 50, decided: 50, left: 0, kept: 0 })
    expect(await rows(sql`select from record.contact where person_id = any (${known})`)).toHaveLength(10)
  }, 180_000)

  test('what is refused is told before anything is filed; two cannot file the same; set aside is put back', async () => {
    await send(told({ incident: 'FP/x', people: [{ name: 'Wilf Oddbody', born: '2017-07-07' }] }))
    const at = (await screener.get('/front-door/queue')).body.match(/\/front-door\/queue\/[0-9a-f-]{36}/)![0]
    const undecided = await screener.post(at, { decision: 'no-further-action', reason: 'x' })
    expect(mainWords(undecided.body)).toContain('Say of each person who it is')
    const help = await manager.post(at, { 'person[0][is]': 'new', decision: 'early-help', reason: 'x' })
    expect(mainWords(help.body)).toContain('Early help goes on by agreement')
    expect(await rows(sql`select from record.contact where incident_reference = 'FP/x'`)).toEqual([])
    expect(
      (await screener.post(`${at}/set-aside`, { because: 'Not a child here' }, { page: at })).statusCode,
    ).toBe(303)
    expect((await manager.post(at, { 'person[0][is]': 'new' }, { page: at })).headers.location).toBe(
      '/front-door/queue',
    )
    expect((await screener.post(`${at}/put-back`, {}, { page: at })).statusCode).toBe(303)
    const proposed = await screener.post(at, {
      'person[0][is]': 'new',
      decision: 'no-further-action',
      reason: 'Nothing in it',
    })
    expect(proposed.statusCode, mainWords(proposed.body)).toBe(303)
    expect(
      await rows(
        sql`select contact_state, proposed_decision from record.contact where incident_reference = 'FP/x'`,
      ),
    ).toEqual([{ contact_state: 'screening', proposed_decision: 'no-further-action' }])
  })
})

describe('files', () => {
  const upload = async (
    visitor: Visitor,
    url: string,
    page: string,
    files: { name: string; bytes: string | Buffer }[],
    fields: Record<string, string> = {},
  ) => {
    const csrf = /name="_csrf" value="([^"]+)"/.exec((await visitor.get(page)).body)![1]!
    const form = new FormData()
    form.append('_csrf', csrf)
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    for (const { name, bytes } of files) form.append('file', new Blob([bytes as never]), name)
    const made = new Response(form)
    return visitor.server.inject({
      method: 'POST',
      url,
      headers: {
        accept: 'text/html',
        cookie: [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'content-type': made.headers.get('content-type')!,
      },
      payload: Buffer.from(await made.arrayBuffer()),
    })
  }

  test('an e-mail and a table are notifications; what is wrong is said with its row', async () => {
    const mail =
      'From: Control Room <control@police.example>\r\nSubject: Incident FP/mail\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n\r\nIncident: FP/mail\r\nChild: Ottilie Marsh, 3/4/2015, female\r\nMother: Jo Marsh\r\n\r\nNoise was reported.\r\n'
    const table =
      'incident,name,born,as,what\nT1,Pip Wold,1/2/2014,child,Seen out late\nT1,Kay Wold,,mother,\nT2,Bad Date,31/31/2014,child,x\n'
    const answer = await upload(
      screener,
      '/front-door/bring',
      '/front-door/bring',
      [
        { name: 'one.eml', bytes: mail },
        { name: 'two.csv', bytes: table },
      ],
      { source: '6' },
    )
    expect(answer.statusCode).toBe(422)
    expect(mainWords(answer.body)).toContain('two.csv: Row 4: ')
    const found = await rows<{
      incident: string
      people: number
      told: { people: { name: string; born?: string }[] }
    }>(
      sql`select incident, people, told from intake.notification where incident in ('FP/mail', 'T1') order by incident`,
    )
    expect(found.map(({ incident, people: many }) => [incident, many])).toEqual([
      ['FP/mail', 2],
      ['T1', 2],
    ])
    expect(found[0]!.told.people[0]).toEqual({
      as: 'child',
      name: 'Ottilie Marsh',
      born: '2015-04-03',
      sex: 'F',
    })
  })

  test('the public page: no account, no oracle, a link that says three things, and a file that lands on the child’s record', async () => {
    const outside = new Visitor(house)
    const typed = (name: string) => ({
      source: '2A',
      agency: 'Fell Lane Primary',
      name: 'P. Teach',
      reachedBy: '01632 960001',
      'person[0][as]': 'child',
      'person[0][name]': name,
      'person[0][born]': '3/9/2011',
      happened: 'today',
      what: 'She told me something that worries me.',
      safe: 'yes',
      consent: 'given',
      knows: 'yes',
      agreed: 'yes',
    })
    expect(mainWords((await outside.post('/refer', { ...typed('x'), agreed: '' })).body)).toContain(
      'Read this and tick it',
    )
    const known = await outside.post('/refer', typed('Rowan Larkspur'))
    const unknown = await outside.post('/refer', typed('Nobody Atall'))
    const page = async (answer: typeof known) =>
      mainWords((await outside.get(String(answer.headers.location))).body)
        .replace(/[0-9A-Z]{4}-[0-9A-Z]{4}/, '')
        .replace(/\d\d:\d\d/, '')
    expect(await page(known)).toBe(await page(unknown))
    expect(await page(unknown)).toContain('It is waiting to be looked at')
    const link = String(unknown.headers.location)
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
    expect(
      (await upload(outside, `${link}/file`, link, [{ name: 'note.pdf', bytes: pdf }])).headers.location,
    ).toContain('sent=yes')
    expect(
      (await upload(outside, `${link}/file`, link, [{ name: 'run.exe', bytes: 'MZ' }])).headers.location,
    ).toContain('refused=yes')
    expect((await outside.get('/refer/some-other-token-that-is-none')).statusCode).toBe(404)
    // Without the page's token nothing is taken.
    const before = await rows(sql`select from intake.notification`)
    expect((await outside.send('POST', '/refer', typed('x'))).statusCode).toBeGreaterThanOrEqual(400)
    expect(await rows(sql`select from intake.notification`)).toHaveLength(before.length)

    const [one] = await rows<{ id: string }>(
      sql`select id from intake.notification where channel = 'web' order by id desc limit 1`,
    )
    const at = `/front-door/queue/${one!.id}`
    const filed = await manager.post(at, {
      'person[0][is]': 'new',
      decision: 'no-further-action',
      reason: 'Known to the school, in hand',
    })
    expect(filed.statusCode, mainWords(filed.body)).toBe(303)
    expect(await page(unknown)).toContain('It is decided.')
    const [document] = await rows<{ person_id: string; stored_id: string; file_name: string }>(
      sql`select person_id, stored_id, file_name from record.document`,
    )
    expect(document!.file_name).toBe('note.pdf')
    const read = await manager.get(`/children/${document!.person_id}/documents`)
    expect(mainWords(read.body)).toContain('note.pdf')
    await sql`update intake.notification set tracking_until = now() - interval '1 day' where tracking_hash is not null`.execute(
      db.owner,
    )
    expect((await outside.get(link)).statusCode).toBe(404)
  })

  test('nobody but the front door reads the queue, and the database does not show its words to the application', async () => {
    const worker = new Visitor(house, await signedIn(db, { roles: ['A-SW'] }))
    expect((await worker.get('/front-door/queue')).statusCode).toBe(403)
    await expect(sql`select told from intake.notification`.execute(db.app)).rejects.toThrow(
      /permission denied/,
    )
  })
})
