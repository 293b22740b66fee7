import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { openOrRefuse, showReason } from '../access/open-or-refuse.ts'
import type { Opened } from '../access/opening.ts'
import { recordOf } from '../access/page-parts.ts'
import { reading } from '../access/reading.ts'
import { refuse } from '../web/errors.ts'
import { listState } from '../web/list.ts'
import { sessionOf } from '../web/session.ts'
import { chosenOf, filterOf } from './filter.ts'
import { lineView } from './line-view.ts'
import { paths } from './paths.ts'
import { readers } from './readers.ts'
import { cardsOf, choicesFor, linesOf, partNames } from './store.ts'

// The log, and who it is about.
const log = 'F33'
const identity = 'F01'

/** Who has looked at one child's record: every opening and every refusal, and every list the child stood on. */
export const recordLogPages: FastifyPluginAsync = async (app) => {
  app.get(paths.whoHasLooked.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.whoHasLooked.read(request)
    const opened = await openLog(request, reply, person)
    return opened ? show(request, reply, person, opened) : reply
  })
}

async function openLog(
  request: FastifyRequest,
  reply: FastifyReply,
  person: string,
): Promise<Opened | undefined> {
  const opened = await openOrRefuse(request, reply, person, {
    purpose: 'checking who has looked at this record',
    groups: [identity, log],
  })
  if (!opened || opened.groups.includes(log)) return opened
  if (!sessionOf(request).roles.some((role) => (readers.ofRecords as readonly string[]).includes(role))) {
    throw refuse(
      403,
      'Information governance, the data protection officer and the Caldicott Guardian see who has looked at a record.',
      {
        title: 'Who has looked is not open to you',
        next: { text: 'Back to the record', href: recordOf(person) },
      },
    )
  }
  showReason(reply.code(403), person, request.url)
  return undefined
}

async function show(request: FastifyRequest, reply: FastifyReply, person: string, opened: Opened) {
  const { db } = request.server.deps
  const list = listState(request, { sorts: ['at'], direction: 'descending', perPage: 50 })
  const asked = filterOf(request)
  const parts = await partNames(db)
  const whom = { people: opened.people }
  const { card, found, choices } = await reading(db, sessionOf(request), async (trx) => ({
    card: (await cardsOf(trx, opened.people)).get(person),
    found: await linesOf(trx, whom, asked.filter, list),
    choices: await choicesFor(trx, whom),
  }))
  const workers = new Map(choices.workers.map(({ id, name }) => [id, name]))
  const name = card?.name ?? 'A restricted record'
  return reply.page('audit/views/who-has-looked.njk', {
    title: `Who has looked, ${name}`,
    heading: 'Who has looked',
    printSubject: name,
    width: 'record',
    person,
    // Of the record itself no more than who it is about: its other parts are not offered.
    opened: { level: 'index', groups: opened.groups },
    child: {
      name,
      href: recordOf(person),
      born: card?.born,
      number: card?.reference,
      worker: card?.worker && { name: card.worker, team: card.team },
    },
    list,
    total: found.total,
    lines: found.lines.map((line) => lineView(line, parts)),
    typed: asked.typed,
    problems: asked.problems,
    chosen: chosenOf(asked, list, { workers, parts }),
    choices,
    parts: [...parts].map(([value, text]) => ({ value, text })),
    clearHref: paths.whoHasLooked({ person }),
  })
}
