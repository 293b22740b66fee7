import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openConnection } from '../database/connection.ts'
import { keptPasswords } from '../database/provision.ts'
import {
  dataFolder,
  type Program,
  removeFolder,
  serverProcesses,
  startProgram,
  until,
} from '../testing/program.ts'

/** How many kills; SOAK_ROUNDS says otherwise. */
const rounds = Number(process.env.SOAK_ROUNDS ?? 300)

let data: string
beforeAll(async () => {
  data = await dataFolder()
})
afterAll(() => removeFolder(data))

const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!

const isReady = async (address: string) =>
  (await fetch(`${address}/health/ready`).catch(() => undefined))?.status === 200

/** Everything that could be killed: the program, whatever stands above it, and each process of its server. */
async function victims({ process: child }: Program): Promise<number[]> {
  return [child.pid!, ...(await serverProcesses(data))]
}

async function saved(): Promise<number> {
  const passwords = await keptPasswords(`${data}/database-passwords.json`)
  const port = (await readFile(`${data}/postgres/postmaster.pid`, 'utf8')).split('\n')[3]
  const db = openConnection({
    url: `postgres://cairn_demo_owner:${passwords.owner}@127.0.0.1:${port}/cairn`,
    name: 'soak',
  })
  try {
    await sql`create table if not exists public.soak (kept int)`.execute(db)
    await sql`insert into public.soak select coalesce(max(kept), 0) + 1 from public.soak`.execute(db)
    const { rows } = await sql<{ count: number }>`select count(*) from public.soak`.execute(db)
    return rows[0]!.count
  } finally {
    await db.destroy()
  }
}

test(`${rounds} kills, at any moment, of any process: each start works, keeps what was saved, leaves no server`, async () => {
  let written = 0
  for (let round = 0; round < rounds; round += 1) {
    const program = startProgram({ data, through: pick(['node', 'npm'] as const) })
    const patient = Math.random() < 0.6
    if (patient) {
      const address = await program.address
      expect(await isReady(address)).toBe(true)
      const kept = await saved()
      expect(kept).toBe(written + 1)
      written = kept
    } else {
      await wait(Math.random() * 3_000)
    }
    const killed: number[] = []
    for (const pid of shuffled(await victims(program)).slice(0, pick([1, 1, 2, 100]))) {
      try {
        killed.push(pid)
        process.kill(pid, 'SIGKILL')
      } catch {
        // Already gone with another one.
      }
    }
    // A killed connection's process ends neither the server nor the program.
    await wait(300)
    if (program.process.exitCode === null && program.process.signalCode === null)
      program.process.kill('SIGTERM')
    await program.ended
    await until('no server is left', async () => (await serverProcesses(data)).length === 0).catch(
      async (error: Error) => {
        const left = (await serverProcesses(data)).join()
        const told = execFileSync('ps', ['-o', 'pid,ppid,stat,lstart,args', '-p', left]).toString()
        throw new Error(`${error.message}\n${told}\nKilled: ${killed.join()}\n${program.said()}`)
      },
    )
  }
})

const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((item) => [Math.random(), item] as const)
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item)
