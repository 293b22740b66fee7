import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild } from '../testing/factories.ts'
import { aTeam, signedIn } from '../testing/signed-in.ts'
import { involve, restricted } from '../testing/ties.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import type { Area } from '../web/area.ts'
import { definePaths } from '../web/paths.ts'
import type { Session } from '../web/session.ts'
import { openOrRefuse } from './open-or-refuse.ts'
import { hashPassword } from './password.ts'

let db: TestDatabase
let app: FastifyInstance

/** Stands for the pages of people: a record that opens, or says why not. */
const recordPaths = definePaths({ record: '/children/:person', note: '/children/:person/note' })
const record: Area = {
  name: 'record',
  paths: recordPaths,
  pages: async (server) => {
    for (const [path, action] of [
      [recordPaths.record, 'view'],
      [recordPaths.note, 'write'],
    ] as const) {
      server.get(path.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
        const { person } = path.read(request)
        const opened = await openOrRefuse(request, reply, person, { purpose: 'a test', action })
        if (!opened) return reply
        const more = opened.mayOpenMore ? ', more for a reason' : ''
        return reply.send(`opened by ${opened.rule} at ${opened.level}${more}`)
      })
    }
  },
}

beforeAll(async () => {
  db = await testDatabase()
  app = await aHouse(db, { areas: [record] })
})
afterAll(async () => {
  await app?.close()
  await db?.close()
})

const password = 'three plain words'
/** Somebody who has just proven who they are, and could again with the password alone. */
async function worker(
  roles: string[],
  teams: string[] = [],
): Promise<{ session: Session; visitor: Visitor }> {
  const session = await signedIn(db, { name: `${roles.join(' ')} worker`, roles, teams })
  return { session, visitor: new Visitor(app, session) }
}

const lastLine = async (session: Session, action: string) =>
  (
    await sql<{ payload: Record<string, unknown> }>`
      select payload from audit.trail where actor = ${session.account.id} and payload ->> 'action' = ${action} order by id desc limit 1`.execute(
      db.owner,
    )
  ).rows[0]?.payload

describe('a record that does not open', () => {
  test('says that it is for those who work with the child, and offers emergency access', async () => {
    const child = await aChild(db.owner)
    const { visitor } = await worker(['A-SW'])
    const answer = await visitor.get(`/children/${child}`)
    expect(answer.statusCode).toBe(403)
    expect(mainWords(answer.body)).toMatch(/You do not work with this person.*Ask for emergency access/)
    expect(answer.body).toContain(`/children/${child}/emergency-access?then=%2Fchildren%2F${child}`)
  })

  test('offers none to whom it would not be given', async () => {
    const child = await aChild(db.owner)
    const { visitor } = await worker(['A-FIN'])
    const answer = await visitor.get(`/children/${child}/note`)
    expect(answer.statusCode).toBe(403)
    expect(answer.body).not.toContain('emergency-access?')
  })

  test('who is not there and who must not be known are one page', async () => {
    const hidden = await aChild(db.owner)
    await restricted(db, hidden, 4)
    const sealed = await aChild(db.owner)
    await restricted(db, sealed, 3)
    const { visitor } = await worker(['A-SW'])
    const pages = []
    for (const id of [hidden, sealed, crypto.randomUUID(), 'no-id-at-all']) {
      const answer = await visitor.get(`/children/${id}`)
      pages.push(
        `${answer.statusCode} ${answer.body
          .replace(/class="reference">[^<]+/, '')
          .replace(/nonce="[^"]+"/g, '')
          .replaceAll(id, 'the id')
          .replace(/_csrf" value="[^"]+/g, '')}`,
      )
    }
    expect(new Set(pages).size).toBe(1)
    expect(pages[0]).toMatch(/^404/)
  })

  test('a restricted one is hinted at only where people must be matched', async () => {
    const child = await aChild(db.owner)
    await restricted(db, child, 2)
    const [duty, social] = [await worker(['A-DUTY']), await worker(['A-SW'])]
    expect((await duty.visitor.get(`/children/${child}`)).body).toContain('A restricted record may exist')
    expect((await social.visitor.get(`/children/${child}`)).statusCode).toBe(404)
  })
})

