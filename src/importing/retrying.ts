import { sql } from 'kysely'
import { endRun, inRun, openRun } from '../access/runs.ts'
import type { Connection } from '../database/connection.ts'
import { Columns } from './columns.ts'
import { typedDay } from './days.ts'
import { Entering } from './entering.ts'
import type { Source, SourceRow } from './model.ts'
import type { KeptRow } from './problems.ts'
import { stateRows } from './reading.ts'
import { oneAtATime, standingOf } from './running.ts'
import * as store from './store.ts'

interface Asked {
  source: Source
  period: string
  file: string
  rows: KeptRow[]
  state: string
  decided_by: string | null
}

/**
 * Tries a problem again with its rows as somebody put them right. It is mended, or open again with what is wrong now.
 * @throws Busy when an import is entering
 */
export async function retryProblem(db: Connection, id: string): Promise<void> {
  const trailed = await openRun(db, {
    purpose: 'import problem put right',
    population: 'the child the problem is about',
  })
  try {
    await inRun(db, trailed, async (trx) => {
      await oneAtATime(trx)
      const { rows: found } = await sql<Asked>`
        select source, period, file, rows, state, decided_by from importing.problem where id = ${id}::uuid for update`.execute(
        trx,
      )
      const problem = found[0]
      if (problem?.state !== 'retrying') return
      const run = await store.addMending(trx, { ...problem, id })
      const { reasons, candidates } = await enterAgain(trx, run, problem.rows)
      await sql`
        update importing.problem set state = ${reasons.length === 0 ? 'mended' : 'open'},
               reason = case when ${reasons.length} = 0 then reason else ${reasons.join('; ')} end,
               candidates = ${candidates.length > 0 ? candidates : null}::uuid[]
         where id = ${id}::uuid`.execute(trx)
    })
  } finally {
    await endRun(db, trailed, 1)
  }
}

interface Wrong {
  reasons: string[]
  /** Who the person may be, where somebody has to decide that. */
  candidates: string[]
}

async function enterAgain(trx: store.Transaction, run: store.RunRow, rows: KeptRow[]): Promise<Wrong> {
  const { source, period } = run
  const mended = new Set(rows.flatMap(({ kind }, place) => (kind === 'above' ? [] : [place])))
  const standing = { ...standingOf(run), addsOnly: true }
  const problems: { reason: string; candidates?: readonly string[] | undefined }[] = []
  const columns = await Columns.of(trx)
  for (const person of stateRows(source, period, rows.map(tidied))) {
    const entering = new Entering(trx, columns, standing, run.id, mended)
    problems.push(...(await entering.enter([person])))
    await store.settle(trx, [...entering.tally.touched], source === 'ssda903')
  }
  const candidates = [...new Set(problems.flatMap((problem) => problem.candidates ?? []))]
  return { reasons: [...new Set(problems.map(({ reason }) => reason))], candidates }
}

/** Days typed as dd/mm/yyyy are the record's days; DATE_PERM is kept as it is written. */
function tidied({ kind: _, ...row }: KeptRow): SourceRow {
  const values = Object.entries(row.values).flatMap(([column, text]) => {
    const clean = text.trim()
    if (clean === '') return []
    return [[column, column === 'DATE_PERM' ? clean : typedDay(clean)] as const]
  })
  return { ...row, values: Object.fromEntries(values) }
}
