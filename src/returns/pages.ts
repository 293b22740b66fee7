import { Readable } from 'node:stream'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { withoutSecrets } from '../access/page-parts.ts'
import { proofFields, proofView, prove } from '../access/proof.ts'
import { reading, writing } from '../access/reading.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, choice, type FormView, optionalDay, parseForm, withErrors } from '../web/form.ts'
import { listState } from '../web/list.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf, endOfDay, formatDate } from '../web/words.ts'
import { collections } from './cin-census/collection.ts'
import { analysts, onlookers } from './menu.ts'
import { paths } from './paths.ts'
import { reportPages } from './report-pages.ts'
import {
  accountName,
  ask,
  departuresOf,
  findMade,
  listMade,
  type MadeReturn,
  openFile,
  packedPieces,
  unpacked,
} from './store.ts'
import { keptDays } from './tasks.ts'
import { kindWords, nameOf, progressOf, sizeWords, stateWords } from './words.ts'

const years = collections.map(({ name }) => name) as [string, ...string[]]
const shownDepartures = 200

const asking = z.object({
  year: choice(years, 'Choose the year'),
  kind: choice(['return', 'as-reported'], 'Choose what the file is for'),
  knownAt: optionalDay({ notAfterToday: 'What will be known on a day to come cannot be told' }),
})

/** Returns: asking for one, watching it, what came of it, and the file. */
export const pages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const work = { config: { access: analysts } } as const
  const look = { config: { access: onlookers } } as const
  await app.register(reportPages)

  app.get(paths.list.pattern, look, async (request, reply) => {
    const list = listState(request, { sorts: ['asked'], direction: 'descending', perPage: 25 })
    const { made, total } = await listMade(db, list.perPage, list.offset)
    return reply.page('returns/views/list.njk', {
      title: 'Returns',
      list,
      total,
      mayMake: mayMake(request),
      made: made.map((one) => ({
        ...one,
        name: nameOf(one),
        kind: kindWords(one),
        stateWords: stateWords[one.state],
      })),
    })
  })

  const showAsking = (reply: FastifyReply, form: FormView) => {
    const data = {
      title: 'Make a return',
      width: 'writing' as const,
      form,
      years: collections.map(({ name, from, to }) => ({
        value: name,
        text: `${name}: ${formatDate(from)} to ${formatDate(to)}`,
      })),
    }
    const view = 'returns/views/begin.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.begin.pattern, work, async (_request, reply) => {
    const today = dayOf(now())
    const ended = collections.find(({ to }) => to < today) ?? collections[0]!
    return showAsking(reply, blankForm({ year: ended.name, kind: 'return' }))
  })

  app.post(paths.list.pattern, work, async (request, reply) => {
    const session = sessionOf(request)
    const form = parseForm(asking, request.body)
    if (!form.ok) return showAsking(reply, form)
    const { year, kind, knownAt } = form.value
    // Today stands for now: the day is not over.
    const moment = knownAt === undefined || knownAt === dayOf(now()) ? undefined : endOfDay(knownAt)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const made = await ask(trx, session.secret, {
          return: 'cin-census',
          collection: year,
          asReported: kind === 'as-reported',
          knownAt: moment,
        })
        return paths.made({ made })
      }),
    )
    return reply.redirect(next, 303)
  })

  async function mustFind(id: string): Promise<MadeReturn> {
    const made = /^[0-9a-f-]{36}$/.test(id) ? await findMade(db, id) : undefined
    if (made === undefined) throw notFound()
    return made
  }

  app.get(paths.made.pattern, look, async (request, reply) => {
    const made = await mustFind(paths.made.read(request).made)
    const data = {
      title: `${nameOf(made)}`,
      made,
      kind: kindWords(made),
      progress: progressOf(made),
      askedBy: (await accountName(db, made.asked_by)) ?? 'on the command line',
    }
    if (made.state === 'waiting' || made.state === 'making')
      return reply.page('returns/views/under-way.njk', { ...data, width: 'writing' })
    return reply.page('returns/views/made.njk', {
      ...data,
      mayMake: mayMake(request),
      size: made.size === null ? '' : sizeWords(made.size),
      // In pieces, so that it can break on a phone and is still copied whole.
      hash: made.sha256?.toString('hex').match(/.{8}/g) ?? [],
      keptDays,
      departures: mayMake(request) ? await shownOf(request, made) : [],
    })
  })

  /** What does not fit names children: on the trail first. */
  async function shownOf(request: FastifyRequest, made: MadeReturn) {
    if (made.departures === 0 || made.cleared_at !== null) return []
    const session = sessionOf(request)
    await openFile(db, session.secret, made.id, 'view', request.id)
    return reading(db, session, (trx) => departuresOf(trx, made.id, shownDepartures))
  }

  app.get(paths.progress.pattern, look, async (request, reply) => {
    const made = await mustFind(paths.progress.read(request).made)
    return reply.fragment('returns/views/progress.njk', { progress: progressOf(made) })
  })

  async function showProof(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const made = await mustReady(paths.download.read(request).made)
    const proof = await proofView(app, request)
    if (proof.fresh) return reply.redirect(paths.file({ made: made.id }), 303)
    const data = { title: `Download ${made.file_name}`, width: 'writing' as const, form, proof, made }
    const view = 'returns/views/download.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  async function mustReady(id: string): Promise<MadeReturn & { file_name: string }> {
    const made = await mustFind(id)
    if (made.state !== 'ready' || made.file_name === null)
      throw refuse(409, 'This return has no file to download.', {
        next: { text: 'What came of it', href: paths.made({ made: made.id }) },
      })
    if (made.cleared_at !== null)
      throw refuse(
        409,
        `The file was cleared away after ${keptDays} days. Make the return again, as known on ${formatDate(dayOf(made.finished_at ?? made.asked_at))}.`,
        { next: { text: 'Make a return', href: paths.begin() } },
      )
    return { ...made, file_name: made.file_name }
  }

  app.get(paths.download.pattern, work, (request, reply) => showProof(request, reply, blankForm()))

  app.post(paths.download.pattern, work, async (request, reply) => {
    const form = parseForm(z.object(proofFields), request.body)
    const clean = withoutSecrets(form)
    if (!form.ok) return showProof(request, reply, clean)
    const unproven = await prove(app, request, form.value)
    if (unproven) return showProof(request, reply, withErrors(clean, { password: unproven }))
    return reply.redirect(paths.file({ made: paths.download.read(request).made }), 303)
  })

  app.get(paths.file.pattern, work, async (request, reply) => {
    const session = sessionOf(request)
    const made = await mustReady(paths.file.read(request).made)
    if (!(await proofView(app, request)).fresh) return reply.redirect(paths.download({ made: made.id }), 303)
    await openFile(db, session.secret, made.id, 'download', request.id)
    const pieces = await reading(db, session, (trx) => packedPieces(trx, made.id))
    return reply
      .header('content-type', 'application/xml; charset=utf-8')
      .header('content-disposition', `attachment; filename="${made.file_name}"`)
      .header('content-length', String(made.size))
      .header('cache-control', 'no-store')
      .send(Readable.from(unpacked(pieces)))
  })
}

const mayMake = (request: FastifyRequest): boolean =>
  sessionOf(request).roles.some((role) => (analysts.roles as readonly string[]).includes(role))
