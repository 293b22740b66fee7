import { readFileSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type LoadAccount, runLoad, ssd } from '../src/importing/ssd-running.ts'
import { type BenchDatabase, benchDatabase } from './database.ts'
import { peakMemory, progress, type Result, report, time } from './support.ts'
import { writeSsd } from './write-ssd.ts'

/**
 * The record of an invented authority, loaded from files of the dataset into an empty database, and the same files
 * once more. A million people and 100,000 children, or as many as CAIRN_BENCH_CHILDREN says with ten people for each:
 * for trying something out, not for the figures that are kept.
 */
const children = Number(process.env.CAIRN_BENCH_CHILDREN ?? 100_000)
const people = children * 10
const most = { seconds: 600, memoryMiB: 1024 }

const folder = await mkdtemp(join(tmpdir(), 'cairn-load-bench-'))
const db = await benchDatabase()
try {
  progress('writing the files')
  const rows = await writeSsd(folder, { children, people, seed: 7 })
  const sizes = await Promise.all(
    (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size),
  )
  const fileMiB = Math.round(sizes.reduce((all, size) => all + size, 0) / 2 ** 20)
  const first = await load(db)
  const again = await load(db)
  const held = first.account.tables.reduce((all, table) => all + table.held, 0)
  const results: Result[] = [
    {
      what: `${people.toLocaleString('en-GB')} people and ${children.toLocaleString('en-GB')} children with their history into an empty database`,
      ...(children === 100_000 && {
        bound: {
          words: `under ${most.seconds} s, under ${most.memoryMiB} MiB`,
          held: first.seconds < most.seconds && first.peakMemoryMiB < most.memoryMiB,
        },
      }),
      figures: { ...figures(first), rows, fileMiB, held, rowsASecond: Math.round(rows / first.seconds) },
    },
    { what: 'the same files once more', figures: figures(again) },
  ]
  await report('import-ssd', results)
} finally {
  await db.stop()
  await rm(folder, { recursive: true, force: true })
}

interface Loaded {
  account: LoadAccount
  seconds: number
  /** Seconds on a processor: of this program, and of its connection to the database. */
  processorSeconds: { own: number; database: number }
  peakMemoryMiB: number
  loadBefore: number
  processorSecondsOf: Record<string, number>
}

async function load({ jobs }: BenchDatabase): Promise<Loaded> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(jobs)
  const spent = () => ({ own: process.cpuUsage(), database: databaseTime(rows[0]!.pid) })
  const between = (from: ReturnType<typeof spent>, to: ReturnType<typeof spent>) => ({
    own: (to.own.user + to.own.system - from.own.user - from.own.system) / 1_000_000,
    database: to.database - from.database,
  })
  const steps = new Map<string, number>()
  const begun = spent()
  let step: [says: string, from: typeof begun] = ['Finding files', begun]
  const next = (says: string) => {
    const now = spent()
    const took = between(step[1], now)
    steps.set(step[0], (steps.get(step[0]) ?? 0) + took.own + took.database)
    step = [says.replace(/:.*$/, ''), now]
    progress(says)
  }
  const loadBefore = Math.round(loadavg()[0]! * 10) / 10
  let account: LoadAccount | undefined
  const milliseconds = await time(async () => {
    account = await runLoad(jobs, ssd, [folder], { system: 'bench', onProgress: next })
  })
  next('end')
  const all = between(begun, spent())
  const slowest = [...steps].sort((a, b) => b[1] - a[1]).slice(0, 12)
  return {
    account: account!,
    seconds: round(milliseconds / 1000),
    processorSeconds: { own: round(all.own), database: round(all.database) },
    peakMemoryMiB: peakMemory(),
    loadBefore,
    processorSecondsOf: Object.fromEntries(slowest.map(([says, took]) => [says, round(took)])),
  }
}

function round(n: number): number {
  return Math.round(n * 100) / 100
}

/** Seconds that a connection of the database has spent on a processor; 0 where the system does not tell. */
function databaseTime(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}

function figures({ account, ...taken }: Loaded) {
  const { created, updated, unchanged } = account
  return {
    ...taken,
    created,
    updated,
    unchanged,
    factsASecond: Math.round((created + updated + unchanged) / taken.seconds),
  }
}