describe('saying why', () => {
  test('opens a record for a role whose work may be about any child; the trail keeps the words', async () => {
    const child = await aChild(db.owner)
    const { session, visitor } = await worker(['A-CG'])
    const asked = await visitor.get(`/children/${child}`)
    expect(mainWords(asked.body)).toContain('Say why first')
    const nothing = await visitor.post(
      `/children/${child}/say-why?then=%2Fchildren%2F${child}`,
      { words: '' },
      { page: `/children/${child}/say-why` },
    )
    expect([nothing.statusCode, nothing.body.includes('Choose why')]).toEqual([422, true])
    const answer = await visitor.post(
      `/children/${child}/say-why?then=%2Fchildren%2F${child}`,
      { common: 'A complaint, a request or an incident', words: 'complaint 12' },
      { page: `/children/${child}/say-why` },
    )
    expect(answer.headers.location).toBe(`/children/${child}`)
    expect((await visitor.get(`/children/${child}`)).body).toBe('opened by reason at full')
    expect(await lastLine(session, 'view')).toMatchObject({
      reason: 'A complaint, a request or an incident: complaint 12',
      correlation: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/),
      client: expect.stringContaining('127.0.0.1'),
    })
    // For this child, in this session.
    expect((await visitor.get(`/children/${await aChild(db.owner)}`)).statusCode).toBe(403)
    const other = await worker(['A-CG'])
    other.visitor.cookies.set('reasons', visitor.cookies.get('reasons')!)
    expect((await other.visitor.get(`/children/${child}`)).statusCode).toBe(403)
  })
})

describe('emergency duty', () => {
  test('reads a summary of any child, and one tap opens the whole', async () => {
    const child = await aChild(db.owner)
    const { visitor } = await worker(['A-EDT'])
    expect((await visitor.get(`/children/${child}`)).body).toBe(
      'opened by any-child at summary, more for a reason',
    )
    await visitor.post(
      `/children/${child}/say-why`,
      { common: 'Somebody has called about this child' },
      { page: `/children/${child}/say-why` },
    )
    expect((await visitor.get(`/children/${child}`)).body).toBe('opened by any-child at full')
  })
})

