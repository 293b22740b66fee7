import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { openRecord } from '../access/opening.ts'
import { writing } from '../access/reading.ts'
import { countWaiting } from '../casework/count-dues.ts'
import { fileNotes } from '../casework/notes-store.ts'
import { declareSigned } from '../casework/sign-off/kinds.ts'
import { decide, submitForSignature } from '../casework/sign-off/store.ts'
import { eventKinds } from '../events/kinds.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild, aChildProtectionPlan, anEpisodeOfNeed, fact } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, relate, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { areas as every } from '../web/areas.ts'
import type { Session } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { makeDigests } from './mail-store.ts'
import { sendMail } from './tasks.ts'

const areas = every.filter(({ name }) => name !== 'access')
const today = dayOf(new Date())
const log = { info() {}, error() {} }

let db: TestDatabase
let house: Awaited<ReturnType<typeof aHouse>>
let sam: Session
let priya: Session
let greta: Session
let max: Session
let rowan: string
let ash: string
let hidden: string
let post: { server: SMTPServer; messages: string[]; refuse: string | undefined }

const visitor = (session: Session) => new Visitor(house, session)
const words = async (session: Session, path = '/for-you') =>
  mainWords((await visitor(session).get(path)).body)

/** Sam sees these children and writes it up: an event that a team’s manager and worker may hear of. */
async function aVisit(by: Session, children: string[]) {
  for (const child of children) await openRecord(db.app, by, child, { purpose: 'a test', action: 'write' })
  await writing(db.app, by, (trx) =>
    fileNotes(
      trx,
      by.account.id,
      children.map((child) => ({
        child,
        kind: 'visit',
        day: today,
        at: '09:00',
        place: 'home',
        placeWords: undefined,
        significant: false,
        significantWords: undefined,
        paragraphs: [],
        visit: {
          kind: 'child-protection',
          seen: false,
          alone: undefined,
          bedroom: null,
          because: 'nobody-in',
        },
        present: [],
        presentWords: undefined,
      })) as never,
    ),
  )
}

/** A mail server of its own on a real socket; strict: one sender, no message without a recipient. */
async function aMailServer() {
  const messages: string[] = []
  const kept = {
    messages,
    refuse: undefined as string | undefined,
    server: undefined as unknown as SMTPServer,
  }
  kept.server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(_address, _session, done) {
      if (!kept.refuse) return done()
      done(Object.assign(new Error(kept.refuse), { responseCode: Number(kept.refuse.slice(0, 3)) }))
    },
    onData(stream, _session, done) {
      let text = ''
      stream.on('data', (part: Buffer) => {
        text += part.toString()
      })
      stream.on('end', () => {
        messages.push(text)
        done()
      })
    },
  })
  await new Promise<void>((listening) => kept.server.listen(0, '127.0.0.1', listening))
  return kept
}

beforeAll(async () => {
  post = await aMailServer()
  db = await testDatabase()
  house = await aHouse(db, { areas })
  const east = await aTeam(db)
  sam = await signedIn(db, { name: 'Sam Okoro', roles: ['A-SW'], teams: [east], email: 'sam@fellshire.test' })
  priya = await signedIn(db, { name: 'Priya Shah', roles: ['A-TM'], teams: [east] })
  greta = await signedIn(db, { name: 'Greta Osei', roles: ['A-TM'], teams: [await aTeam(db)] })
  max = await signedIn(db, { name: 'Max Hollis', roles: ['A-ADM'] })
  rowan = await aChild(db.owner, { forename: 'Rowan', surname: 'Thwaite' })
  ash = await aChild(db.owner, { forename: 'Ash', surname: 'Thwaite' })
  hidden = await aChild(db.owner, { forename: 'Hidden', surname: 'Child' })
  for (const child of [rowan, ash, hidden]) {
    await involve(db, child, { account: sam.account.id, team: east })
    await anEpisodeOfNeed(db.owner, child, { from: '2026-01-05' })
    await aChildProtectionPlan(db.owner, child, { from: '2026-02-02' })
  }
  await relate(db, rowan, ash, 'sibling')
  await countWaiting.run(undefined, { db: db.jobs, read: db.jobs, log, signal: undefined })
})
afterAll(async () => {
  await db?.close()
  await new Promise<void>((closed) => post.server.close(closed))
})
afterEach(() => vi.unstubAllEnvs())

