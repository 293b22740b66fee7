import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Access, decideRoute } from './route-access.ts'
import { buildServer } from './server.ts'
import { stubDeps } from './stub.ts'

/**
 * Every route of the service with who may call it, written a second time on purpose: a route that is new, gone or
 * opened to others fails here until somebody has looked. 'anyone' is for signed-out people too.
 */
const expected: Record<string, Access> = {
  'GET /': 'signed-in',
  'GET /help': 'anyone',
  'GET /assets/:hash/*': 'anyone',
  'GET /health': 'anyone',
  'GET /health/live': 'anyone',
  'GET /health/ready': 'anyone',
  'GET /metrics': 'anyone',
  'GET /sign-in': 'anyone',
  'POST /sign-in': 'anyone',
  'GET /sign-in/first-time': 'anyone',
  'POST /sign-in/first-time': 'anyone',
  'GET /sign-in/directory': 'anyone',
  'GET /sign-in/directory/back': 'anyone',
  'POST /sign-out': 'anyone',
  'POST /lock': 'signed-in',
  'GET /unlock': 'signed-in',
  'POST /unlock': 'signed-in',
  'GET /children/:person/say-why': 'signed-in',
  'POST /children/:person/say-why': 'signed-in',
  'GET /children/:person/emergency-access': 'signed-in',
  'POST /children/:person/emergency-access': 'signed-in',
  'GET /children/:person/i-know-this-family': 'signed-in',
  'POST /children/:person/i-know-this-family': 'signed-in',
  'GET /children/:person/restriction': 'signed-in',
  'POST /children/:person/restriction': 'signed-in',
  'GET /restrictions': { roles: ['A-TM', 'A-SM', 'A-ADO'] },
  'GET /restrictions/:restriction': { roles: ['A-TM', 'A-SM', 'A-ADO'] },
  'POST /restrictions/:restriction/confirm': { roles: ['A-TM', 'A-SM', 'A-ADO'] },
  'POST /restrictions/:restriction/readers': { roles: ['A-TM', 'A-SM', 'A-ADO'] },
  'POST /restrictions/:restriction/readers/:account/take-off': { roles: ['A-TM', 'A-SM', 'A-ADO'] },
  'POST /restrictions/:restriction/lift': { roles: ['A-TM', 'A-SM', 'A-ADO'] },
  'GET /children/:person/colleagues': 'signed-in',
  'POST /children/:person/colleagues': 'signed-in',
  'POST /children/:person/colleagues/:tie/end': 'signed-in',
  'GET /cover': 'signed-in',
  'POST /cover': 'signed-in',
  'POST /cover/:cover/end': 'signed-in',
  'GET /emergency-access': 'signed-in',
  'GET /emergency-access/:emergency/write': 'signed-in',
  'POST /emergency-access/:emergency/write': 'signed-in',
  'POST /emergency-access/:emergency/end': 'signed-in',
  'GET /emergency-access/:emergency/review': { roles: ['A-TM', 'A-SM', 'A-CG', 'A-DPO'] },
  'POST /emergency-access/:emergency/review': { roles: ['A-TM', 'A-SM', 'A-CG', 'A-DPO'] },
  'GET /known-families/declared': 'signed-in',
  'GET /known-families': { roles: ['A-TM', 'A-SM', 'A-CG', 'A-DPO'] },
  'GET /known-families/:connection': { roles: ['A-TM', 'A-SM', 'A-CG', 'A-DPO'] },
  'POST /known-families/:connection': { roles: ['A-TM', 'A-SM', 'A-CG', 'A-DPO'] },
  'GET /notices': 'signed-in',
  'POST /notices/:notice/read': 'signed-in',
  'GET /account': 'signed-in',
  'GET /account/seen': 'signed-in',
  'POST /account/settings': 'signed-in',
  'GET /account/password': 'signed-in',
  'POST /account/password': 'signed-in',
  'POST /account/sessions/:session/end': 'signed-in',
  'GET /prove': 'signed-in',
  'POST /prove': 'signed-in',
  'GET /people-who-work-here': { roles: ['A-ADM'] },
  'GET /people-who-work-here/new': { roles: ['A-ADM'] },
  'POST /people-who-work-here/new': { roles: ['A-ADM'] },
  'GET /people-who-work-here/teams': { roles: ['A-ADM'] },
  'GET /people-who-work-here/teams/new': { roles: ['A-ADM'] },
  'POST /people-who-work-here/teams/new': { roles: ['A-ADM'] },
  'GET /people-who-work-here/teams/:team': { roles: ['A-ADM'] },
  'POST /people-who-work-here/teams/:team': { roles: ['A-ADM'] },
  'GET /people-who-work-here/directory-groups': { roles: ['A-ADM'] },
  'POST /people-who-work-here/directory-groups': { roles: ['A-ADM'] },
  'POST /people-who-work-here/directory-groups/take': { roles: ['A-ADM'] },
  'GET /people-who-work-here/:account': { roles: ['A-ADM'] },
  'POST /people-who-work-here/:account/details': { roles: ['A-ADM'] },
  'POST /people-who-work-here/:account/roles': { roles: ['A-ADM'] },
  'POST /people-who-work-here/:account/roles/:role/take': { roles: ['A-ADM'] },
  'POST /people-who-work-here/:account/teams': { roles: ['A-ADM'] },
  'POST /people-who-work-here/:account/teams/:membership/leave': { roles: ['A-ADM'] },
  'POST /people-who-work-here/:account/supervisor': { roles: ['A-ADM'] },
  'POST /people-who-work-here/:account/reset': { roles: ['A-ADM'] },
  'POST /people-who-work-here/:account/end': { roles: ['A-ADM'] },
  'POST /people-who-work-here/:account/reopen': { roles: ['A-ADM'] },
  'GET /search': 'signed-in',
  'GET /search/suggestions': 'signed-in',
  'GET /people/new': { roles: ['A-SW', 'A-TM', 'A-SM', 'A-DUTY', 'A-EDT'] },
  'POST /people/new': { roles: ['A-SW', 'A-TM', 'A-SM', 'A-DUTY', 'A-EDT'] },
  'POST /people/new/likely': { roles: ['A-SW', 'A-TM', 'A-SM', 'A-DUTY', 'A-EDT'] },
  'GET /people/:person/added': { roles: ['A-SW', 'A-TM', 'A-SM', 'A-DUTY', 'A-EDT'] },
  'GET /people/possibly-the-same': { roles: ['A-SW', 'A-TM', 'A-SM', 'A-DUTY', 'A-EDT'] },
  'GET /children/:person/same-person': 'signed-in',
  'GET /children/:person/same-person/:other': 'signed-in',
  'POST /children/:person/same-person/:other': 'signed-in',
  'GET /children/:person/merged/:alias': 'signed-in',
  'POST /children/:person/merged/:alias': 'signed-in',
  'GET /children/:person/details': 'signed-in',
  'GET /children/:person/details/:kind/new': 'signed-in',
  'POST /children/:person/details/:kind/new': 'signed-in',
  'GET /children/:person/details/:kind/:fact': 'signed-in',
  'POST /children/:person/details/:kind/:fact': 'signed-in',
  'POST /children/:person/details/:kind/:fact/recorded-in-error': 'signed-in',
  'GET /children/:person/about': 'signed-in',
  'POST /children/:person/about': 'signed-in',
  'GET /my-work': 'signed-in',
  'GET /drafts': 'signed-in',
  'GET /children/:person/notes': 'signed-in',
  'GET /children/:person/notes/new': 'signed-in',
  'POST /children/:person/notes/new': 'signed-in',
  'GET /children/:person/notes/:note': 'signed-in',
  'POST /children/:person/notes/:note/add': 'signed-in',
  'POST /children/:person/notes/:note/significant': 'signed-in',
  'GET /children/:person/notes/:note/wrong-person': 'signed-in',
  'POST /children/:person/notes/:note/wrong-person': 'signed-in',
  'POST /drafts/:draft': 'signed-in',
  'POST /drafts/:draft/put-away': 'signed-in',
  'POST /drafts/:draft/take-up-again': 'signed-in',
  'GET /children/:person': 'signed-in',
  'GET /children/:person/chronology': 'signed-in',
  'GET /children/:person/family': 'signed-in',
  'GET /children/:person/family/find': 'signed-in',
  'GET /children/:person/family/relationships/add': 'signed-in',
  'POST /children/:person/family/relationships/add': 'signed-in',
  'GET /children/:person/family/relationships/:fact': 'signed-in',
  'POST /children/:person/family/relationships/:fact': 'signed-in',
  'GET /children/:person/family/parental-responsibility/add': 'signed-in',
  'POST /children/:person/family/parental-responsibility/add': 'signed-in',
  'GET /children/:person/family/parental-responsibility/:fact': 'signed-in',
  'POST /children/:person/family/parental-responsibility/:fact': 'signed-in',
  'GET /children/:person/family/unknown-parents/add': 'signed-in',
  'POST /children/:person/family/unknown-parents/add': 'signed-in',
  'GET /children/:person/family/unknown-parents/:fact': 'signed-in',
  'POST /children/:person/family/unknown-parents/:fact': 'signed-in',
  'GET /children/:person/communication': 'signed-in',
  'GET /children/:person/communication/add': 'signed-in',
  'POST /children/:person/communication/add': 'signed-in',
  'GET /children/:person/communication/:fact': 'signed-in',
  'POST /children/:person/communication/:fact': 'signed-in',
  'GET /children/:person/who-may': 'signed-in',
  'GET /children/:person/who-may/arrangements/add': 'signed-in',
  'POST /children/:person/who-may/arrangements/add': 'signed-in',
  'GET /children/:person/who-may/arrangements/:fact': 'signed-in',
  'POST /children/:person/who-may/arrangements/:fact': 'signed-in',
  'GET /children/:person/warnings': 'signed-in',
  'GET /children/:person/warnings/hazards/add': 'signed-in',
  'POST /children/:person/warnings/hazards/add': 'signed-in',
  'GET /children/:person/warnings/hazards/:fact': 'signed-in',
  'POST /children/:person/warnings/hazards/:fact': 'signed-in',
  'GET /children/:person/warnings/risks/add': 'signed-in',
  'POST /children/:person/warnings/risks/add': 'signed-in',
  'GET /children/:person/warnings/risks/:fact': 'signed-in',
  'POST /children/:person/warnings/risks/:fact': 'signed-in',
  'GET /children/:person/warnings/evidence/add': 'signed-in',
  'POST /children/:person/warnings/evidence/add': 'signed-in',
  'GET /children/:person/warnings/evidence/:fact': 'signed-in',
  'POST /children/:person/warnings/evidence/:fact': 'signed-in',
  'GET /children/:person/facts/:table/:fact/in-error': 'signed-in',
  'POST /children/:person/facts/:table/:fact/in-error': 'signed-in',
  'GET /children/:person/need': 'signed-in',
  'GET /children/:person/protection': 'signed-in',
  'GET /children/:person/care': 'signed-in',
  'GET /children/:person/health': 'signed-in',
  'GET /children/:person/education': 'signed-in',
  'GET /children/:person/adoption': 'signed-in',
  'GET /children/:person/leaving-care': 'signed-in',
  'GET /children/:person/facts/:table/:fact': 'signed-in',
  'GET /due': 'signed-in',
  'GET /children/:person/due': 'signed-in',
  'GET /children/:person/due/:due/decide': 'signed-in',
  'POST /children/:person/due/:due/decide': 'signed-in',
  'POST /children/:person/due/:due/take-back': { roles: ['A-TM', 'A-SM'] },
  'GET /administration/clocks': { roles: ['A-ADM'] },
  'GET /administration/clocks/:clock': { roles: ['A-ADM'] },
  'POST /administration/clocks/:clock': { roles: ['A-ADM'] },
  'POST /administration/clocks/:clock/times/:time/end': { roles: ['A-ADM'] },
  'GET /administration/bank-holidays': { roles: ['A-ADM'] },
  'POST /administration/bank-holidays': { roles: ['A-ADM'] },
  'POST /administration/bank-holidays/:day/take-back': { roles: ['A-ADM'] },
  'GET /allocate': { roles: ['A-TM', 'A-SM'] },
  'POST /allocate': { roles: ['A-TM', 'A-SM'] },
  'GET /imports': { roles: ['A-PERF'] },
  'POST /imports': { roles: ['A-PERF'] },
  'GET /imports/new': { roles: ['A-PERF'] },
  'GET /imports/:run': { roles: ['A-PERF'] },
  'GET /imports/:run/progress': { roles: ['A-PERF'] },
  'GET /imports/:run/rows': { roles: ['A-PERF'] },
  'GET /local-words': { roles: ['A-PERF'] },
  'GET /local-words/:system/:field': { roles: ['A-PERF'] },
  'POST /local-words/:system/:field': { roles: ['A-PERF'] },
  'POST /local-words/:system/:field/sign': { roles: ['A-PERF'] },
  'GET /import-problems': { roles: ['A-PERF'] },
  'GET /import-problems/:problem': { roles: ['A-PERF'] },
  'GET /import-problems/:problem/progress': { roles: ['A-PERF'] },
  'POST /import-problems/:problem/try-again': { roles: ['A-PERF'] },
  'POST /import-problems/:problem/who-it-is': { roles: ['A-PERF'] },
  'POST /import-problems/:problem/dismiss': { roles: ['A-PERF'] },
  'GET /returns': { roles: ['A-PERF', 'A-TM', 'A-SM'] },
  'POST /returns': { roles: ['A-PERF'] },
  'GET /reporting': { roles: ['A-PERF'] },
  'POST /reporting': { roles: ['A-PERF'] },
  'POST /reporting/:run/end': { roles: ['A-PERF'] },
  'GET /returns/new': { roles: ['A-PERF'] },
  'GET /returns/:made': { roles: ['A-PERF', 'A-TM', 'A-SM'] },
  'GET /returns/:made/progress': { roles: ['A-PERF', 'A-TM', 'A-SM'] },
  'GET /returns/:made/download': { roles: ['A-PERF'] },
  'POST /returns/:made/download': { roles: ['A-PERF'] },
  'GET /returns/:made/file': { roles: ['A-PERF'] },
  'GET /checks': { roles: ['A-PERF'] },
  'POST /checks': { roles: ['A-PERF'] },
  'GET /checks/new': { roles: ['A-PERF'] },
  'GET /checks/:check': { roles: ['A-PERF'] },
  'GET /checks/:check/progress': { roles: ['A-PERF'] },
  'GET /checks/:check/children/:place': { roles: ['A-PERF'] },
  'POST /checks/:check/tick': { roles: ['A-PERF'] },
  'GET /checks/:check/teams': { roles: ['A-PERF'] },
  'GET /checks/:check/download': { roles: ['A-PERF'] },
  'POST /checks/:check/download': { roles: ['A-PERF'] },
  'GET /checks/:check/file': { roles: ['A-PERF'] },
  'POST /checks/:check/dismiss': { roles: ['A-PERF'] },
  'GET /my-checks': { roles: ['A-SW', 'A-TM', 'A-SM', 'A-DUTY', 'A-EDT', 'A-PA', 'A-ADO'] },
  'GET /children/:person/checks': {
    roles: ['A-SW', 'A-TM', 'A-SM', 'A-DUTY', 'A-EDT', 'A-PA', 'A-ADO'],
  },
  'GET /children/:person/who-has-looked': 'signed-in',
  'GET /trail/what-i-opened': 'signed-in',
  'GET /trail/workers': { roles: ['A-IG', 'A-DPO', 'A-CG', 'A-TM', 'A-SM'] },
  'GET /trail/workers/:account': { roles: ['A-IG', 'A-DPO', 'A-CG', 'A-TM', 'A-SM'] },
  'GET /trail/seal': { roles: ['A-IG', 'A-DPO', 'A-CG', 'A-ADM', 'A-OPS', 'A-INS'] },
  'POST /trail/seal/verifications/:verification/seen': { roles: ['A-DPO'] },
  // Demonstration only.
  'GET /components': 'anyone',
  'POST /components': 'anyone',
  'GET /components/record': 'anyone',
  'GET /components/progress': 'anyone',
  'GET /set-pieces': 'signed-in',
}

