import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { type Fault, type IdentityProvider, startIdentityProvider } from '../testing/identity-provider.ts'
import { signedIn } from '../testing/signed-in.ts'
import { aHouse, mainWords, Visitor } from '../testing/visitor.ts'
import { makeTeam } from './accounts.ts'
import { type Directory, directoryAt } from './directory.ts'
import { followEverybody } from './following.ts'
import { type AccountServices, servicesWith } from './services.ts'

const redirectUri = 'https://cairn.example/sign-in/directory/back'
let db: TestDatabase
let provider: IdentityProvider
let directory: Directory
let accounts: AccountServices
let app: FastifyInstance
let oak: string
let elm: string

beforeAll(async () => {
  db = await testDatabase()
  provider = await startIdentityProvider([redirectUri])
  directory = directoryAt({
    issuer: provider.issuer,
    clientId: provider.client.id,
    clientSecret: provider.client.secret,
    redirectUri,
    groupsClaim: 'groups',
    scope: 'offline_access',
    name: 'your Fellshire account',
  })
  accounts = servicesWith(['a key for tests only, long enough to be one'], directory)
  app = await aHouse(db, { accounts })
  ;[oak, elm] = [await makeTeam(db.jobs, { name: 'Oak' }), await makeTeam(db.jobs, { name: 'Elm' })]
  const means = (group: string, role: string | null, team: string | null) =>
    sql`select access.map_directory_group(${group}, ${role}, ${team})`.execute(db.jobs)
  await means('social workers', 'A-SW', null)
  await means('managers', 'A-TM', null)
  await means('team oak', null, oak)
  await means('team elm', null, elm)
})
afterAll(async () => {
  await app?.close()
  await provider?.stop()
  await db?.close()
})

let subject: string
beforeEach(() => {
  subject = crypto.randomUUID()
  provider.fault = undefined
  provider.people.set(subject, {
    name: 'Priya Shah',
    email: `${subject}@fellshire.example`,
    jobTitle: 'Social worker',
    groups: ['social workers', 'team oak', 'staff car park'],
  })
})

/** Goes to the directory as a browser does, is let in as `as`, and gives the address it is sent back to. */
async function throughDirectory(address: string, as = subject): Promise<URL> {
  const cookies = new Map<string, string>()
  let next = address
  for (let step = 0; step < 8; step += 1) {
    if (next.startsWith('https://cairn.example')) return new URL(next)
    const answer = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const set of answer.headers.getSetCookie()) {
      const [name, value] = set.split(';')[0]!.split('=') as [string, string]
      cookies.set(name, value)
    }
    const location = answer.headers.get('location')
    next = location ? new URL(location, next).href : `${next}?as=${as}`
  }
  throw new Error('The directory sent us round in circles')
}

async function signIn(visitor: Visitor, as = subject, query = '?then=%2Fhelp') {
  const begun = await visitor.get(`/sign-in/directory${query}`)
  const back = await throughDirectory(begun.headers.location as string, as)
  return visitor.get(back.pathname + back.search)
}

async function accountOf(who = subject) {
  const { rows } = await sql<{ id: string; roles: string[]; teams: string[]; open: boolean }>`
    select a.id, access.roles_of(a.id) as roles, access.is_active(a.id) as open, access.teams_of(a.id) as teams
      from access.account a where a.directory_subject = ${who}`.execute(db.owner)
  return rows[0]
}

describe('signing in with the directory', () => {
  test('makes the account, with the roles and teams its groups stand for', async () => {
    const visitor = new Visitor(app)
    expect((await visitor.get('/sign-in')).body).toContain('your Fellshire account')
    const answer = await signIn(visitor)
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/help'])
    expect((await visitor.get('/help')).body).toContain('Priya Shah')
    expect(await accountOf()).toMatchObject({ roles: ['A-SW'], teams: [oak], open: true })
  })

  test('asks with PKCE, state and nonce, and sends nobody elsewhere', async () => {
    const { headers } = await new Visitor(app).get('/sign-in/directory?then=%2F%2Felsewhere.example')
    const asked = new URL(headers.location as string).searchParams
    expect(asked.get('code_challenge_method')).toBe('S256')
    expect(asked.get('redirect_uri')).toBe(redirectUri)
    expect(asked.get('state')!.length).toBeGreaterThanOrEqual(32)
    expect(asked.get('nonce')!.length).toBeGreaterThanOrEqual(32)
    expect((await signIn(new Visitor(app), subject, '?then=%2F%2Felsewhere.example')).headers.location).toBe(
      '/',
    )
  })

  test('refuses an answer with another state, and one that another browser began', async () => {
    const visitor = new Visitor(app)
    const begun = await visitor.get('/sign-in/directory')
    const back = await throughDirectory(begun.headers.location as string)
    expect((await new Visitor(app).get(back.pathname + back.search)).statusCode).toBe(400)
    back.searchParams.set('state', 'another state')
    const answer = await visitor.get(back.pathname + back.search)
    expect([answer.statusCode, visitor.cookies.has('session')]).toEqual([403, false])
  })

  test.each<Fault>(['wrong issuer', 'wrong nonce', 'expired', 'wrong audience', 'wrong key'])(
    'refuses an id token with %s',
    async (fault) => {
      const visitor = new Visitor(app)
      provider.fault = fault
      const answer = await signIn(visitor)
      expect([answer.statusCode, visitor.cookies.has('session')]).toEqual([403, false])
      expect(provider.fault).toBeUndefined()
      expect(await accountOf()).toBeUndefined()
    },
  )

  test('a code counts once', async () => {
    const visitor = new Visitor(app)
    const begun = await visitor.get('/sign-in/directory')
    const step = visitor.cookies.get('directory')!
    const back = await throughDirectory(begun.headers.location as string)
    expect((await visitor.get(back.pathname + back.search)).statusCode).toBe(303)
    visitor.cookies.set('directory', step)
    expect((await visitor.get(back.pathname + back.search)).statusCode).toBe(403)
  })

  test('says what happened when the directory lets nobody in, or their groups mean nothing here', async () => {
    const unknown = await signIn(new Visitor(app), 'nobody')
    expect([unknown.statusCode, mainWords(unknown.body)]).toEqual([
      403,
      expect.stringContaining('Your directory did not let you in'),
    ])
    provider.people.get(subject)!.groups = ['staff car park']
    const without = await signIn(new Visitor(app))
    expect(mainWords(without.body)).toContain('none of your groups has work here')
    expect(await accountOf()).toBeUndefined()
  })

  test('says so when another account has the e-mail address', async () => {
    await signedIn(db, { email: `${subject}@fellshire.example` })
    const answer = await signIn(new Visitor(app))
    expect(mainWords(answer.body)).toContain('Another account here has your e-mail address')
  })

  test('an account that was closed here stays closed, whatever the directory says', async () => {
    await signIn(new Visitor(app))
    await sql`select access.leave(${(await accountOf())!.id}, 'for a test')`.execute(db.jobs)
    const answer = await signIn(new Visitor(app))
    expect(mainWords(answer.body)).toContain('Your account here was closed')
    expect(await accountOf()).toMatchObject({ open: false })
  })
})

