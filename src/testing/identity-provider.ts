import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration } from 'oidc-provider'

/** Somebody in the directory that the stand-in plays. */
export interface Entry {
  name: string
  email: string
  jobTitle?: string
  groups: string[]
}

/** Ways in which an answer can be wrong that a real directory's would be if somebody tampered with it. */
export type Fault = 'wrong issuer' | 'wrong nonce' | 'expired' | 'wrong key' | 'wrong audience'

export interface IdentityProvider {
  readonly issuer: string
  readonly client: { readonly id: string; readonly secret: string }
  /** Who works there, by subject; change it as people come, move and leave. */
  readonly people: Map<string, Entry>
  /** Spoils the next id token. */
  fault: Fault | undefined
  stop(): Promise<void>
}

/**
 * A stand-in for an authority's directory: a certified OpenID Connect provider over real HTTP, which lets in whoever
 * is named. For tests and for trying directory sign-in; nothing in it is secret.
 * @param redirectUris where it may send people back to
 */
export async function startIdentityProvider(
  redirectUris: string[],
  people: Record<string, Entry> = {},
  port = 0,
): Promise<IdentityProvider> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const jwk = { ...key.export({ format: 'jwk' }), kid: 'stand-in', alg: 'RS256', use: 'sig' }
  const book = new Map(Object.entries(people))
  const client = { id: 'cairn', secret: 'a client secret for a stand-in' }
  const playing: IdentityProvider = {
    issuer,
    client,
    people: book,
    fault: undefined,
    stop: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }

  const provider = new Provider(issuer, configuration(book, client, redirectUris, jwk))
  provider.use(async (context, next) => {
    await next()
    const { fault } = playing
    const body = context.body as { id_token?: string } | undefined
    if (!fault || context.path !== '/token' || !body?.id_token) return
    playing.fault = undefined
    body.id_token = spoiled(
      body.id_token,
      fault,
      fault === 'wrong key' ? other : createPrivateKey({ key: jwk, format: 'jwk' }),
    )
  })
  const answer = provider.callback()
  server.on('request', (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer)
    if (!pathname.startsWith('/interaction/')) return answer(request, response)
    const subject = searchParams.get('as')
    if (subject === null)
      return void response.setHeader('content-type', 'text/html; charset=utf-8').end(chooser(book))
    const result = book.has(subject)
      ? { login: { accountId: subject, ts: Math.floor(Date.now() / 1000) } }
      : { error: 'access_denied', error_description: 'There is nobody of this name' }
    provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false }).catch(() => {
      response.statusCode = 400
      response.end('This step is over. Begin again.')
    })
  })
  return playing
}

function configuration(
  book: Map<string, Entry>,
  client: IdentityProvider['client'],
  redirectUris: string[],
  jwk: object,
): Configuration {
  return {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: redirectUris,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
      },
    ],
    jwks: { keys: [jwk as never] },
    cookies: { keys: ['a cookie key for a stand-in'] },
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub', 'groups'], profile: ['name', 'job_title'], email: ['email'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    ttl: {
      AccessToken: 600,
      IdToken: 600,
      RefreshToken: 86_400,
      Interaction: 600,
      Session: 3600,
      Grant: 86_400,
    },
    issueRefreshToken: async () => true,
    async findAccount(_context, subject) {
      const entry = book.get(subject)
      if (!entry) return undefined
      const { name, email, jobTitle, groups } = entry
      return {
        accountId: subject,
        claims: async () => ({ sub: subject, name, email, job_title: jobTitle, groups }),
      }
    },
    // Consent is the authority's, not each worker's: every grant is there beforehand.
    async loadExistingGrant(context) {
      const { client: asking, session, provider } = context.oidc
      const grant = new provider.Grant({ clientId: asking!.clientId, accountId: session!.accountId! })
      grant.addOIDCScope('openid profile email offline_access')
      await grant.save()
      return grant
    },
  }
}

function spoiled(token: string, fault: Fault, key: ReturnType<typeof createPrivateKey>): string {
  const [head, body] = token.split('.') as [string, string]
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>
  const now = Math.floor(Date.now() / 1000)
  const wrong: Record<Fault, object> = {
    'wrong issuer': { iss: 'https://elsewhere.example' },
    'wrong nonce': { nonce: 'another nonce' },
    expired: { iat: now - 7200, exp: now - 3600 },
    'wrong audience': { aud: 'another service' },
    'wrong key': {},
  }
  const text = `${head}.${Buffer.from(JSON.stringify({ ...claims, ...wrong[fault] })).toString('base64url')}`
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)

function chooser(book: Map<string, Entry>): string {
  const rows = [...book].map(
    ([subject, { name, jobTitle, groups }]) =>
      `<li><a href="?as=${encodeURIComponent(subject)}">${escaped(name)}</a> ${escaped([jobTitle, ...groups].filter(Boolean).join(', '))}</li>`,
  )
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Stand-in directory</title><h1>Stand-in directory</h1><p>Who are you?</p><ul>${rows.join('')}</ul>`
}
