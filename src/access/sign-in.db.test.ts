import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { generate } from 'otplib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aHouse, Visitor } from '../testing/visitor.ts'
import { makeAccount, makeDemonstrationAccount } from './accounts.ts'
import { servicesWith } from './services.ts'

let db: TestDatabase
let app: FastifyInstance
let demonstration: FastifyInstance
let count = 0
const accounts = servicesWith(['a key for tests only, long enough to be one'])
const password = 'three plain words'

const house = (config: { demonstration: boolean; secureCookies?: boolean }) =>
  aHouse(db, { config, accounts })

beforeAll(async () => {
  db = await testDatabase()
  app = await house({ demonstration: false })
  demonstration = await house({ demonstration: true })
})
afterAll(async () => {
  await Promise.all([app.close(), demonstration.close()])
  await db.close()
})

async function enrolled() {
  count += 1
  const email = `worker${count}@example.org`
  const id = await makeAccount(db.jobs, { name: `Worker ${count}`, email, password, roles: ['A-SW'] })
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  await sql`update access.account set totp_secret = ${accounts.codes.seal(secret, id)} where id = ${id}`.execute(
    db.owner,
  )
  return { id, email, secret, code: () => generate({ secret }) }
}

const sessionsOf = async (account: string) =>
  (
    await sql<{ ended_because: string | null; secret_hash: Buffer; locked_at: Date | null }>`
      select ended_because, secret_hash, locked_at from access.session where account_id = ${account} order by started_at`.execute(
      db.owner,
    )
  ).rows

