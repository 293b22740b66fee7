import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { clamdAt } from '../casework/documents/scanner.ts'
import { vaultWith } from '../casework/documents/services.ts'
import { migrateQueue } from '../database/queue.ts'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aChild } from '../testing/factories.ts'
import { signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'
import { housed, Visitor } from '../testing/visitor.ts'
import { areas } from './areas.ts'
import { buildServer } from './server.ts'

/*
 * Whatever stands in an address is looked up in lists of ours, and every object of JavaScript answers to these names.
 * Said where a kind, a part or a table is expected, they are not there, like any other word.
 */
const names = ['__proto__', 'constructor', 'toString']

/** What lists and forms are asked with. Their names stand here once more: one that is new is worth adding. */
const asked = [
  ...[
    'also',
    'child',
    'clock',
    'days',
    'direction',
    'form',
    'from',
    'kind',
    'known',
    'known-at',
    'needs',
    'of',
  ],
  ...['on', 'other', 'outcome', 'page', 'part', 'purpose', 'run', 'said', 'sort', 'source', 'stage', 'state'],
  ...['step', 'table', 'team', 'then', 'to', 'told', 'topic', 'view', 'week', 'which', 'who', 'with', 'year'],
]

let db: TestDatabase
let everyone: Visitor
let child: string
let folder: string

beforeAll(async () => {
  db = await testDatabase()
  await migrateQueue(db.urls.jobs)
  folder = await mkdtemp(join(tmpdir(), 'odd-names-'))
  const documents = vaultWith({
    folder: join(folder, 'bytes'),
    keyFolder: join(folder, 'keys'),
    keys: ['a key of the server for tests only, long enough'],
    largest: 1_000,
    scanner: clamdAt('127.0.0.1', 1),
  })
  const house = await buildServer({ ...housed(db, { config: { demonstration: true } }), areas, documents })
  const roles = new Set(
    house.declaredRoutes.flatMap(({ access }) => (typeof access === 'object' ? access.roles : [])),
  )
  const session = await signedIn(db, { name: 'Everybody at once', roles: [...roles] })
  everyone = new Visitor(house, session)
  child = await aChild(db.owner)
  await involve(db, child, { account: session.account.id })
})
afterAll(async () => {
  await everyone?.server.close()
  await db?.close()
  if (folder) await rm(folder, { recursive: true, force: true })
})

/** The addresses of a route: each of its parameters but the person called each of the names, and what is asked so too. */
function addressesOf(pattern: string): string[] {
  const parameters = [...pattern.matchAll(/:(\w+)/g)]
    .map(([, name]) => name!)
    .filter((name) => name !== 'person')
  const with_ = (odd: Record<string, string>) =>
    pattern.replace(/:(\w+)/g, (_, name: string) =>
      encodeURIComponent(odd[name] ?? (name === 'person' ? child : '00000000-0000-4000-8000-000000000000')),
    )
  return [
    ...parameters.flatMap((parameter) => names.map((name) => with_({ [parameter]: name }))),
    // One that is an object and one that is a function.
    ...names
      .slice(0, 2)
      .map((name) => `${with_({})}?${new URLSearchParams(asked.map((key) => [key, name]))}`),
  ]
}

test('no page breaks on the names that every object has', async () => {
  const addresses = everyone.server.declaredRoutes
    .filter(({ method, path }) => method === 'GET' && !path.includes('*'))
    .flatMap(({ path }) => addressesOf(path))
  expect(addresses.length).toBeGreaterThan(300)
  const broken: string[] = []
  const left = [...addresses]
  const look = async () => {
    for (let address = left.pop(); address; address = left.pop()) {
      const { statusCode } = await everyone.get(address)
      // The whole of what was asked would fill the screen.
      if (statusCode >= 500) broken.push(address.replace(/\?also=(\w+).*/, '?…=$1'))
    }
  }
  // Some answers wait on purpose (src/access/open-or-refuse.ts).
  await Promise.all(Array.from({ length: 8 }, look))
  expect(broken.sort()).toEqual([])
})