describe('for you', () => {
  test('the database hears of exactly what the list of kinds says', async () => {
    const { rows } = await sql<{
      kind: string
      hearer: string
    }>`select kind, hearer from foundation.hearing`.execute(db.owner)
    const said = eventKinds.flatMap(({ kind, hears }) => hears.map((hearer) => ({ kind, hearer })))
    expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
      new Set(said.map((row) => JSON.stringify(row))),
    )
  })

  test('what somebody else did on my children is told at once, sisters and brothers on one line; what I did is not', async () => {
    await aVisit(priya, [rowan, ash])
    const page = await words(sam)
    expect(page).toMatch(
      /(Rowan Thwaite and Ash Thwaite|Ash Thwaite and Rowan Thwaite) ?: A visit was tried; not seen/,
    )
    expect(await words(priya)).toContain('Nothing new')
    expect(await words(greta)).toContain('Nothing new')
    expect((await visitor(sam).get('/my-work')).body).toMatch(/For you <span class="bar__count">2/)
  })

  test('is read by whoever it is for, line by line', async () => {
    const ids = [...(await visitor(sam).get('/for-you')).body.matchAll(/name="line" value="([^"]+)"/g)].map(
      ([, id]) => id!,
    )
    expect(ids).toHaveLength(2)
    await visitor(greta).post('/for-you/read', { line: ids[0]! }, { page: '/for-you/reminders' })
    expect(await words(sam)).toContain('Happened')
    await visitor(sam).post('/for-you/read-all', {}, { page: '/for-you' })
    expect(await words(sam)).toContain('Nothing new')
    expect(await words(sam)).toContain('A visit was tried; not seen')
  })

  test('nobody is told of a record they may not open, and nothing that background work brings', async () => {
    await aVisit(priya, [hidden])
    await restricted(db, hidden, 2)
    expect(await words(sam)).not.toContain('Hidden')
    const count = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from access.notice`.execute(db.owner)).rows[0]!.n
    const before = await count()
    await sql`insert into record.visit (person_id, kind, visit_date, seen) values (${rowan}, 'other', ${today}, true)`.execute(
      db.owner,
    )
    expect(await count()).toBe(before)
  })
})

describe('signatures', () => {
  test('what is submitted waits for whoever may sign, and is read once it was decided; the author hears what became of it', async () => {
    const kind = 'told-plan'
    declareSigned({
      kind,
      groups: ['F25'],
      href: ({ person }) => `/children/${person}`,
      follows: [],
      content: async () => [],
    })
    await sql`call foundation.signs('told-plan', 'Plan', 'record.case_note', 'F25', '{A-TM}', '{}', '{}')`.execute(
      db.owner,
    )
    const of = [
      {
        person: rowan,
        fact: await fact(db.owner, 'case_note', { person_id: rowan, kind: 'meeting', note_date: today }),
      },
    ]
    const as = async (session: Session, work: Parameters<typeof writing>[2]) => {
      await openRecord(db.app, session, rowan, {
        purpose: 'a test',
        groups: ['F01', 'F25', 'F26'],
        action: 'write',
      })
      await writing(db.app, session, work)
    }
    await as(sam, (trx) => submitForSignature(trx, kind, { of }))
    expect(await words(priya)).toMatch(/Sam Okoro asks you to sign work on ?Rowan Thwaite/)
    expect(await words(greta)).not.toContain('sign')
    const decision = { of, words: 'Say what the child wants', account: priya.account.id, now: new Date() }
    await as(priya, (trx) => decide(trx, kind, 'returned', decision))
    expect(await words(sam)).toContain('sent back your work on')
    const { rows } =
      await sql`select from access.notice where kind = 'sign-asked' and read_at is null`.execute(db.owner)
    expect(rows).toEqual([])
  })
})

describe('the one e-mail a day', () => {
  const send = () => sendMail.run(undefined, { db: db.jobs, read: db.jobs, log, signal: undefined })
  const configured = () => {
    vi.stubEnv('CAIRN_SMTP_URL', `smtp://127.0.0.1:${(post.server.server.address() as AddressInfo).port}`)
    vi.stubEnv('CAIRN_MAIL_FROM', 'cairn@fellshire.test')
    vi.stubEnv('CAIRN_PUBLIC_URL', 'https://cairn.fellshire.test')
  }
  const at = (hour: string, day = '2026-11-25') => new Date(`${day}T${hour}:02:00Z`)
  const mails = async () =>
    (
      await sql<{ sent: boolean; over: boolean; answer: string | null }>`
      select sent_at is not null as sent, given_up_at is not null as over, answer from team.mail order by id`.execute(
        db.owner,
      )
    ).rows

  test('comes to nobody who did not choose it, not before the hour they chose, and not where there is nothing', async () => {
    expect(await makeDigests(db.jobs, at('20'))).toBe(0)
    await visitor(sam).post('/for-you/reminders/e-mail', { hour: '8' }, { page: '/for-you/reminders' })
    await visitor(max).post('/for-you/reminders/e-mail', { hour: '8' }, { page: '/for-you/reminders' })
    await aVisit(priya, [rowan, ash])
    expect(await makeDigests(db.jobs, at('07'))).toBe(0)
  })

  test('waits while there is no mail server, which the administrator’s page says', async () => {
    expect(await makeDigests(db.jobs, at('08'))).toBe(1)
    await send()
    expect(await mails()).toEqual([{ sent: false, over: false, answer: null }])
    const page = await words(max, '/administration/mail')
    expect(page).toContain('No mail server is named')
    expect(page).toContain('Sam Okoro')
    expect((await visitor(sam).get('/administration/mail')).statusCode).toBe(403)
  })

  test('is sent once that day with figures and no name, no reference, no word of a record', async () => {
    configured()
    await send()
    await send()
    expect(await makeDigests(db.jobs, at('09'))).toBe(0)
    expect(post.messages).toHaveLength(1)
    const [message] = post.messages
    expect(message).toContain('To: Sam Okoro <sam@fellshire.test>')
    expect(message).toMatch(/\d things? waits? for you|things wait for you/)
    expect(message).toContain('https://cairn.fellshire.test')
    const { rows } = await sql<{ reference: string }>`select reference from record.index_card`.execute(
      db.owner,
    )
    for (const secret of [
      'Rowan',
      'Ash',
      'Thwaite',
      'Hidden',
      'visit',
      ...rows.map(({ reference }) => reference),
    ])
      expect(message).not.toContain(secret)
    expect((await mails())[0]).toMatchObject({ sent: true })
  })

  test('refused for good it says so in the server’s words, and an administrator tries again; refused for now it is tried again', async () => {
    configured()
    await visitor(max).post('/administration/mail/try', {}, { page: '/administration/mail' })
    post.refuse = '550 No such person here'
    await send()
    const page = await words(max, '/administration/mail')
    expect(page).toContain('Refused or given up')
    expect(page).toContain('No such person here')
    const again = /action="(\/administration\/mail\/[^"]+\/again)"/.exec(
      (await visitor(max).get('/administration/mail')).body,
    )![1]!
    expect((await visitor(sam).post(again, {}, { page: '/for-you/reminders' })).statusCode).toBe(403)
    await visitor(max).post(again, {}, { page: '/administration/mail' })
    post.refuse = '451 Come again later'
    await send()
    expect((await mails()).at(-1)).toMatchObject({
      sent: false,
      over: false,
      answer: expect.stringContaining('Come again later'),
    })
    post.refuse = undefined
    await sql`update team.mail set next_at = now()`.execute(db.owner)
    await send()
    expect((await mails()).at(-1)).toMatchObject({ sent: true })
  })

  test('one that could not be sent for a day is not sent the next: only the newest is', async () => {
    const later = new Date(Date.now() + 86_400_000)
    const day = dayOf(later)
    await sql`delete from team.mail`.execute(db.owner)
    await sql`update team.digest set last_on = null`.execute(db.owner)
    expect(await makeDigests(db.jobs, at('09', today))).toBe(1)
    expect(await makeDigests(db.jobs, at('09', day))).toBe(1)
    expect((await mails()).map(({ over }) => over)).toEqual([true, false])
  })
})