describe('movers and leavers', () => {
  const hour = () => followEverybody(db.jobs, accounts.tokens, directory)

  test('a mover has the new team and role within the hour, in the session that is open', async () => {
    const visitor = new Visitor(app)
    await signIn(visitor)
    Object.assign(provider.people.get(subject)!, {
      name: 'Priya Shah-Bell',
      groups: ['managers', 'team elm'],
    })
    expect((await hour()).unanswered).toBe(0)
    expect(await accountOf()).toMatchObject({ roles: ['A-TM'], teams: [elm] })
    const page = (await visitor.get('/known-families')).body
    expect(page).toContain('Priya Shah-Bell')
    // And asked again with what the directory gave the last time.
    expect((await hour()).unanswered).toBe(0)
  })

  test('a leaver is out within the hour: sessions end, and the directory lets nobody in', async () => {
    const visitor = new Visitor(app)
    await signIn(visitor)
    provider.people.delete(subject)
    expect((await hour()).left).toBe(1)
    expect((await visitor.get('/')).headers.location).toBe('/sign-in')
    expect(await accountOf()).toMatchObject({ open: false })
    expect((await signIn(new Visitor(app))).statusCode).toBe(403)
  })

  test('whose last group is gone is a leaver; they come back with it', async () => {
    const visitor = new Visitor(app)
    await signIn(visitor)
    provider.people.get(subject)!.groups = []
    await hour()
    expect((await visitor.get('/')).headers.location).toBe('/sign-in')
    expect(await accountOf()).toMatchObject({ open: false, roles: [], teams: [] })
    provider.people.get(subject)!.groups = ['social workers']
    expect((await signIn(new Visitor(app))).statusCode).toBe(303)
    expect(await accountOf()).toMatchObject({ open: true, roles: ['A-SW'] })
  })

  test('a role that was given here by hand stays', async () => {
    await signIn(new Visitor(app))
    const { id } = (await accountOf())!
    await sql`select access.set_role(${id}, 'A-QA', null, true)`.execute(db.jobs)
    provider.people.get(subject)!.groups = ['managers']
    await hour()
    expect((await accountOf())!.roles).toEqual(['A-QA', 'A-TM'])
  })

  test('when the directory is away, nobody is put out', async () => {
    const visitor = new Visitor(app)
    await signIn(visitor)
    const away = directoryAt({
      issuer: provider.issuer,
      clientId: provider.client.id,
      clientSecret: 'not the secret',
      redirectUri,
      groupsClaim: 'groups',
      scope: '',
      name: '',
    })
    expect(await followEverybody(db.jobs, accounts.tokens, away)).toMatchObject({ left: 0 })
    expect((await visitor.get('/help')).body).toContain('Priya Shah')
  })
})

describe('unlocking with the directory', () => {
  test('by proving it afresh, and by the same person only', async () => {
    const visitor = new Visitor(app)
    await signIn(visitor)
    await visitor.post('/lock', {}, { page: '/help' })
    const locked = await visitor.get('/unlock?then=%2Fhelp')
    const link = /href="(\/sign-in\/directory\?[^"]+)"/.exec(locked.body)![1]!.replace(/&amp;/g, '&')
    const asked = new URL((await visitor.get(link)).headers.location as string).searchParams
    expect([asked.get('prompt'), asked.get('max_age')]).toEqual(['login', '0'])
    const other = crypto.randomUUID()
    provider.people.set(other, { ...provider.people.get(subject)!, email: `${other}@fellshire.example` })
    const query = link.slice(link.indexOf('?'))
    expect((await signIn(visitor, other, query)).statusCode).toBe(403)
    expect((await visitor.get('/')).headers.location).toBe('/unlock')
    expect((await signIn(visitor, subject, query)).headers.location).toBe('/help')
    expect((await visitor.get('/help')).body).toContain('Priya Shah')
  })
})
