import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { notFound } from '../web/errors.ts'
import { listState } from '../web/list.ts'
import { sessionOf } from '../web/session.ts'
import { analysts } from './menu.ts'
import { type Load, loads } from './model.ts'
import { paths } from './paths.ts'
import { inWorkspace } from './problem-store.ts'
import { textOf } from './ssd-cells.ts'
import type { RunRow, Transaction } from './store.ts'
import { runName } from './words.ts'

interface TableRow {
  source_table: string
  read: number
  loaded: number
  warned: number
  held: number
  gone: number
  by_year: Record<string, number>
  left_out: Record<string, number>
}

interface KeptRow {
  source_table: string
  outcome: 'held' | 'warned' | 'gone'
  reasons: string[]
  file: string | null
  line: number | null
  source_id: string | null
  person_id: string | null
  raw: Record<string, string> | null
}

const outcomes = { held: 'Held', warned: 'Loaded with a warning', gone: 'In an earlier load only' } as const

export const isLoad = (source: string): source is Load => loads.some((one) => one === source)

/** What became of every row of a load from another system: counts, and the rows that did not simply come in. */
export const loadPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  app.get(paths.loadRows.pattern, { config: { access: analysts } }, async (request, reply) => {
    const { run: id } = paths.loadRows.read(request)
    if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound()
    const query = request.query as Record<string, string | undefined>
    const outcome = (Object.keys(outcomes) as (keyof typeof outcomes)[]).find((one) => one === query.outcome)
    const list = listState(request, { sorts: ['line'], perPage: 50 })
    const { run, rows, total, tables } = await inWorkspace(
      db,
      sessionOf(request),
      request.id,
      async (trx) => {
        const result = await rowsOf(trx, id, query.table, outcome, list.perPage, list.offset)
        return { result, shown: result.rows.map(({ person_id }) => person_id) }
      },
    )
    if (run === undefined) throw notFound()
    return reply.page('importing/views/load-rows.njk', {
      title: 'Rows that did not simply come in',
      name: runName(run),
      run,
      list,
      total,
      rows: rows.map((row) => ({ ...row, outcomeWords: outcomes[row.outcome], values: filled(row.raw) })),
      chosen: { table: query.table ?? '', outcome: outcome ?? '' },
      options: {
        table: [{ value: '', text: 'Any' }, ...tables.map((value) => ({ value, text: value }))],
        outcome: [
          { value: '', text: 'Any' },
          ...Object.entries(outcomes).map(([value, text]) => ({ value, text })),
        ],
      },
    })
  })
}

const filled = (raw: Record<string, string> | null) =>
  Object.entries(raw ?? {})
    .filter(([, value]) => textOf(value) !== null)
    .map(([key, value]) => ({ key, value }))

async function rowsOf(
  trx: Transaction,
  run: string,
  table: string | undefined,
  outcome: string | undefined,
  limit: number,
  offset: number,
) {
  const { rows: runs } = await sql<RunRow>`select * from importing.run where id = ${run}::uuid`.execute(trx)
  const where = sql`where r.run_id = ${run}::uuid and (${table || null}::text is null or r.source_table = ${table || null})
    and (${outcome ?? null}::text is null or r.outcome = ${outcome ?? null})`
  const { rows } = await sql<KeptRow>`
    select source_table, outcome, reasons, file, line, source_id, person_id, raw from importing.source_row r ${where}
     order by source_table, outcome = 'gone', file, line, source_id limit ${limit} offset ${offset}`.execute(
    trx,
  )
  const { rows: counted } = await sql<{ total: number }>`
    select count(*) as total from importing.source_row r ${where}`.execute(trx)
  const { rows: tables } = await sql<{ name: string }>`
    select distinct source_table as name from importing.source_row where run_id = ${run}::uuid order by 1`.execute(
    trx,
  )
  return { run: runs[0], rows, total: counted[0]!.total, tables: tables.map(({ name }) => name) }
}

/** The account of a load, table by table. */
export async function showLoad(request: FastifyRequest, reply: FastifyReply, run: RunRow) {
  const { rows: tables } = await sql<TableRow>`
    select * from importing.row_account where run_id = ${run.id}::uuid order by held desc, source_table`.execute(
    request.server.deps.db,
  )
  const years = [...new Set(tables.flatMap(({ by_year }) => Object.keys(by_year)))]
    .sort()
    .reverse()
    .slice(0, 7)
  return reply.page('importing/views/load.njk', {
    title: runName(run),
    run,
    tables,
    years,
    leftOut: tables.flatMap(({ source_table, left_out }) =>
      Object.entries(left_out).map(([field, rows]) => ({ table: source_table, field, rows })),
    ),
  })
}
