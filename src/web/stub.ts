import type { Connection } from '../database/connection.ts'
import type { WebConfig } from './config.ts'
import type { ServerDeps } from './server.ts'
import type { Session } from './session.ts'

/** For tests of pages alone: a house without a database, in which a header says who is signed in. */
export const stubConfig: WebConfig = {
  serviceName: 'Cairn',
  authority: { name: 'Borsetshire Council', accent: '#1d4f91' },
  demonstration: true,
  secret: 'a secret for tests only, long enough',
  secureCookies: false,
  trustProxy: false,
  version: '0.0.0',
}

export function stubSession(roles: readonly string[] = ['A-SW'], more: Partial<Session> = {}): Session {
  return {
    id: `session of ${roles.join(', ')}`,
    secret: 'not a secret',
    account: { id: '00000000-0000-4000-8000-000000000001', name: 'Sam Okoro', jobTitle: 'Social worker' },
    roles,
    locked: false,
    ...more,
  }
}

/** Dependencies whose session comes from the header `x-test-roles` (absent: signed out). */
export function stubDeps(more: Partial<ServerDeps> = {}): ServerDeps {
  const noDatabase = new Proxy(
    {},
    {
      get: () => {
        throw new Error('This house has no database')
      },
    },
  ) as Connection
  return {
    config: stubConfig,
    db: noDatabase,
    sessions: {
      async resolve(request) {
        const roles = request.headers['x-test-roles']
        if (typeof roles !== 'string') return null
        return stubSession(roles.split(' '), { locked: request.headers['x-test-locked'] === 'yes' })
      },
      signInAddress: (then) => `/sign-in?then=${encodeURIComponent(then)}`,
      unlockAddress: (then) => `/unlock?then=${encodeURIComponent(then)}`,
    },
    ready: async () => {},
    areas: [],
    ...more,
  }
}
