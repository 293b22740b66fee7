import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { reading } from '../access/reading.ts'
import { htmlOf } from '../casework/papers/html.ts'
import { render } from '../casework/papers/render.ts'
import { labelOf } from '../codes/codes.ts'
import { identityGroups } from '../people/identity-store.ts'
import { showPart } from '../people/record.ts'
import { notFound } from '../web/errors.ts'
import { blankForm } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import {
  chairsIt,
  column,
  earlierWords,
  group,
  type Own,
  ownOf,
  purpose,
  togetherIds,
} from './conference-opening.ts'
import { decisionLetter, type MinutesTold, minutesPaper } from './conference-papers.ts'
import { conferenceOf, earlierPlans } from './conferences-store.ts'
import { attendersAt, passagesAt } from './meeting-store.ts'
import { conferenceState, passagesFor, type Reader } from './model.ts'
import { paths } from './paths.ts'
import { linesOf } from './plans-store.ts'
import { attenderRows, passageRows, readerOf } from './showing.ts'
import { type Child, groups, idIn, openThem } from './together.ts'
import { conferenceDecisions, conferenceKinds } from './words.ts'

/** A conference as it is read, its minutes and its letter. */
export const conferencePages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const today = () => dayOf(now())

  app.get(paths.conference.pattern, open, async (request, reply) => {
    const { person, conference } = paths.conference.read(request)
    let children: readonly Child[] = []
    let closed = 0
    return showPart(
      request,
      reply,
      {
        ...{ person, purpose, groups: ['F09', 'F13', 'F14', 'F28'], heading: 'Child protection conference' },
        template: 'child-protection/views/conference.njk',
        before: async (first, knownAt) => {
          const ids = await togetherIds(request, first, conference, knownAt?.moment)
          ;({ children, closed } = await openThem(request, ids, { purpose, action: 'view', group }))
        },
      },
      async ({ trx, opened, knownAt, session, on }) => {
        const all = await ownOf(trx, opened.people, conference, children)
        const [{ row: own }] = all as [Own, ...Own[]]
        const attenders = (await attendersAt(trx, column, [own.id])).get(own.id) ?? []
        const state = conferenceState(own)
        const reader = readerOf(request)
        const said = await passagesAt(
          trx,
          column,
          all.map(({ row }) => row.id),
        )
        return {
          ...{ closed, state, reader, conference: own, writes: !knownAt, form: blankForm({ on: 'today' }) },
          kind: conferenceKinds[own.kind],
          others: all.slice(1).map(({ child }) => child),
          rows: await Promise.all(
            // A copy for a family is about one child: another's may have other parents.
            (reader === 'professionals' ? all : all.slice(0, 1)).map(async ({ row, child }) => ({
              ...{ row, child },
              decision: row.decision && conferenceDecisions[row.decision],
              category: row.category && labelOf('category_of_abuse', row.category),
              passages: passageRows(passagesFor(said.get(row.id) ?? [], reader)),
              planHref: row.plan && paths.plan({ person: child.id, plan: row.plan }),
              correctHref: paths.conferenceCorrect({ person: child.id, conference: row.id }),
              letterHref: paths.decisionLetter({ person: child.id, conference: row.id }),
              earlier: earlierWords(await earlierPlans(trx, child.people), row.plan, own.held_on ?? on),
            })),
          ),
          attenders: attenderRows(attenders),
          reportsMissing: attenders.filter(({ due, received }) => due && !received).length,
          chairs: chairsIt(session, own),
          callHref: paths.conferenceCall({ person, conference }),
          heldHref: paths.conferenceHeld({ person, conference }),
          reportsAction: paths.conferenceReports({ person, conference }),
          cancelAction: paths.conferenceCancel({ person, conference }),
          sentAction: paths.conferenceSent({ person, conference }),
          minutesHref: paths.minutes({ person, conference }),
          enquiryHref: own.section_47_id && paths.enquiry({ person, enquiry: own.section_47_id }),
          here: paths.conference({ person, conference }),
        }
      },
    )
  })

  app.get(paths.minutes.pattern, open, async (request, reply) => {
    const { as } = request.query as { as?: string }
    const told = await openMinutes(request, reply, as ? 'download' : 'view')
    if (!told) return reply
    return sendPaper(request, reply, minutesPaper(told), as, 'Minutes')
  })

  app.get(paths.decisionLetter.pattern, open, async (request, reply) => {
    const { as } = request.query as { as?: string }
    const told = await openMinutes(request, reply, as ? 'download' : 'view', 'parents')
    if (!told) return reply
    return sendPaper(request, reply, decisionLetter(told, today()), as, 'Decision letter')
  })

  // -------------------------------------------------------------------------------------------------------------------

  async function openMinutes(
    request: FastifyRequest,
    reply: FastifyReply,
    action: 'view' | 'download',
    reader: Reader = readerOf(request),
  ): Promise<MinutesTold | undefined> {
    const { person, conference } = paths.conference.read(request)
    const first = await openOrRefuse(request, reply, person, {
      ...{ purpose: 'minutes of a conference', action },
      groups: [...new Set([...identityGroups, ...groups])].sort(),
    })
    if (!first) return undefined
    const { children } = await openThem(request, [person], { purpose, action: 'view', group })
    return reading(db, sessionOf(request), async (trx) => {
      const row = await conferenceOf(trx, first.people, idIn(conference))
      if (!row?.held_on || !children[0]) throw notFound()
      const said = (await passagesAt(trx, column, [row.id])).get(row.id) ?? []
      return {
        ...{ authority: app.deps.config.authority.name, conference: row, child: children[0], reader },
        attenders: (await attendersAt(trx, column, [row.id])).get(row.id) ?? [],
        parts: passageRows(passagesFor(said, reader)),
        lines: row.plan ? (await linesOf(trx, row.plan)).filter(({ to }) => !to) : [],
      }
    })
  }

  async function sendPaper(
    request: FastifyRequest,
    reply: FastifyReply,
    paper: ReturnType<typeof minutesPaper>,
    as: string | undefined,
    title: string,
  ) {
    if (as === 'pdf' || as === 'docx') {
      const { bytes } = await render(paper, as, now())
      return reply
        .header(
          'content-disposition',
          `attachment; filename="${title.toLowerCase().replaceAll(' ', '-')}.${as}"`,
        )
        .header('cache-control', 'no-store')
        .type(
          as === 'pdf'
            ? 'application/pdf'
            : 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        )
        .send(bytes)
    }
    const { person, conference } = paths.conference.read(request)
    const query = request.query as Record<string, string>
    const href = (form: string) =>
      `${request.url.split('?')[0]}?${new URLSearchParams({ ...query, as: form })}`
    return reply.page('child-protection/views/paper.njk', {
      ...{ title, width: 'writing', html: htmlOf(paper, 2) },
      files: [
        { text: 'PDF', href: href('pdf') },
        { text: 'Word', href: href('docx') },
      ],
      back: paths.conference({ person, conference }),
    })
  }
}
