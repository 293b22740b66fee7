import { Writable } from 'node:stream'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Area } from './area.ts'
import { refuse } from './errors.ts'
import { buildServer } from './server.ts'
import { stubConfig, stubDeps } from './stub.ts'
import { uploads } from './upload.ts'

const logged: string[] = []
const logger = pino(
  { level: 'debug' },
  new Writable({
    write(chunk, _encoding, done) {
      logged.push(String(chunk))
      done()
    },
  }),
)

const databaseError = Object.assign(new Error('duplicate key: Key (name)=(Amara Okafor) already exists'), {
  code: '23505',
  severity: 'ERROR',
  detail: 'Key (name)=(Amara Okafor) already exists.',
  table: 'person',
})

const pages: FastifyPluginAsync = async (app) => {
  const anyone = { config: { access: 'anyone' as const } }
  app.get('/child/:person', anyone, async () => 'a child')
  app.get('/broken', anyone, async () => {
    throw databaseError
  })
  app.get('/not-an-id', anyone, async () => {
    throw Object.assign(new Error('invalid input syntax for type uuid: "Amara"'), {
      code: '22P02',
      severity: 'ERROR',
    })
  })
  app.get('/away', anyone, async () => {
    throw Object.assign(new Error('connect ECONNREFUSED /somewhere'), { code: 'ECONNREFUSED' })
  })
  app.get('/clash', anyone, async () => {
    throw refuse(409, 'Ben changed this plan at 10:42.', { next: { text: 'Open it again', href: '/plan' } })
  })
  app.get('/mine', { config: { access: 'signed-in' } }, async () => 'mine')
  app.get('/managers', { config: { access: { roles: ['A-TM'] } } }, async () => 'managers')
  app.get('/page', { config: { access: 'signed-in' } }, async (_request, reply) =>
    reply.page('web/views/help.njk', { title: '</style><b>"Amara"\\', printSubject: '</style><b>"Amara"\\' }),
  )
  app.post('/send', { config: { access: 'signed-in' } }, async () => 'sent')
  app.post('/upload', { config: { access: 'signed-in' } }, async (request) => {
    const names: string[] = []
    for await (const { file, fields } of uploads(request)) {
      names.push(`${fields.kind}: ${file.filename} ${(await file.toBuffer()).length}`)
    }
    return names
  })
}
const area: Area = {
  name: 'trial',
  pages,
  paths: {},
  menu: [
    { text: 'Everyone’s entry', href: '/mine', place: 'menu' },
    {
      text: 'Managers’ entry',
      href: '/managers',
      place: 'menu',
      roles: ['A-TM'],
      startFor: ['A-TM', 'A-SM'],
    },
  ],
}

let app: FastifyInstance
let databaseIsUp = true
beforeAll(async () => {
  app = await buildServer(
    stubDeps({
      areas: [area],
      logger,
      ready: async () => {
        if (!databaseIsUp) throw new Error('no')
      },
    }),
  )
})
afterAll(() => app.close())

const html = { accept: 'text/html' }
const worker = { ...html, 'x-test-roles': 'A-SW' }

