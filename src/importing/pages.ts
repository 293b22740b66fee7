import { randomUUID } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { writing } from '../access/reading.ts'
import type { Connection } from '../database/connection.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, type FormView, withErrors } from '../web/form.ts'
import { listState } from '../web/list.ts'
import { once } from '../web/once.ts'
import { type Session, sessionOf } from '../web/session.ts'
import { uploads } from '../web/upload.ts'
import { dayOf } from '../web/words.ts'
import { isLoad, loadPages, showLoad } from './load-pages.ts'
import { mappingPages } from './mapping-pages.ts'
import { analysts } from './menu.ts'
import { type Source, sources } from './model.ts'
import { paths } from './paths.ts'
import { problemPages } from './problem-pages.ts'
import { inWorkspace, listProblems } from './problem-store.ts'
import { reconciliationPages } from './reconciliation-pages.ts'
import { findRun, type RunRow, tables as recordTables } from './store.ts'
import { Upload } from './uploads.ts'
import { inWords, runName, sourceHints, sourceWords, stateWords, yearsUntil } from './words.ts'

/** A CIN census of a large county is a tenth of this. */
const largestFile = 2 * 1024 ** 3
const mostFiles = 30
const shownProblems = 25

/** Imports: asking for one, watching it, and what came of it. */
export const pages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: analysts } } as const
  await app.register(problemPages)
  await app.register(mappingPages)
  await app.register(loadPages)
  await app.register(reconciliationPages)

  app.get(paths.runs.pattern, open, async (request, reply) => {
    const list = listState(request, { sorts: ['asked'], direction: 'descending', perPage: 25 })
    const { runs, total } = await listRuns(db, list.perPage, list.offset)
    return reply.page('importing/views/runs.njk', { title: 'Imports', list, runs: runs.map(shown), total })
  })

  app.get(paths.begin.pattern, open, async (_request, reply) =>
    reply.page(beginView, beginData(blankForm(), dayOf(now()))),
  )

  app.post(paths.runs.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const came = await receive(request)
    if ('form' in came) return reply.again(beginView, beginData(came.form, dayOf(now())))
    try {
      const next = await writing(db, session, (trx) =>
        once(trx, { once: came.once }, session.account.id, async () => {
          const { rows } = await sql<{ id: string }>`
            select importing.ask(${session.secret}, ${came.source}, ${came.period}, ${came.upload.names}::text[]) as id`.execute(
            trx,
          )
          const { id } = rows[0]!
          await came.upload.giveTo(id)
          await sql`select jobs.enqueue('import', ${id}::uuid)`.execute(trx)
          return paths.run({ run: id })
        }),
      )
      return reply.redirect(next, 303)
    } finally {
      await came.upload.discard()
    }
  })

  app.get(paths.run.pattern, open, async (request, reply) => showRun(db, request, reply))

  app.get(paths.progress.pattern, open, async (request, reply) => {
    const run = await mustFind(db, paths.progress.read(request).run)
    return reply.fragment('importing/views/progress.njk', { run: progressOf(run) })
  })
}

const beginView = 'importing/views/begin.njk'

const beginData = (form: FormView, today: string) => ({
  title: 'Import files',
  width: 'writing' as const,
  form,
  years: yearsUntil(today),
  kinds: sources.map((value) => ({ value, text: sourceWords[value], hint: sourceHints[value] })),
})

interface Received {
  source: Source
  period: string
  upload: Upload
  once: string
}

/** Takes the files in as they come; whatever is wrong with the form is said when they have been passed over. */
async function receive(request: FastifyRequest): Promise<Received | { form: FormView }> {
  const upload = await Upload.begin(randomUUID())
  const fields: Record<string, string> = {}
  try {
    for await (const { file } of uploads(request, { fileSize: largestFile, files: mostFiles }, fields)) {
      if (isSource(fields.source)) await upload.take(file.filename, file.file)
      else file.file.resume()
    }
  } catch (error) {
    await upload.discard()
    throw error
  }
  const { source, year = '', _once: key } = fields
  const errors: Record<string, string> = {}
  if (Object.keys(fields).length > 0 && !isSource(source)) errors.source = 'Choose what kind of file it is'
  if (upload.names.length === 0 && !errors.source) errors.files = 'Choose the files to import'
  if (source === 'cin-census' && upload.names.length > 1)
    errors.files = 'A census is one file. Import several one after the other'
  if (Object.keys(errors).length === 0 && isSource(source))
    return {
      source,
      period: source === 'ssda903' && /^20\d\d$/.test(year) ? year : '',
      upload,
      once: key ?? randomUUID(),
    }
  await upload.discard()
  return { form: withErrors({ ...blankForm(), values: { source, year } }, errors) }
}

const isSource = (text: string | undefined): text is Source => sources.some((one) => one === text)

// ---- Showing ---------------------------------------------------------------------------------------------------

type ListedRun = RunRow & { asked_name: string | null; open: number }

async function listRuns(
  db: Connection,
  limit: number,
  offset: number,
): Promise<{ runs: ListedRun[]; total: number }> {
  const { rows: runs } = await sql<ListedRun>`
    select r.*, a.display_name as asked_name, coalesce(o.open, 0) as open
      from importing.run r
      left join access.account a on a.id = r.asked_by
      left join importing.open_problems() o on o.run_id = r.id
     where r.of_problem is null
     order by r.asked_at desc limit ${limit} offset ${offset}`.execute(db)
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from importing.run where of_problem is null`.execute(db)
  return { runs, total: rows[0]!.total }
}

const shown = (run: ListedRun) => ({
  ...run,
  name: runName(run),
  says: run.says,
  state: stateWords[run.state],
})

async function mustFind(db: Connection, id: string): Promise<RunRow> {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound()
  const run = await findRun(db, id)
  if (run === undefined || run.of_problem) throw notFound()
  return run
}

const underWay = ['waiting', 'reading', 'entering']

async function showRun(db: Connection, request: FastifyRequest, reply: FastifyReply) {
  const session = sessionOf(request)
  const run = await mustFind(db, paths.run.read(request).run)
  if (isLoad(run.source)) return showLoad(request, reply, run)
  const progress = progressOf(run)
  const name = runName(run)
  if (underWay.includes(run.state))
    return reply.page('importing/views/run-under-way.njk', {
      title: name,
      width: 'writing',
      run,
      howFar: progress,
    })
  const { problems, total } = await problemsOf(db, session, run, request.id)
  const met = recordTables.filter((table) => run.by_table[table])
  const tables = met.map((table) => ({ name: inWords(table), ...run.by_table[table] }))
  return reply.page('importing/views/run.njk', { title: name, run, progress, problems, total, tables })
}

/** The rows a run could not enter: of people, so the workspace is opened first. */
async function problemsOf(db: Connection, session: Session, run: RunRow, correlation: string) {
  if (run.problems === 0) return { problems: [], total: 0 }
  return inWorkspace(db, session, correlation, async (trx) => {
    const result = await listProblems(trx, { run: run.id, sort: 'line', limit: shownProblems, offset: 0 })
    return { result, shown: result.problems.map(({ person_id }) => person_id) }
  })
}

function progressOf(run: RunRow) {
  const state = (
    { waiting: 'waiting', reading: 'running', entering: 'running', finished: 'finished' } as const
  )[run.state as 'waiting']
  return {
    title: run.state === 'reading' ? 'Reading the files' : runName(run),
    state: state ?? 'failed',
    done: run.done,
    total: run.state === 'entering' ? run.children : undefined,
    what: 'children',
    text: run.says ?? undefined,
    finishedAt: run.finished_at,
    reload: true,
  }
}
