import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/database.ts'
import { aFamily } from '../testing/factories.ts'
import { until } from '../testing/program.ts'
import { expectEverything, expectShown, Recorder } from '../testing/recorder.ts'
import { type ServingProcess, servingProcesses } from '../testing/serving-process.ts'
import { signedIn } from '../testing/signed-in.ts'
import { involve } from '../testing/ties.ts'

/**
 * The short form of saving.soak.ts: the process that serves is killed, PostgreSQL is not, and there is no background
 * work. The next process gets ready while one serves, so that ten kills take seconds.
 */
const kills = 10

let db: TestDatabase
let serving: Promise<{ process: ChildProcess; address: string }>
let processes: Awaited<ReturnType<typeof servingProcesses>>
let next: ServingProcess
let recorders: Recorder[]

async function serve(): Promise<{ process: ChildProcess; address: string }> {
  const { process, listen } = next
  const address = await listen()
  next = processes.begin()
  return { process, address }
}

beforeAll(async () => {
  db = await testDatabase()
  processes = await servingProcesses(db.urls.app)
  next = processes.begin()
  serving = serve()
  recorders = await Promise.all(
    ['Ana', 'Ben', 'Cal'].map(async (name) => {
      const session = await signedIn(db, { name, roles: ['A-SW'] })
      const { children } = await aFamily(db.owner, { children: 2 })
      for (const child of children) await involve(db, child, { account: session.account.id })
      return new Recorder(name, session.secret, children, async () => (await serving).address)
    }),
  )
})
afterAll(async () => {
  next?.process.kill('SIGKILL')
  ;(await serving?.catch(() => undefined))?.process.kill('SIGKILL')
  await processes?.remove()
  await db?.close()
})

test(`${kills} kills in the middle of saves: every acknowledged word is there, every filing once, nothing half`, async () => {
  const total = (of: 'acknowledged' | 'unanswered') => recorders.reduce((sum, one) => sum + one[of], 0)
  const working = Promise.all(recorders.map((one) => one.work()))
  let cut = 0
  for (let round = 0; round < kills; round += 1) {
    const { process } = await serving
    const [acknowledged, unanswered] = [total('acknowledged'), total('unanswered')]
    const enough = acknowledged + 3 + Math.random() * 9
    await Promise.race([working, until('something was saved', async () => total('acknowledged') >= enough)])
    await wait(Math.random() * 30)
    const ended = once(process, 'close')
    process.kill('SIGKILL')
    await ended
    serving = serve()
    await serving
    if (total('unanswered') > unanswered) cut += 1
  }
  for (const one of recorders) one.stop()
  await working
  const filed = recorders.flatMap(({ filings }) => filings).filter(({ address }) => address)
  expect(filed.length, 'filings acknowledged').toBeGreaterThan(kills / 3)
  expect(cut, 'kills that left a request without an answer').toBeGreaterThan(kills / 3)
  await expectEverything(db.owner, recorders)
  for (const one of recorders) await expectShown(one)
}, 180_000)