describe('who may call', () => {
  test('a route that does not say so stops the start', async () => {
    const undeclared: Area = {
      name: 'undeclared',
      paths: {},
      pages: async (inside) => {
        inside.get('/forgotten', async () => 'oh')
      },
    }
    await expect(buildServer(stubDeps({ areas: [undeclared] }))).rejects.toThrow(
      /\/forgotten does not say who/,
    )
  })

  test('signed out: asked to sign in, and brought back', async () => {
    const answer = await app.inject({ url: '/mine?x=1', headers: html })
    expect(answer.statusCode).toBe(303)
    expect(answer.headers.location).toBe('/sign-in?then=%2Fmine%3Fx%3D1')
    expect((await app.inject({ url: '/mine', headers: { accept: 'application/json' } })).statusCode).toBe(401)
  })

  test('locked: asked to unlock', async () => {
    const answer = await app.inject({ url: '/mine', headers: { ...worker, 'x-test-locked': 'yes' } })
    expect(answer.headers.location).toBe('/unlock?then=%2Fmine')
  })

  test('a form sent while locked leads back to the page it stood on, of this service only', async () => {
    const send = (referer: string) =>
      app.inject({
        method: 'POST',
        url: '/send',
        headers: { ...worker, 'x-test-locked': 'yes', host: 'house', referer },
      })
    expect((await send('http://house/page?x=1')).headers.location).toBe('/unlock?then=%2Fpage%3Fx%3D1')
    expect((await send('http://elsewhere/page')).headers.location).toBe('/unlock?then=%2F')
  })

  test('another role: refused; the right one: answered', async () => {
    expect((await app.inject({ url: '/managers', headers: worker })).statusCode).toBe(403)
    const manager = { ...html, 'x-test-roles': 'A-SW A-TM' }
    expect((await app.inject({ url: '/managers', headers: manager })).body).toBe('managers')
  })

  test('the menu shows what the roles may open', async () => {
    const seen = await app.inject({ url: '/help', headers: worker })
    expect(seen.body).toContain('Everyone’s entry')
    expect(seen.body).not.toContain('Managers’ entry')
  })

  test('the start is an entry of the menu for whoever has only roles that begin there', async () => {
    const startOf = async (roles: string) =>
      (await app.inject({ url: '/', headers: { ...html, 'x-test-roles': roles } })).headers.location
    expect(await startOf('A-TM')).toBe('/managers')
    expect(await startOf('A-TM A-SW')).not.toBe('/managers')
  })
})

describe('forms', () => {
  async function tokenFor(headers: Record<string, string>) {
    const page = await app.inject({ url: '/help', headers })
    const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1]
    const cookie = page.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
    return { token: token!, cookie }
  }
  const sent = { ...worker, 'content-type': 'application/x-www-form-urlencoded' }

  test('without a token are refused', async () => {
    const answer = await app.inject({ method: 'POST', url: '/send', headers: sent, payload: 'a=b' })
    expect(answer.statusCode).toBe(403)
    expect(answer.body).toContain('This form was open too long')
  })

  test('with a token of the same session are taken', async () => {
    const { token, cookie } = await tokenFor(worker)
    const payload = `_csrf=${encodeURIComponent(token)}`
    const answer = await app.inject({ method: 'POST', url: '/send', headers: { ...sent, cookie }, payload })
    expect(answer.body).toBe('sent')
  })

  test('with a token of another session are refused', async () => {
    const { token, cookie } = await tokenFor({ ...html, 'x-test-roles': 'A-TM' })
    const payload = `_csrf=${encodeURIComponent(token)}`
    const answer = await app.inject({ method: 'POST', url: '/send', headers: { ...sent, cookie }, payload })
    expect(answer.statusCode).toBe(403)
  })

  test('from another site are refused, token or not', async () => {
    const { token, cookie } = await tokenFor(worker)
    const answer = await app.inject({
      method: 'POST',
      url: '/send',
      headers: { ...sent, cookie, 'sec-fetch-site': 'cross-site' },
      payload: `_csrf=${encodeURIComponent(token)}`,
    })
    expect(answer.statusCode).toBe(403)
  })

  test('with files prove their token before the first file', async () => {
    const { token, cookie } = await tokenFor(worker)
    const part = (name: string, value: string, file = '') =>
      `--x\r\ncontent-disposition: form-data; name="${name}"${file && `; filename="${file}"`}\r\n\r\n${value}\r\n`
    const send = (payload: string) =>
      app.inject({
        method: 'POST',
        url: '/upload',
        headers: { ...worker, cookie, 'content-type': 'multipart/form-data; boundary=x' },
        payload: `${payload}--x--\r\n`,
      })
    const good = await send(part('_csrf', token) + part('kind', 'census') + part('file', 'hello', 'a.xml'))
    expect(good.json()).toEqual(['census: a.xml 5'])
    expect((await send(part('file', 'hello', 'a.xml') + part('_csrf', token))).statusCode).toBe(403)
    expect((await send(part('_csrf', 'guess') + part('file', 'hello', 'a.xml'))).statusCode).toBe(403)
  })
})