describe('emergency access', () => {
  const asked = {
    reason: 'immediate-safety',
    words: 'A neighbour has called, shouting in the house',
    hours: '4',
  }

  async function emergency() {
    const team = await aTeam(db)
    const [own, manager, stranger] = [
      await worker(['A-SW'], [team]),
      await worker(['A-TM'], [team]),
      await worker(['A-SW'], [await aTeam(db)]),
    ]
    const child = await aChild(db.owner)
    await involve(db, child, { account: own.session.account.id })
    await involve(db, child, { team })
    return { own, manager, stranger, child }
  }

  test('opens for reading, tells worker and manager at once, and writing is one more step', async () => {
    const { own, manager, stranger, child } = await emergency()
    const address = `/children/${child}/emergency-access?then=%2Fchildren%2F${child}`
    const short = await stranger.visitor.post(address, { ...asked, words: 'because' })
    expect([short.statusCode, short.body.includes('20 letters or more')]).toEqual([422, true])
    const answer = await stranger.visitor.post(address, asked)
    expect([answer.statusCode, answer.headers.location]).toEqual([303, `/children/${child}`])
    expect((await stranger.visitor.get(`/children/${child}`)).body).toBe('opened by break-glass at full')

    for (const told of [own, manager]) {
      const page = await told.visitor.get('/notices')
      expect(mainWords(page.body)).toMatch(
        /A-SW worker opened this record in an emergency: \w+ \w+ A child may be in danger now: ‘A neighbour has called/,
      )
      expect(page.body).toContain('bar__count">1')
    }

    const wall = await stranger.visitor.get(`/children/${child}/note`)
    expect(mainWords(wall.body)).toContain('You are reading in an emergency')
    const step = /href="(\/emergency-access\/[^"]+\/write\?[^"]+)"/
      .exec(wall.body)![1]!
      .replace(/&amp;/g, '&')
    const written = await stranger.visitor.post(step, { words: 'No worker can be reached before midnight' })
    expect(written.headers.location).toBe(`/children/${child}/note`)
    expect((await stranger.visitor.get(`/children/${child}/note`)).body).toBe('opened by break-glass at full')

    const mine = await stranger.visitor.get('/emergency-access')
    const end = /action="(\/emergency-access\/[^"]+\/end)"/.exec(mine.body)![1]!
    await stranger.visitor.post(end, {}, { page: '/emergency-access' })
    expect((await stranger.visitor.get(`/children/${child}`)).statusCode).toBe(403)
  })

  test('is looked at by the manager, never by the user (T13); the user reads what was found', async () => {
    const { own, manager, stranger, child } = await emergency()
    await stranger.visitor.post(`/children/${child}/emergency-access`, asked)
    const list = await manager.visitor.get('/emergency-access')
    const review = /href="(\/emergency-access\/[^"]+\/review)"/.exec(list.body)![1]!
    const form = { outcome: 'learning', words: 'Right to look; ring the duty manager next time' }
    for (const { visitor } of [stranger, own]) expect((await visitor.get(review)).statusCode).toBe(403)
    const both = await signedIn(db, { roles: ['A-SW', 'A-TM'] })
    await sql`update access.session set account_id = ${stranger.session.account.id} where id = ${both.id}`.execute(
      db.owner,
    )
    await sql`insert into access.account_role (account_id, role) values (${stranger.session.account.id}, 'A-TM')`.execute(
      db.owner,
    )
    const self = await new Visitor(app, both).post(review, form)
    expect(self.statusCode).toBe(403)
    const filed = await manager.visitor.post(review, form)
    expect(filed.headers.location).toBe('/emergency-access')
    expect(mainWords((await manager.visitor.get('/emergency-access')).body)).toContain('Nothing to look at')
    expect(mainWords((await stranger.visitor.get('/emergency-access')).body)).toContain(
      'ring the duty manager',
    )
    expect(mainWords((await stranger.visitor.get('/notices')).body)).toContain(
      'has looked at your emergency access',
    )
  })

  test('asks again who sits there when that was a while ago', async () => {
    const { stranger, child } = await emergency()
    const { account } = stranger.session
    await sql`update access.session set reauthenticated_at = now() - interval '1 hour' where account_id = ${account.id}`.execute(
      db.owner,
    )
    await sql`update access.account set password_hash = ${await hashPassword(password)} where id = ${account.id}`.execute(
      db.owner,
    )
    await sql`select access.show_in_demonstration(${account.id}, 'for a test', 1)`.execute(db.jobs)
    const demonstration = await aHouse(db, { areas: [record], config: { demonstration: true } })
    const visitor = new Visitor(demonstration, stranger.session)
    const address = `/children/${child}/emergency-access`
    expect((await visitor.get(address)).body).toContain('name="password"')
    const without = await visitor.post(address, asked)
    expect([without.statusCode, without.body.includes('Write your password')]).toEqual([422, true])
    expect(without.body).toContain('A neighbour has called')
    expect((await visitor.post(address, { ...asked, password: 'not it, not it' })).statusCode).toBe(422)
    expect((await visitor.post(address, { ...asked, password })).statusCode).toBe(303)
    await demonstration.close()
  })

  test('is refused to whom it is not given, whatever they send', async () => {
    const { child } = await emergency()
    const { visitor } = await worker(['A-FIN'])
    const answer = await visitor.post(`/children/${child}/emergency-access`, asked)
    expect(answer.statusCode).toBe(403)
    expect((await visitor.get(`/children/${child}/note`)).statusCode).toBe(403)
  })
})

