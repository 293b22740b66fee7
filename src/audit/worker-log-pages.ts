import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { noteShown, openActor, openList } from '../access/opening.ts'
import { recordOf } from '../access/page-parts.ts'
import { reading } from '../access/reading.ts'
import { notFound, refuse } from '../web/errors.ts'
import { listState } from '../web/list.ts'
import { sessionOf } from '../web/session.ts'
import { chosenOf, filterOf } from './filter.ts'
import { lineView } from './line-view.ts'
import { paths } from './paths.ts'
import { readers } from './readers.ts'
import {
  type Card,
  cardsOf,
  choicesFor,
  linesOf,
  maySearch,
  partNames,
  workerOf,
  workersNamed,
} from './store.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const mostWorkers = 50

/** What one worker opened: one's own, for everyone; others', for those who may ask. */
export const workerLogPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const others = { config: { access: { roles: readers.ofWorkers } } }

  app.get(paths.mine.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { account } = sessionOf(request)
    return show(request, reply, account.id, { title: 'What I opened', purpose: 'looking at my own openings' })
  })

  app.get(paths.workers.pattern, others, async (request, reply) => {
    const { name } = request.query as { name?: string | string[] }
    const typed = ([name].flat()[0] ?? '').trim().slice(0, 100)
    const { account, roles } = sessionOf(request)
    const everybody = roles.some((role) => (readers.ofAllWorkers as readonly string[]).includes(role))
    const found = await workersNamed(db, typed, mostWorkers + 1, everybody ? null : account.id)
    return reply.page('audit/views/workers.njk', {
      title: 'What others opened',
      typed,
      workers: found.slice(0, mostWorkers),
      more: found.length > mostWorkers,
      most: mostWorkers,
    })
  })

  app.get(paths.worker.pattern, others, async (request, reply) => {
    const { account } = paths.worker.read(request)
    const worker = uuid.test(account) ? await workerOf(db, account) : undefined
    if (!worker) throw notFound()
    return show(request, reply, account, {
      title: `What ${worker.name} opened`,
      caption: worker.jobTitle ?? undefined,
      purpose: 'checking what a worker opened',
    })
  })
}

interface Asked {
  readonly title: string
  readonly caption?: string | undefined
  readonly purpose: string
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  account: string,
  { title, caption, purpose }: Asked,
) {
  const { db } = request.server.deps
  const session = sessionOf(request)
  const opened = await openActor(db, session, account, { purpose, correlation: request.id })
  if (!opened.allowed) {
    throw refuse(
      403,
      'What a worker opened is shown to themselves, to those who manage them and to information governance.',
      {
        title: 'You do not manage this worker',
      },
    )
  }
  const list = listState(request, { sorts: ['at'], direction: 'descending', perPage: 50 })
  const asked = filterOf(request)
  const parts = await partNames(db)
  const { found, choices } = await reading(db, session, async (trx) => ({
    found: await linesOf(trx, { account }, asked.filter, list),
    choices: await choicesFor(trx, { account }),
  }))
  const lines = found.lines.map((line) => lineView(line, parts))
  const names = await namesIn(
    request,
    lines.flatMap(({ subject, shown }) => [subject, ...shown.slice(0, mostNamed)]),
    purpose,
  )
  const seesLogs = session.roles.some((role) => (readers.ofRecords as readonly string[]).includes(role))
  const linkOf = (person: string) => (seesLogs ? paths.whoHasLooked({ person }) : recordOf(person))
  return reply.page('audit/views/what-was-opened.njk', {
    title,
    caption,
    list,
    total: found.total,
    lines: lines.map((line) => ({
      ...line,
      subject: line.subject && { name: names.get(line.subject)?.name ?? noName, href: linkOf(line.subject) },
      shownNames: line.shown.slice(0, mostNamed).map((id) => names.get(id)?.name ?? noName),
      shownMore: Math.max(0, line.shown.length - mostNamed),
    })),
    typed: asked.typed,
    problems: asked.problems,
    chosen: chosenOf(asked, list, { workers: new Map(), parts }),
    choices,
    parts: [...parts].map(([value, text]) => ({ value, text })),
    clearHref: list.link({
      who: undefined,
      part: undefined,
      purpose: undefined,
      outcome: undefined,
      from: undefined,
      to: undefined,
    }),
  })
}

/** So many people of one list are named on its line. */
const mostNamed = 12
const noName = 'Somebody whose name is not open to you'

/** Names for a page of the log, by a list that is on the trail itself. */
async function namesIn(
  request: FastifyRequest,
  people: readonly (string | null)[],
  purpose: string,
): Promise<ReadonlyMap<string, Card>> {
  const { db } = request.server.deps
  const session = sessionOf(request)
  const wanted = [...new Set(people.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const kind = (await maySearch(db, session.roles)) ? 'search' : 'caseload'
  const opened = await openList(db, session, kind, { purpose, correlation: request.id })
  if (!opened.allowed) return new Map()
  const cards = await reading(db, session, (trx) => cardsOf(trx, wanted))
  if (cards.size > 0) await noteShown(db, session, kind, [...cards.keys()], request.id)
  return cards
}