let app: FastifyInstance
beforeAll(async () => {
  app = await buildServer({ ...stubDeps(), areas: undefined })
})
afterAll(() => app.close())

const keyOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`
const rolesOf = (access: Access) => (typeof access === 'object' ? [...access.roles].sort() : access)

describe('every route × every role', () => {
  test('every route is listed here, and every listed route exists', () => {
    expect(app.declaredRoutes.map(keyOf).sort()).toEqual(Object.keys(expected).sort())
  })

  test('every route declares what is listed', () => {
    const declared = Object.fromEntries(
      app.declaredRoutes.map((route) => [keyOf(route), rolesOf(route.access)]),
    )
    const listed = Object.fromEntries(Object.entries(expected).map(([key, access]) => [key, rolesOf(access)]))
    expect(declared).toEqual(listed)
  })

  test('every route answers each role as listed', async () => {
    const roles = new Set(
      Object.values(expected).flatMap((access) => (typeof access === 'object' ? access.roles : [])),
    )
    const wrong: string[] = []
    for (const [key, access] of Object.entries(expected)) {
      const [method, path] = key.split(' ') as ['GET', string]
      const url = path.replace(/:\w+/g, '00000000-0000-4000-8000-000000000000').replace('*', 'x')
      for (const role of [null, 'no role', ...roles]) {
        const headers = { accept: 'text/html', ...(role ? { 'x-test-roles': role } : {}) }
        const decision = decideRoute(access, role ? { roles: [role] } : null)
        const { statusCode, headers: answered } = await app.inject({ method, url, headers })
        const asked = String(answered.location ?? '').startsWith('/sign-in')
        const refused = statusCode === 403 && method === 'GET'
        const seen = asked ? 'sign-in' : refused ? 'refuse' : 'allow'
        // A form without its token is refused in any case; that it is refused is all that is seen from outside.
        if (method !== 'GET' && decision === 'allow') continue
        if (method !== 'GET' && decision === 'refuse' && statusCode === 403) continue
        if (seen !== decision)
          wrong.push(`${key} for ${role ?? 'nobody'}: ${seen}, not ${decision} (${statusCode})`)
      }
    }
    expect(wrong).toEqual([])
  }, 30_000)
})
