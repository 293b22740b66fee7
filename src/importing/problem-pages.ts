import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { writing } from '../access/reading.ts'
import { rowOf } from '../people/matching.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, type FormView, parseForm, text } from '../web/form.ts'
import { listState } from '../web/list.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { formatShortDate } from '../web/words.ts'
import { analysts } from './menu.ts'
import { paths } from './paths.ts'
import {
  candidatesOf,
  decideWho,
  dismiss,
  findProblem,
  inWorkspace,
  listProblems,
  type ProblemRow,
  problemStates,
  putRight,
} from './problem-store.ts'
import type { KeptRow } from './problems.ts'
import { columnsOf, kindWords, problemSourceWords, problemStateWords, runName } from './words.ts'

const problemSources = Object.keys(problemSourceWords) as ProblemRow['source'][]

const who = z.object({
  who: text('Choose one of them, or that it is somebody else', 60).refine(
    (typed) => typed === 'nobody' || /^[0-9a-f-]{36}$/.test(typed),
    'Choose one of them, or that it is somebody else',
  ),
})
const dismissing = z.object({ words: text('Say why it may stay out of the record', 1000) })

/** What the record could not accept: found, put right and tried again, or dismissed. */
export const problemPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const open = { config: { access: analysts } } as const

  app.get(paths.problems.pattern, open, async (request, reply) => {
    const list = listState(request, { sorts: ['found', 'child', 'table', 'line'], direction: 'descending' })
    const chosen = filtersOf(request)
    const { problems, total, tables } = await inWorkspace(db, sessionOf(request), request.id, async (trx) => {
      const { perPage: limit, offset, sort } = list
      const descending = list.direction === 'descending'
      const result = await listProblems(trx, { ...chosen, sort, descending, limit, offset })
      return { result, shown: result.problems.map(({ person_id }) => person_id) }
    })
    return reply.page('importing/views/problems.njk', {
      title: 'Import problems',
      list,
      total,
      chosen,
      problems: problems.map((problem) => ({
        ...problem,
        name: runName(problem),
        stateWords: problemStateWords[problem.state],
      })),
      options: {
        state: [
          { value: 'any', text: 'Any' },
          ...problemStates.map((value) => ({ value, text: problemStateWords[value] })),
        ],
        source: [
          { value: '', text: 'Any' },
          ...problemSources.map((value) => ({ value, text: problemSourceWords[value] })),
        ],
        table: [{ value: '', text: 'Any' }, ...tables.map((value) => ({ value, text: value }))],
      },
    })
  })

  app.get(paths.problem.pattern, open, async (request, reply) => show(request, reply))

  app.get(paths.problemProgress.pattern, open, async (request, reply) => {
    const { state } = await mustFind(request)
    const run = { ...beingTried, state: state === 'retrying' ? 'waiting' : 'finished' }
    return reply.fragment('importing/views/progress.njk', { run })
  })

  app.post(paths.retry.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const problem = await mustFind(request)
    const form = parseForm(z.looseObject({}), request.body)
    if (problem.source === 'ssd') throw notFound()
    const rows = typedRows(problem, request.body)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        if (!(await putRight(trx, session, problem.id, rows))) throw decided()
        return paths.problem({ problem: problem.id })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.dismiss.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const { problem: id } = paths.dismiss.read(request)
    const form = parseForm(dismissing, request.body)
    if (!form.ok) return show(request, reply, form)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        if (!(await dismiss(trx, session, id, form.value.words))) throw decided()
        return paths.problems()
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.whoItIs.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const form = parseForm(who, request.body)
    if (!form.ok) return show(request, reply, undefined, form)
    const problem = await mustFind(request)
    const person = form.value.who === 'nobody' ? null : form.value.who
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        if (!(await decideWho(trx, session, problem, person))) throw decided()
        return paths.problem({ problem: problem.id })
      }),
    )
    return reply.redirect(next, 303)
  })

  function mustFind(request: FastifyRequest): Promise<ProblemRow> {
    const { problem: id } = request.params as { problem: string }
    if (!/^[0-9a-f-]{36}$/.test(id)) throw notFound()
    return inWorkspace(db, sessionOf(request), request.id, async (trx) => {
      const result = await findProblem(trx, id)
      if (result === undefined) throw notFound()
      return { result, shown: [result.person_id] }
    })
  }

  async function show(request: FastifyRequest, reply: FastifyReply, refused?: FormView, whoForm?: FormView) {
    const problem = await mustFind(request)
    const asksWho = problem.state === 'open' && problem.candidates !== null
    const candidates = asksWho ? await candidatesOf(db, sessionOf(request), problem.id, request.id) : []
    const data = {
      title: `${problem.table_name}${problem.line === null ? '' : `, line ${problem.line}`}`,
      problem,
      name: runName(problem),
      stateWords: problemStateWords[problem.state],
      ofLoad: problem.source === 'ssd',
      mayDecide: problem.source !== 'ssd' && (problem.state === 'open' || problem.state === 'dismissed'),
      form: valuesForm(problem),
      rows: rowsToShow(problem),
      why: refused ?? blankForm(),
      asksWho,
      whoForm: whoForm ?? blankForm(),
      inFile: asksWho ? whoInFile(problem) : undefined,
      candidates: candidates.map(rowOf),
      retrying: beingTried,
    }
    return refused || whoForm
      ? reply.again('importing/views/problem.njk', data)
      : reply.page('importing/views/problem.njk', data)
  }
}

