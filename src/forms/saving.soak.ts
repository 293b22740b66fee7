import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Connection, openConnection } from '../database/connection.ts'
import { keptPasswords } from '../database/provision.ts'
import type { TestDatabase } from '../testing/database.ts'
import { aFamily } from '../testing/factories.ts'
import {
  dataFolder,
  type Program,
  removeFolder,
  serverProcesses,
  startProgram,
  until,
} from '../testing/program.ts'
import { expectEverything, expectShown, Recorder } from '../testing/recorder.ts'
import { signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'

/** How many kills; SOAK_ROUNDS says otherwise. */
const rounds = Number(process.env.SOAK_ROUNDS ?? 200)

let data: string
let program: Program
let recorders: Recorder[]
/** Where it answers now, once it does. */
let serving: Promise<string>

beforeAll(async () => {
  data = await dataFolder()
  serving = startedAfter(Promise.resolve())
  await serving
  recorders = await withDatabase((db) =>
    Promise.all(
      ['Ana', 'Ben', 'Cal'].map(async (name) => {
        const session = await signedIn(db, { name, roles: ['A-SW'] })
        const { children } = await aFamily(db.owner, { children: 2 })
        for (const child of children) await involve(db, child, { account: session.account.id })
        return new Recorder(name, session.secret, children, () => serving)
      }),
    ),
  )
})
afterAll(async () => {
  await end()
  await removeFolder(data)
})

async function startedAfter(before: Promise<void>): Promise<string> {
  await before
  program = startProgram({ data })
  return program.address
}

/** The program's own database, as its owner and as its pages, past what a page may do. */
async function withDatabase<T>(work: (db: TestDatabase) => Promise<T>): Promise<T> {
  const passwords = await keptPasswords(`${data}/database-passwords.json`)
  const port = (await readFile(`${data}/postgres/postmaster.pid`, 'utf8')).split('\n')[3]
  const open = (role: 'owner' | 'app'): Connection =>
    openConnection({
      url: `postgres://cairn_demo_${role}:${passwords[role]}@127.0.0.1:${port}/cairn`,
      name: 'soak',
      most: 3,
    })
  const [owner, app] = [open('owner'), open('app')]
  try {
    return await work({ owner, app } as TestDatabase)
  } finally {
    await Promise.all([owner.destroy(), app.destroy()])
  }
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!

/** The program and its database server at once, or one of them, which takes the other with it. */
async function kill(): Promise<void> {
  const [first, ...others] = (await serverProcesses(data)).sort((one, other) => one - other)
  const all = [program.process.pid!, first!, ...others]
  for (const pid of pick([all, all.toReversed(), [program.process.pid!], [first!]])) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // Already gone with another one.
    }
  }
}

async function end(): Promise<void> {
  if (program.process.exitCode === null && program.process.signalCode === null)
    program.process.kill('SIGTERM')
  await program.ended
  await until('no server is left', async () => (await serverProcesses(data)).length === 0)
}

test(`${rounds} kills of the whole program in the middle of saves: every acknowledged word is there, every filing once, nothing half`, async () => {
  const total = (of: 'acknowledged' | 'unanswered') => recorders.reduce((sum, one) => sum + one[of], 0)
  let broken: unknown
  const working = Promise.all(recorders.map((one) => one.work())).catch((error) => {
    broken = error
  })
  let cut = 0
  for (let round = 0; round < rounds && !broken; round += 1) {
    const [acknowledged, unanswered] = [total('acknowledged'), total('unanswered')]
    const enough = acknowledged + 3 + Math.random() * 20
    await until('something was saved', async () => total('acknowledged') >= enough || !!broken)
    await wait(Math.random() * 50)
    // Who asks now waits for the next start.
    serving = startedAfter(kill().then(end))
    await serving
    if (total('unanswered') > unanswered) cut += 1
  }
  for (const one of recorders) one.stop()
  await working
  if (broken) throw broken
  expect(cut, 'kills that left a request without an answer').toBeGreaterThan(rounds / 2)
  await withDatabase(({ owner }) => expectEverything(owner, recorders))
  for (const one of recorders) await expectShown(one)
})
