import { readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { sql } from 'kysely'
import type { Connection } from '../src/database/connection.ts'
import { fillDemonstration, usual } from '../src/demonstration/fill.ts'
import { benchDatabase } from './database.ts'
import { peakMemory, report, time } from './support.ts'

/**
 * Filling a demonstration: 100,000 children, or as many as CAIRN_BENCH_CHILDREN says, with their families, the service
 * that works with them, and the returns of eight years, all through the importer; and the few hundred that a first
 * start makes.
 */
const large = Number(process.env.CAIRN_BENCH_CHILDREN ?? 100_000)
const today = '2026-11-25'

const results = []
for (const children of [usual.children, large]) {
  const db = await benchDatabase()
  try {
    const server = await serverOf(db.owner)
    const spent = () => ({ own: ownSeconds(), server: server() })
    const before = spent()
    const loadBefore = Math.round(loadavg()[0]! * 10) / 10
    const milliseconds = await time(() =>
      fillDemonstration(db, { ...usual, today, children }, () => undefined),
    )
    const after = spent()
    const { rows } = await sql<{ people: number; facts: number; events: number }>`
      select (select count(*) from record.person) as people, (select count(*) from importing.statement) as facts,
             (select count(*) from record.event) as events`.execute(db.owner)
    results.push({
      what: `an authority of ${children.toLocaleString('en-GB')} children, families and staff`,
      figures: {
        seconds: round(milliseconds / 1000),
        processorSeconds: {
          own: round(after.own - before.own),
          database: round(after.server - before.server),
        },
        peakMemoryMiB: peakMemory(),
        loadBefore,
        ...rows[0],
      },
    })
  } finally {
    await db.stop()
  }
}
await report('demonstration', results)

function ownSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

/** Seconds that a server and everything it started have spent on a processor. */
async function serverOf(owner: Connection): Promise<() => number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(owner)
  const parent = timesOf(rows[0]!.pid)!.parent
  return () => {
    const of = timesOf(parent)!
    const children = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (timesOf(name) ?? []) : []))
    const living = children.filter((one) => one.parent === parent).reduce((sum, { own }) => sum + own, 0)
    return (of.own + of.ended + living) / 100
  }
}

/** In hundredths of a second: a process's own time, and that of children that have ended. */
function timesOf(pid: number | string): { parent: number; own: number; ended: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    return { parent: fields[1]!, own: fields[11]! + fields[12]!, ended: fields[13]! + fields[14]! }
  } catch {
    return undefined
  }
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10
}