/** How each source calls what tells who somebody is. */
const columnsOfWho = {
  name: ['forename', 'middle_names', 'surname', 'pers_forename', 'pers_surname'],
  born: ['date_of_birth', 'pers_dob', 'PersonBirthDate', 'DOB'],
  sex: ['sex', 'pers_sex', 'Sex', 'SEX'],
  area: ['address', 'postcode'],
  numbers: ['nhs_number', 'upn', 'pers_common_child_id', 'pers_upn', 'UPN'],
}

/** What the file says of who it is, to be held beside those it may be. */
function whoInFile({ rows }: ProblemRow) {
  const said = (columns: readonly string[], between: string) => {
    const values = columns.flatMap((column) => rows.map(({ values }) => values[column]).find(Boolean) ?? [])
    return values.join(between)
  }
  const day = said(columnsOfWho.born, ' ')
  return {
    name: said(columnsOfWho.name, ' '),
    born: /^\d{4}-\d{2}-\d{2}$/.test(day) ? formatShortDate(day) : day,
    sex: said(columnsOfWho.sex, ' '),
    area: said(columnsOfWho.area, ', '),
    numbers: said(columnsOfWho.numbers, ', '),
  }
}

const beingTried = { title: 'Being tried again', state: 'waiting', reload: true }

const decided = () =>
  refuse(409, 'Somebody has decided it meanwhile, or it is being tried again just now.', {
    title: 'This is no longer open',
    next: { text: 'Import problems', href: paths.problems() },
  })

function filtersOf(request: FastifyRequest) {
  const query = request.query as Record<string, string | undefined>
  const state = query.state ?? 'open'
  return {
    state: problemStates.find((one) => one === state),
    source: problemSources.find((one) => one === query.source),
    table: query.table || undefined,
    child: query.child?.trim() || undefined,
    run: /^[0-9a-f-]{36}$/.test(query.run ?? '') ? query.run : undefined,
  }
}

/** What is to be put right stands first. */
const order: KeptRow['kind'][] = ['held', 'below', 'above']

const rowsToShow = ({ source, rows, reason }: ProblemRow) =>
  rows
    .map((row, place) => ({
      ...row,
      place,
      words: kindWords[row.kind],
      columns: columnsOf(source, row, reason),
    }))
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))

const fieldOf = (place: number, column: string) => `rows[${place}][${column}]`

/** Every row's values as fields, and what is wrong at its field where the reason names one. */
function valuesForm({ rows, reason, state }: ProblemRow): FormView {
  const values: Record<string, string> = {}
  const errors: Record<string, string> = {}
  rows.forEach((row, place) => {
    for (const [column, value] of Object.entries(row.values)) values[fieldOf(place, column)] = value
    if (row.kind !== 'held' || state !== 'open') return
    for (const one of reason.split('; ')) {
      const [, column] = /^(\w+)(?::| is )/.exec(one) ?? []
      if (column) errors[fieldOf(place, column)] ??= one.replace(`${column}: `, '')
    }
  })
  return { ...blankForm(values), errors }
}

/** The rows as they were typed; what stands above is not changed here. */
function typedRows({ rows, source, reason }: ProblemRow, body: unknown): KeptRow[] {
  const typed = body as Record<string, unknown>
  return rows.map((row, place) => {
    if (row.kind === 'above') return row
    const values: Record<string, string> = {}
    for (const column of columnsOf(source, row, reason)) {
      const value = typed[fieldOf(place, column)]
      const text = typeof value === 'string' ? value.trim().slice(0, 2000) : (row.values[column] ?? '')
      if (text !== '') values[column] = text
    }
    return { ...row, values }
  })
}