describe('the calendar', () => {
  const address = (body: string) => /feed-address">([^<]+)</.exec(body)?.[1]
  const feed = (path: string) => house.inject({ method: 'GET', url: new URL(path).pathname })

  test('is made by its owner, shown once, and says reference and initials and never a name or an address', async () => {
    const made = await visitor(sam).post('/for-you/reminders/calendar', {}, { page: '/for-you/reminders' })
    const path = address(made.body)!
    expect(address((await visitor(sam).get('/for-you/reminders')).body)).toBeUndefined()
    const { statusCode, headers, body } = await feed(path)
    expect(statusCode).toBe(200)
    expect(headers['content-type']).toContain('text/calendar')
    const folded = body.replace(/\r\n[ \t]/g, '')
    expect(folded).toContain('BEGIN:VCALENDAR')
    expect(folded).toMatch(/SUMMARY:.*R\. T\. /)
    for (const name of ['Rowan', 'Ash', 'Thwaite', 'Hidden', 'H. C.', 'LOCATION', 'GEO', 'ATTENDEE'])
      expect(folded).not.toContain(name)
    const { rows } = await sql<{ shown: string[] }>`
      select shown from audit.trail where payload ->> 'action' = 'calendar feed' order by at desc limit 1`.execute(
      db.owner,
    )
    expect(rows[0]!.shown.toSorted()).toEqual([rowan, ash].toSorted())
  })

  test('a new address ends the old, ending ends it, and a secret that is none opens nothing', async () => {
    const make = async () =>
      address(
        (await visitor(sam).post('/for-you/reminders/calendar', {}, { page: '/for-you/reminders' })).body,
      )!
    const first = await make()
    const second = await make()
    expect((await feed(first)).statusCode).toBe(404)
    expect((await feed(second)).statusCode).toBe(200)
    await visitor(sam).post('/for-you/reminders/calendar/end', {}, { page: '/for-you/reminders' })
    expect((await feed(second)).statusCode).toBe(404)
    const { rows } = await sql<{ kept: boolean }>`
      select exists (select from access.calendar_feed where encode(secret_hash, 'escape') = ${second.split('/').at(-1)!}) as kept`.execute(
      db.owner,
    )
    expect(rows[0]!.kept).toBe(false)
  })

  test('ends with the account, and is asked for so often and no more', async () => {
    const path = address(
      (await visitor(priya).post('/for-you/reminders/calendar', {}, { page: '/for-you/reminders' })).body,
    )!
    await sql`update access.account set active_to = current_date - 1 where id = ${priya.account.id}`.execute(
      db.owner,
    )
    expect((await feed(path)).statusCode).toBe(404)
    const answers = []
    for (let n = 0; n < 20; n += 1) answers.push((await feed(path)).statusCode)
    expect(answers.at(-1)).toBe(429)
  })
})
