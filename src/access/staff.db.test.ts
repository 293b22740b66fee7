import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { anAccount, aSession, signedIn } from '../testing/signed-in.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import type { Session } from '../web/session.ts'
import { makeAccount } from './accounts.ts'

let db: TestDatabase
let app: FastifyInstance
let administrator: Session
let visitor: Visitor
beforeAll(async () => {
  db = await testDatabase()
  app = await aHouse(db)
  administrator = await signedIn(db, { name: 'Ada Ministrator', roles: ['A-ADM'] })
  visitor = new Visitor(app, administrator)
})
afterAll(async () => {
  await app?.close()
  await db?.close()
})

const staffAddress = (account: string) => `/people-who-work-here/${account}`
const rolesOf = async (account: string) =>
  (await sql<{ roles: string[] }>`select access.roles_of(${account}) as roles`.execute(db.owner)).rows[0]!
    .roles
const lastLine = async (about: string) =>
  (
    await sql<{ payload: Record<string, unknown> }>`
      select payload from audit.trail where payload ->> 'about' = ${about} order by id desc limit 1`.execute(
      db.owner,
    )
  ).rows[0]!.payload

describe('accounts on their pages', () => {
  test('somebody new: the first password is shown once, and lets them in to choose their own', async () => {
    const made = await visitor.post('/people-who-work-here/new', {
      name: 'Noor Khan',
      jobTitle: 'Social worker',
      email: 'Noor.Khan@fellshire.example',
      from: 'today',
    })
    expect(made.statusCode).toBe(303)
    const address = made.headers.location as string
    const password = /class="reference">([a-z-]+)</.exec((await visitor.get(address)).body)![1]!
    expect((await visitor.get(address)).body).not.toContain(password)
    const newcomer = await new Visitor(app).post('/sign-in', {
      email: 'noor.khan@fellshire.example',
      password,
      code: '',
    })
    expect(newcomer.headers.location).toBe('/sign-in/first-time')
    const twice = await visitor.post('/people-who-work-here/new', {
      name: 'Another Noor',
      email: 'noor.khan@fellshire.example',
      from: 'today',
    })
    expect([twice.statusCode, twice.body.includes('Somebody has this e-mail address already')]).toEqual([
      422,
      true,
    ])
  })

  test('a role with its dates, on the trail with who gave it; and taken away', async () => {
    const account = await anAccount(db, { name: 'Rolf Given' })
    const give = (more: object) =>
      visitor.post(
        `${staffAddress(account)}/roles`,
        { role: 'A-SW', from: 'today', ...more },
        {
          page: staffAddress(account),
        },
      )
    const backwards = await give({ to: '1/1/2020' })
    expect([backwards.statusCode, backwards.body.includes('It ends before it begins')]).toEqual([422, true])
    expect((await give({ to: '31/3/2099' })).statusCode).toBe(303)
    expect(await rolesOf(account)).toEqual(['A-SW'])
    expect(await lastLine(account)).toMatchObject({
      action: 'role given',
      role: 'A-SW',
      until: '2099-03-31',
      actor: administrator.account.id,
    })
    expect((await give({})).body).toContain('They have this role then already')
    expect((await give({ role: 'A-GOD' })).body).toContain('Choose a role')
    const page = await visitor.get(staffAddress(account))
    expect(mainWords(page.body)).toMatch(/Social worker, family support worker.*31 Mar 2099.*Ada Ministrator/)
    const take = /action="([^"]+\/take)"/.exec(page.body)![1]!
    await visitor.post(take, {}, { page: staffAddress(account) })
    expect(await rolesOf(account)).toEqual([])
  })

  test('nobody changes their own access (T13): not on the page, not past it', async () => {
    const own = staffAddress(administrator.account.id)
    expect(mainWords((await visitor.get(own)).body)).toContain('Nobody changes their own access')
    for (const [path, body] of [
      ['roles', { role: 'A-SW', from: 'today' }],
      ['end', { when: 'now' }],
      ['reset', {}],
      ['supervisor', { supervisor: '' }],
    ] as const) {
      const answer = await visitor.post(`${own}/${path}`, body, { page: '/account' })
      expect([path, answer.statusCode]).toEqual([path, 403])
    }
    expect(await rolesOf(administrator.account.id)).toEqual(['A-ADM'])
    await sql`update access.account set directory_groups = '{"my own group"}' where id = ${administrator.account.id}`.execute(
      db.owner,
    )
    const group = (name: string) =>
      visitor.post('/people-who-work-here/directory-groups', { group: name, means: 'role:A-SM' })
    expect((await group('my own group')).statusCode).toBe(403)
    expect((await group('service managers')).statusCode).toBe(303)
  })

  test('a change asks for proof that is minutes old', async () => {
    const session = await aSession(db, administrator.account.id, ['A-ADM'])
    await sql`update access.session set reauthenticated_at = now() - interval '1 hour' where id = ${session.id}`.execute(
      db.owner,
    )
    const account = await anAccount(db)
    const stale = new Visitor(app, session)
    expect((await stale.get('/people-who-work-here/new')).headers.location).toBe(
      '/prove?then=%2Fpeople-who-work-here%2Fnew',
    )
    const answer = await stale.post(
      `${staffAddress(account)}/roles`,
      { role: 'A-SW', from: 'today' },
      {
        page: '/account',
      },
    )
    expect(answer.headers.location).toMatch(/^\/prove\?then=/)
    // And past the page: the database asks too.
    await expect(
      sql`select access.give_role(${session.secret}, ${account}, 'A-SW', current_date, null)`.execute(db.app),
    ).rejects.toMatchObject({ code: 'CA004' })
    const worker = await signedIn(db, { roles: ['A-SW', 'A-TM', 'A-DPO'] })
    await expect(
      sql`select access.give_role(${worker.secret}, ${account}, 'A-SW', current_date, null)`.execute(db.app),
    ).rejects.toMatchObject({ code: 'CA006' })
    await expect(
      sql`select * from access.accounts_to_administer(${worker.secret})`.execute(db.app),
    ).rejects.toMatchObject({ code: 'CA006' })
  })

  test('who leaves now is out now, and may work here again', async () => {
    const leaver = await signedIn(db, { name: 'Lee Ver', roles: ['A-SW'] })
    const theirs = new Visitor(app, leaver)
    const page = staffAddress(leaver.account.id)
    expect((await theirs.get('/account')).statusCode).toBe(200)
    await visitor.post(`${page}/end`, { when: 'now' }, { page })
    expect((await theirs.get('/account')).headers.location).toContain('/sign-in')
    await visitor.post(`${page}/reopen`, {}, { page })
    expect((await visitor.get('/people-who-work-here?q=lee+v')).body).toContain('Lee Ver')
  })

  test('are found by name, e-mail, role, team and whether they have left, a page at a time', async () => {
    for (let n = 0; n < 55; n += 1) await anAccount(db, { name: `Many ${n}`, roles: ['A-PNL'] })
    const first = await visitor.get('/people-who-work-here?role=A-PNL')
    expect(mainWords(first.body)).toContain('1 to 50 of 55 people')
    expect(mainWords((await visitor.get('/people-who-work-here?role=A-PNL&page=2')).body)).toContain(
      '51 to 55 of 55',
    )
    expect(mainWords((await visitor.get('/people-who-work-here?q=nobody+like+that')).body)).toContain(
      'Nobody like that',
    )
    expect(mainWords((await visitor.get('/people-who-work-here?q=100%25')).body)).toContain(
      'Nobody like that',
    )
    expect(
      (await new Visitor(app, await signedIn(db, { roles: ['A-SM'] })).get('/people-who-work-here'))
        .statusCode,
    ).toBe(403)
  })

  test('teams: made, put under another, never under themselves', async () => {
    const make = (name: string, parent = '') =>
      visitor.post('/people-who-work-here/teams/new', { name, parent, kind: 'social-work' })
    expect((await make('North')).headers.location).toBe('/people-who-work-here/teams')
    const again = await make('north')
    expect([again.statusCode, again.body.includes('A team has this name already')]).toEqual([422, true])
    const idOf = async (name: string) =>
      (await sql<{ id: string }>`select id from access.team where name = ${name}`.execute(db.owner)).rows[0]!
        .id
    await make('North assessment', await idOf('North'))
    const circle = await visitor.post(`/people-who-work-here/teams/${await idOf('North')}`, {
      name: 'North',
      parent: await idOf('North assessment'),
      kind: 'social-work',
    })
    expect(circle.statusCode).toBe(422)
    expect(mainWords((await visitor.get('/people-who-work-here/teams')).body)).toMatch(
      /North assessment Social work North/,
    )
  })
})