describe('colleagues let in', () => {
  test('for a joint visit: by the child’s worker, not by oneself, for two weeks at most, until it is ended', async () => {
    const [own, visiting] = [await worker(['A-SW']), await worker(['A-SW'])]
    const child = await aChild(db.owner)
    await involve(db, child, { account: own.session.account.id })
    const address = `/children/${child}/colleagues`
    const tie = {
      colleague: visiting.session.account.id,
      kind: 'joint-visit',
      from: 'today',
      to: 'tomorrow',
      why: 'a visit together',
    }
    expect((await visiting.visitor.get(address)).statusCode).toBe(403)
    const alone = await own.visitor.post(address, { ...tie, colleague: own.session.account.id })
    expect([alone.statusCode, alone.body.includes('somebody else lets you in')]).toEqual([422, true])
    const long = await own.visitor.post(address, { ...tie, to: '31/12/2099' })
    expect([long.statusCode, long.body.includes('two weeks for a joint visit')]).toEqual([422, true])
    expect((await own.visitor.post(address, tie)).statusCode).toBe(303)
    expect((await visiting.visitor.get(`/children/${child}`)).body).toBe('opened by joint-visit at summary')
    // Who was let in lets nobody else in.
    const other = await worker(['A-SW'])
    const passedOn = await visiting.visitor.post(address, { ...tie, colleague: other.session.account.id })
    expect(passedOn.body).toContain('Only the child’s own worker')
    const end = /action="([^"]+\/end)"/.exec((await own.visitor.get(address)).body)![1]!
    await own.visitor.post(end, {}, { page: address })
    expect((await visiting.visitor.get(`/children/${child}`)).statusCode).toBe(403)
  })

  test('cover: agreed by whoever is away, never by whoever covers; and ended', async () => {
    const [away, covers] = [await worker(['A-SW']), await worker(['A-SW'])]
    const child = await aChild(db.owner)
    await involve(db, child, { account: away.session.account.id })
    const cover = {
      for: away.session.account.id,
      by: covers.session.account.id,
      from: 'today',
      to: 'tomorrow',
    }
    const self = await covers.visitor.post('/cover', cover)
    expect([self.statusCode, self.body.includes('Nobody agrees that they cover themselves')]).toEqual([
      422,
      true,
    ])
    const other = await worker(['A-SW'])
    const stranger = await other.visitor.post('/cover', cover)
    expect(stranger.body).toContain('You agree cover for yourself, or for those you manage')
    expect((await away.visitor.post('/cover', cover)).statusCode).toBe(303)
    expect((await covers.visitor.get(`/children/${child}`)).body).toBe('opened by cover at full')
    const end = /action="([^"]+\/end)"/.exec((await away.visitor.get('/cover')).body)![1]!
    await away.visitor.post(end, {}, { page: '/cover' })
    expect((await covers.visitor.get(`/children/${child}`)).statusCode).toBe(403)
  })
})

describe('‘I know this family’', () => {
  test('closes the record at once, in an emergency too (T14), until somebody above has decided', async () => {
    const team = await aTeam(db)
    const [own, manager] = [await worker(['A-SW'], [team]), await worker(['A-TM'], [team])]
    const child = await aChild(db.owner)
    await involve(db, child, { account: own.session.account.id })
    expect((await own.visitor.get(`/children/${child}`)).body).toContain('opened by allocated')
    const said = await own.visitor.post(`/children/${child}/i-know-this-family`, { kind: 'neighbour' })
    expect(said.headers.location).toBe('/known-families/declared')
    expect(mainWords((await own.visitor.get(`/children/${child}`)).body)).toContain('You know this family')
    const emergency = await own.visitor.post(`/children/${child}/emergency-access`, {
      reason: 'other',
      words: 'I would like to look all the same',
      hours: '1',
    })
    expect(emergency.statusCode).toBe(403)

    expect((await own.visitor.get('/known-families')).statusCode).toBe(403)
    const list = await manager.visitor.get('/known-families')
    expect(mainWords(list.body)).toMatch(/A-SW worker.*We are neighbours.*Waits for a decision/)
    const address = /href="(\/known-families\/[0-9a-f-]{36})"/.exec(list.body)![1]!
    const past = await manager.visitor.post(address, {
      outcome: 'may open',
      words: 'They live at the far end of the town',
      until: '1/1/2020',
    })
    expect([past.statusCode, past.body.includes('Choose today or a later day')]).toEqual([422, true])
    const decided = await manager.visitor.post(address, {
      outcome: 'may open',
      words: 'They live at the far end of the town',
      until: '1/1/2099',
    })
    expect(decided.headers.location).toBe('/known-families')
    expect((await own.visitor.get(`/children/${child}`)).body).toContain('opened by allocated')
  })
})