describe('signing in with password and code', () => {
  test('leads to where they were going; the database keeps the hash of the secret only', async () => {
    const who = await enrolled()
    const browser = new Visitor(app)
    const answer = await browser.post('/sign-in?then=%2Fhelp', {
      email: ` ${who.email.toUpperCase()}`,
      password,
      code: await who.code(),
    })
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/help'])
    expect((await browser.get('/help')).body).toContain(`Worker ${count}`)
    const secret = browser.cookies.get('session')!
    expect(secret).toMatch(/^[\w-]{43}$/)
    const [row] = await sessionsOf(who.id)
    expect(row!.secret_hash.toString('hex')).not.toContain(Buffer.from(secret).toString('hex'))
    const cookie = String(answer.headers['set-cookie'])
    expect(cookie).toMatch(/session=.*HttpOnly.*SameSite=Lax/)
  })

  test('never leads outside the service', async () => {
    const who = await enrolled()
    const answer = await new Visitor(app).post('/sign-in?then=https%3A%2F%2Felsewhere.example', {
      email: who.email,
      password,
      code: await who.code(),
    })
    expect(answer.headers.location).toBe('/')
  })

  test('wrong password, wrong code, no code and a name nobody has are one answer', async () => {
    const who = await enrolled()
    const code = await who.code()
    const tries = [
      { email: who.email, password: 'not it at all', code },
      { email: who.email, password, code: code === '000000' ? '111111' : '000000' },
      { email: who.email, password, code: '' },
      { email: 'nobody@example.org', password, code },
    ]
    const answers = []
    for (const one of tries) answers.push(await new Visitor(app).post('/sign-in', one))
    const said = answers.map(({ statusCode, body }) => [
      statusCode,
      /error-message[^>]*>([\s\S]*?)<\/p>/
        .exec(body)?.[1]
        ?.replace(/<[^>]+>|\s+/g, ' ')
        .trim(),
    ])
    expect(new Set(said.map(String)).size).toBe(1)
    expect(said[0]![0]).toBe(422)
    expect(answers.some(({ cookies }) => cookies.some(({ name }) => name === 'session'))).toBe(false)
    for (const { body } of answers) expect(body).not.toContain('not it at all')
  })

  test('a replaced key: the old one still opens, and is needed no more after one sign-in', async () => {
    const who = await enrolled()
    const [older, newer] = [
      'a key for tests only, long enough to be one',
      'a newer key for tests, as long as one is',
    ]
    for (const keys of [[newer, older], [newer]]) {
      await sql`update access.account set totp_last_step = 0 where id = ${who.id}`.execute(db.owner)
      const replaced = await aHouse(db, { accounts: servicesWith(keys) })
      const answer = await new Visitor(replaced).post('/sign-in', {
        email: who.email,
        password,
        code: await who.code(),
      })
      expect([keys.length, answer.statusCode]).toEqual([keys.length, 303])
      await replaced.close()
    }
  })

  test('a code counts once', async () => {
    const who = await enrolled()
    const code = await who.code()
    const first = await new Visitor(app).post('/sign-in', { email: who.email, password, code })
    const second = await new Visitor(app).post('/sign-in', { email: who.email, password, code })
    expect([first.statusCode, second.statusCode]).toEqual([303, 422])
  })

  test('five wrong tries, and the right password waits too; a name nobody has waits alike', async () => {
    const who = await enrolled()
    for (const email of [who.email, 'somebody-else@example.org']) {
      for (let time = 0; time < 5; time += 1)
        await new Visitor(app).post('/sign-in', { email, password: 'wrong again', code: '' })
      const answer = await new Visitor(app).post('/sign-in', { email, password, code: await who.code() })
      expect(answer.statusCode).toBe(422)
      expect(answer.body).toMatch(/too many tries.*Wait 1\d seconds/)
    }
    await sql`update access.sign_in_attempt set at = at - interval '2 hours'`.execute(db.owner)
  })

  test('an account whose last day was yesterday is a name nobody has', async () => {
    const who = await enrolled()
    await sql`update access.account set active_to = current_date - 1 where id = ${who.id}`.execute(db.owner)
    const answer = await new Visitor(app).post('/sign-in', {
      email: who.email,
      password,
      code: await who.code(),
    })
    expect(answer.statusCode).toBe(422)
  })

  test('with https the cookie is __Host-, secure, and of no domain', async () => {
    const who = await enrolled()
    const secure = await house({ demonstration: false, secureCookies: true })
    const answer = await new Visitor(secure).post('/sign-in', {
      email: who.email,
      password,
      code: await who.code(),
    })
    const cookie = [answer.headers['set-cookie']].flat().find((one) => one?.startsWith('__Host-session='))
    expect(cookie).toMatch(/Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    await secure.close()
  })
})

describe('the first time', () => {
  async function newcomer() {
    count += 1
    const email = `new${count}@example.org`
    const id = await makeAccount(db.jobs, { name: 'Nia Newcomer', email, password, roles: ['A-SW'] })
    const browser = new Visitor(app)
    const answer = await browser.post('/sign-in?then=%2Fhelp', { email, password, code: '' })
    return { id, email, browser, answer }
  }
  const keyOn = (body: string) => /class="reference">([A-Z2-7 ]+)</.exec(body)![1]!.replace(/ /g, '')

  test('asks for a password of one’s own and a code from the phone, then lets in', async () => {
    const { id, email, browser, answer } = await newcomer()
    expect(answer.headers.location).toBe('/sign-in/first-time')
    const page = (await browser.get('/sign-in/first-time')).body
    expect(page).toContain('data:image/png;base64,')
    const secret = keyOn(page)
    const code = await generate({ secret })
    const weak = await browser.post('/sign-in/first-time', { password: 'short', code })
    expect([weak.statusCode, weak.body.includes('Use 12 characters or more')]).toEqual([422, true])
    const wrong = await browser.post('/sign-in/first-time', {
      password: 'my own plain words',
      code: '000000',
    })
    expect(wrong.statusCode).toBe(422)
    const done = await browser.post('/sign-in/first-time', { password: 'my own plain words', code })
    expect([done.statusCode, done.headers.location]).toEqual([303, '/help'])
    expect((await browser.get('/help')).body).toContain('Nia Newcomer')
    const { rows } = await sql<{
      totp_secret: Buffer
    }>`select totp_secret from access.account where id = ${id}`.execute(db.owner)
    expect(rows[0]!.totp_secret.toString('latin1')).not.toContain(secret)
    // The first password is used up.
    const again = await new Visitor(app).post('/sign-in', { email, password, code: '' })
    expect(again.statusCode).toBe(422)
  })

  test('the step cannot be taken twice, nor without the first password', async () => {
    const { browser } = await newcomer()
    const kept = new Map(browser.cookies)
    const secret = keyOn((await browser.get('/sign-in/first-time')).body)
    const answer = { password: 'my own plain words', code: await generate({ secret }) }
    await browser.post('/sign-in/first-time', answer)
    const thief = new Visitor(app)
    for (const [name, value] of kept) thief.cookies.set(name, value)
    const second = await thief.post('/sign-in/first-time', { ...answer, password: 'another set of words' })
    expect(second.statusCode).toBe(400)
    expect((await new Visitor(app).get('/sign-in/first-time')).statusCode).toBe(400)
  })
})

describe('a demonstration', () => {
  test('lists its accounts, and asks them for no code; others are asked', async () => {
    await makeDemonstrationAccount(
      db.jobs,
      { name: 'Dana Demo', email: 'dana@demo.example', jobTitle: 'Social worker', roles: ['A-SW'] },
      { says: 'Twelve children in the Oak team', rank: 1 },
    )
    const browser = new Visitor(demonstration)
    const page = (await browser.get('/sign-in')).body
    expect(page).toContain('Twelve children in the Oak team')
    expect(page).toContain('a cairn of stones')
    const answer = await browser.post('/sign-in', {
      email: 'dana@demo.example',
      password: 'a cairn of stones',
    })
    expect(answer.statusCode).toBe(303)
    const who = await enrolled()
    const asked = await new Visitor(demonstration).post('/sign-in', { email: who.email, password })
    expect(asked.statusCode).toBe(422)
  })

  test('elsewhere they are neither listed nor let in without a code', async () => {
    expect((await new Visitor(app).get('/sign-in')).body).not.toContain('Dana Demo')
    const answer = await new Visitor(app).post('/sign-in', {
      email: 'dana@demo.example',
      password: 'a cairn of stones',
    })
    expect(answer.headers.location).toBe('/sign-in/first-time')
  })
})

describe('locking', () => {
  async function signedIn() {
    const who = await enrolled()
    const browser = new Visitor(app)
    await browser.post('/sign-in', { email: who.email, password, code: await who.code() })
    await sql`update access.account set totp_last_step = 0 where id = ${who.id}`.execute(db.owner)
    return { ...who, browser }
  }

  test('by the button: nothing but the lock is shown, and unlocking comes back to the same place', async () => {
    const { browser, code } = await signedIn()
    const locked = await browser.post(
      '/lock',
      {},
      { page: '/help', headers: { referer: 'http://cairn.example/help?from=here', host: 'cairn.example' } },
    )
    expect(locked.headers.location).toBe('/unlock?then=%2Fhelp%3Ffrom%3Dhere')
    const home = await browser.get('/')
    expect(home.headers.location).toBe('/unlock')
    expect((await browser.get(locked.headers.location as string)).body).toContain('is signed in here')
    const wrong = await browser.post(locked.headers.location as string, {
      password: 'not it',
      code: await code(),
    })
    expect(wrong.statusCode).toBe(422)
    const right = await browser.post(locked.headers.location as string, { password, code: await code() })
    expect([right.statusCode, right.headers.location]).toEqual([303, '/help?from=here'])
    expect((await browser.get('/help')).body).not.toContain('Sign in</a>')
  })

  test('after fifteen idle minutes, by the database’s clock', async () => {
    const { id, browser } = await signedIn()
    await sql`update access.session set idle_until = now() - interval '1 second' where account_id = ${id}`.execute(
      db.owner,
    )
    expect((await browser.get('/')).headers.location).toBe('/unlock')
    expect((await sessionsOf(id))[0]!.locked_at).not.toBeNull()
  })

  test('a session is over after its hours, or when it was signed out, whatever the browser still holds', async () => {
    const { id, browser } = await signedIn()
    const cookie = browser.cookies.get('session')!
    await sql`update access.session set expires_at = now() where account_id = ${id}`.execute(db.owner)
    expect((await browser.get('/')).headers.location).toBe('/sign-in')
    const other = await signedIn()
    const held = other.browser.cookies.get('session')!
    await other.browser.post('/sign-out', {}, { page: '/help' })
    expect((await sessionsOf(other.id))[0]!.ended_because).toBe('signed out')
    for (const value of [cookie, held]) {
      const again = new Visitor(app)
      again.cookies.set('session', value)
      expect((await again.get('/')).headers.location).toBe('/sign-in')
    }
  })
})