describe('one’s own account', () => {
  test('shows where one is signed in; another session is ended there', async () => {
    const mine = await signedIn(db, { roles: ['A-SW'] })
    const other = await aSession(db, mine.account.id)
    const at = new Visitor(app, mine)
    const page = await at.get('/account')
    expect(mainWords(page.body)).toContain('This one')
    const end = /action="(\/account\/sessions\/[^"]+\/end)"/.exec(page.body)![1]!
    expect(end).toContain(other.id)
    await at.post(end, {}, { page: '/account' })
    expect((await new Visitor(app, other).get('/account')).headers.location).toContain('/sign-in')
    expect(mainWords((await at.get('/account')).body)).toContain('ended from another place')
    // Nobody ends another's.
    await at.post(`/account/sessions/${administrator.id}/end`, {}, { page: '/account' })
    expect((await visitor.get('/account')).statusCode).toBe(200)
  })

  test('keys are switched off, and stay off', async () => {
    const at = new Visitor(app, await signedIn(db))
    await at.post('/account/settings', {}, { page: '/account' })
    expect((await at.get('/help')).body).toContain('data-shortcuts="off"')
    await at.post('/account/settings', { shortcuts: 'yes' }, { page: '/account' })
    expect((await at.get('/help')).body).toContain('data-shortcuts="on"')
  })

  test('a new password ends every other session', async () => {
    const id = await makeAccount(db.jobs, {
      name: 'Pat',
      email: 'pat@fellshire.example',
      password: 'first words',
    })
    const [one, two] = [await aSession(db, id), await aSession(db, id)]
    const at = new Visitor(app, one)
    const weak = await at.post('/account/password', { new: 'aaaaaaaaaaaaaaaa' })
    expect([weak.statusCode, weak.body.includes('too few different characters')]).toEqual([422, true])
    const done = await at.post('/account/password', { new: 'nine quiet herons' })
    expect(done.headers.location).toBe('/account')
    expect((await new Visitor(app, two).get('/account')).headers.location).toContain('/sign-in')
    expect((await at.get('/account')).statusCode).toBe(200)
  })
})
