import * as oidc from 'openid-client'

/** Where the authority's directory is, and who we are to it. */
export interface DirectorySettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Where it sends people back: this service's own address of the second step. */
  readonly redirectUri: string
  /** The claim that lists a person's groups. */
  readonly groupsClaim: string
  /** Asked for besides `openid profile email`; `offline_access` lets us ask again without the person. */
  readonly scope: string
  /** What people call it: 'your Fellshire account'. */
  readonly name: string
}

/** Somebody as the directory has them now. */
export interface DirectoryPerson {
  readonly subject: string
  readonly name: string
  readonly email: string
  readonly jobTitle: string | undefined
  readonly groups: readonly string[]
  /** The directory's own session. */
  readonly session: string | undefined
  readonly refreshToken: string | undefined
}

/** What the browser carries from here to the directory and back. */
export interface DirectoryStep {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** They had to prove who they are at that moment, not be known from this morning. */
  readonly fresh: boolean
}

/** The directory's answer cannot be used; the message is for people. */
export class DirectoryRefused extends Error {
  override readonly name = 'DirectoryRefused'
  /** For the log: what the protocol calls it, never a person's data. */
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

export interface Directory {
  readonly issuer: string
  readonly name: string
  begin(options: {
    fresh: boolean
    hint?: string | undefined
  }): Promise<{ address: string; step: DirectoryStep }>
  /** @param query the query that came back @throws DirectoryRefused */
  finish(query: string, step: DirectoryStep): Promise<DirectoryPerson>
  /**
   * Asks again without the person.
   * @returns `gone` when the directory no longer vouches for them @throws when it cannot be reached
   */
  again(refreshToken: string): Promise<DirectoryPerson | 'gone'>
}

/** OpenID Connect: authorization code with PKCE, state and nonce. The directory is asked for its addresses when first used. */
export function directoryAt(settings: DirectorySettings): Directory {
  let known: Promise<oidc.Configuration> | undefined
  const configuration = () => {
    known ??= discover(settings).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
  return {
    issuer: settings.issuer,
    name: settings.name,
    async begin({ fresh, hint }) {
      const verifier = oidc.randomPKCECodeVerifier()
      const step = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier, fresh }
      const address = oidc.buildAuthorizationUrl(await configuration(), {
        redirect_uri: settings.redirectUri,
        scope: `openid profile email ${settings.scope}`.trim(),
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: step.state,
        nonce: step.nonce,
        ...(fresh ? { prompt: 'login', max_age: '0' } : {}),
        ...(hint ? { login_hint: hint } : {}),
      })
      return { address: address.href, step }
    },
    async finish(query, step) {
      const there = new URL(settings.redirectUri)
      there.search = query
      try {
        const tokens = await oidc.authorizationCodeGrant(await configuration(), there, {
          pkceCodeVerifier: step.verifier,
          expectedState: step.state,
          expectedNonce: step.nonce,
          idTokenExpected: true,
          ...(step.fresh ? { maxAge: 120 } : {}),
        })
        return personOf(tokens, settings)
      } catch (error) {
        throw refusedBecause(error)
      }
    },
    async again(refreshToken) {
      try {
        return personOf(await oidc.refreshTokenGrant(await configuration(), refreshToken), settings)
      } catch (error) {
        if (error instanceof oidc.ResponseBodyError && error.error === 'invalid_grant') return 'gone'
        throw refusedBecause(error)
      }
    },
  }
}

function discover({ issuer, clientId, clientSecret }: DirectorySettings): Promise<oidc.Configuration> {
  return oidc.discovery(new URL(issuer), clientId, clientSecret, undefined, {
    timeout: 10,
    execute: [
      // The signature is checked too, though the token came from the directory itself.
      oidc.enableNonRepudiationChecks,
      // Settings allow http on this machine only, for trying it out.
      ...(issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []),
    ],
  })
}

type Tokens = Pick<Awaited<ReturnType<typeof oidc.refreshTokenGrant>>, 'claims' | 'refresh_token'>

function personOf(tokens: Tokens, { groupsClaim }: DirectorySettings): DirectoryPerson {
  const claims = tokens.claims()
  if (!claims) throw new DirectoryRefused('no id token', 'Your directory did not say who you are.')
  const text = (name: string) => (typeof claims[name] === 'string' ? (claims[name] as string) : undefined)
  const groups = claims[groupsClaim]
  const names = claims._claim_names as Record<string, unknown> | undefined
  if (names && groupsClaim in names)
    throw new DirectoryRefused(
      'too many groups',
      'Your directory sends too many groups to read. It should send only those that matter here: tell your administrator.',
    )
  const email = text('email') ?? text('preferred_username')
  if (!email?.includes('@'))
    throw new DirectoryRefused(
      'no e-mail',
      'Your directory did not say your e-mail address: tell your administrator.',
    )
  return {
    subject: claims.sub,
    name: text('name') ?? email,
    email,
    jobTitle: text('job_title') ?? text('jobTitle'),
    groups: Array.isArray(groups) ? groups.map(String) : [],
    session: text('sid'),
    refreshToken: tokens.refresh_token,
  }
}

function refusedBecause(error: unknown): unknown {
  if (error instanceof DirectoryRefused) return error
  if (error instanceof oidc.AuthorizationResponseError)
    return new DirectoryRefused(error.error, 'Your directory did not let you in.')
  if (error instanceof oidc.ResponseBodyError)
    return new DirectoryRefused(error.error, 'Your directory would not vouch for you. Sign in again.')
  const { code } = error as { code?: unknown }
  if (typeof code === 'string' && code.startsWith('OAUTH_'))
    return new DirectoryRefused(code, 'The answer of your directory could not be trusted. Sign in again.')
  return error
}