describe('when something goes wrong', () => {
  test.each([
    ['/nowhere', 404, 'Page not found'],
    ['/broken', 500, 'Something went wrong here'],
    ['/not-an-id', 404, 'Page not found'],
    ['/away', 503, 'not available just now'],
    ['/clash', 409, 'Ben changed this plan at 10:42.'],
    ['/%zz', 400, 'That did not arrive as it should'],
  ])('%s: %i in plain words with a reference', async (url, status, words) => {
    const answer = await app.inject({ url, headers: html })
    expect(answer.statusCode).toBe(status)
    expect(answer.body).toContain(words)
    expect(answer.body).toContain(String(answer.headers['x-reference']))
    expect(answer.body).not.toContain('Amara')
  })

  test('a script gets the same as JSON', async () => {
    const answer = await app.inject({ url: '/nowhere', headers: { accept: 'application/json' } })
    expect(answer.json()).toMatchObject({ error: 'Page not found', reference: answer.headers['x-reference'] })
  })

  test('nothing of a person reaches the log', async () => {
    await app.inject({ url: '/child/Amara-Okafor?search=Amara', headers: html })
    await app.inject({ url: '/broken', headers: html })
    await app.inject({ url: '/not-an-id', headers: html })
    const all = logged.join('')
    expect(all).toContain('/child/:person')
    expect(all).toContain('23505')
    expect(all).not.toContain('Amara')
  })
})

describe('the house', () => {
  test('no inline script or style but the printed edges, let in by their hash', async () => {
    const answer = await app.inject({ url: '/page', headers: worker })
    const policy = String(answer.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect(policy).toMatch(/script-src 'self';/)
    expect(policy).toMatch(/style-src 'self' 'sha256-[\w+/=]+';/)
    expect(answer.body).not.toMatch(/<script(?![^>]* src=)/)
    expect(answer.body).not.toMatch(/ style="/)
    expect(answer.body).not.toContain('</style><b>')
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  test('assets are ours: no crown, no font of GOV.UK, kept for ever, compressed', async () => {
    const page = await app.inject({ url: '/help', headers: html })
    const links = [...page.body.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, href]) => href!)
    expect(links.length).toBeGreaterThan(4)
    for (const href of links) {
      const asset = await app.inject({ url: href })
      expect(asset.statusCode, href).toBe(200)
      expect(asset.headers['cache-control']).toContain('immutable')
      expect(asset.body).not.toMatch(/GDS Transport|@font-face|url\([^)]*(crest|crown)/)
    }
    const packed = await app.inject({ url: links[1]!, headers: { 'accept-encoding': 'gzip, br' } })
    expect(packed.headers['content-encoding']).toBe('br')
    expect((await app.inject({ url: '/assets/0/../config.ts' })).statusCode).toBe(404)
  })

  test('health tells live from ready', async () => {
    expect((await app.inject('/health/live')).json()).toEqual({ status: 'live' })
    expect((await app.inject('/health/ready')).statusCode).toBe(200)
    databaseIsUp = false
    expect((await app.inject('/health/ready')).statusCode).toBe(503)
    expect((await app.inject('/health/live')).statusCode).toBe(200)
    databaseIsUp = true
    expect((await app.inject('/health')).json()).toEqual({ status: 'ready', version: '0.0.0' })
  })

  test('figures are for this machine or for the bearer of the token', async () => {
    const near = await app.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })
    expect(near.body).toContain('cairn_request_duration_seconds')
    expect(near.body).toContain('route="/child/:person"')
    expect((await app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' })).statusCode).toBe(404)
    const proxied = { 'x-forwarded-for': '10.0.0.9' }
    expect(
      (await app.inject({ url: '/metrics', remoteAddress: '127.0.0.1', headers: proxied })).statusCode,
    ).toBe(404)
    const guarded = await buildServer(stubDeps({ config: { ...stubConfig, metricsToken: 'figures' } }))
    expect((await guarded.inject({ url: '/metrics', remoteAddress: '127.0.0.1' })).statusCode).toBe(404)
    const bearer = { authorization: 'Bearer figures' }
    expect((await guarded.inject({ url: '/metrics', headers: bearer })).statusCode).toBe(200)
    await guarded.close()
  })

  test('too many requests: told to wait', async () => {
    const busy = await buildServer(stubDeps({ config: { ...stubConfig, requestsPerMinute: 3 } }))
    for (let count = 0; count < 3; count += 1) await busy.inject({ url: '/help', headers: html })
    const answer = await busy.inject({ url: '/help', headers: html })
    expect(answer.statusCode).toBe(429)
    expect(answer.body).toContain('Too many requests')
    expect((await busy.inject({ url: '/help', headers: worker })).statusCode).toBe(200)
    await busy.close()
  })
})
