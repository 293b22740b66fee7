import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import type { Opened } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { happenings } from '../events/store.ts'
import { identityGroups, identityOf } from '../people/identity-store.ts'
import { calledOf } from '../people/model.ts'
import { showPart } from '../people/record.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, choice, type FormView, optionalText, parseForm, tick, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf, formatMoment } from '../web/words.ts'
import { chronologyPaper, type Purpose, periodWords, purposes } from './chronology-curating.ts'
import {
  chronologyGroups,
  type Filters,
  filtersOf,
  gather,
  openSiblings,
  queryOf,
  views,
} from './chronology-gathering.ts'
import { keepSnapshot, markEvent, marksOf } from './chronology-store.ts'
import { fileDocuments, groupOfKind } from './documents/documents-store.ts'
import { vaultOf } from './documents/services.ts'
import { discard, keepFor, type TakenIn } from './documents/vault.ts'
import { htmlOf } from './papers/html.ts'
import { takePaper } from './papers/keeping.ts'
import { leaks, leakWords } from './papers/leaks.ts'
import type { Paper } from './papers/paper.ts'
import { forms, render } from './papers/render.ts'
import { paths } from './paths.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const groups = [...new Set([...identityGroups, ...chronologyGroups, 'F25', 'F34'])]
/** More than any child’s life holds, and few enough for one table. */
const most = 5000

const markSchema = z.object({
  significant: tick(),
  words: optionalText(300),
  impact: optionalText(2000),
  leave_out: tick(),
  because: optionalText(300),
})
const keepSchema = z.object({
  purpose: choice(Object.keys(purposes) as [Purpose, ...Purpose[]], 'Choose what it is for'),
  purpose_words: optionalText(200),
})

/** Curating a chronology: what one entry means, the file of it, and keeping it as it was given to a court or a conference. */
export const chronologyKeepingPages: FastifyPluginAsync = async (app) => {
  const { db, config, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.chronologyMark.pattern, open, (request, reply) => showMark(request, reply))

  app.post(paths.chronologyMark.pattern, open, async (request, reply) => {
    const { person, event } = ask(paths.chronologyMark.read(request))
    const session = sessionOf(request)
    const form = parseForm(markSchema, request.body)
    if (!form.ok) return showMark(request, reply, form)
    const { significant, words, impact, leave_out, because } = form.value
    if (leave_out && !because)
      return showMark(
        request,
        reply,
        withErrors(form, { because: 'Say why it has no place in the chronology' }),
      )
    if (leave_out && significant)
      return showMark(
        request,
        reply,
        withErrors(form, { leave_out: 'What is significant cannot be left out: take one of the two away' }),
      )
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'curating the chronology',
      groups,
      action: 'write',
    })
    if (!opened) return reply
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const done = await markEvent(trx, opened.people, event, {
          significant,
          words,
          impact,
          leftOutBecause: leave_out ? because : undefined,
        })
        if (!done) throw notFound()
        return paths.chronology({ person })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.get(paths.chronologyFile.pattern, open, async (request, reply) => {
    const { person } = paths.chronologyFile.read(request)
    const form = (request.query as { form?: string }).form === 'docx' ? 'docx' : 'pdf'
    const opened = await openOrRefuse(request, reply, person, {
      purpose: `taking the chronology as ${forms[form].name}`,
      groups,
      action: 'export',
    })
    if (!opened) return reply
    const filters = forOthers(filtersOf(request, paths.chronology({ person })))
    const { open: siblings } = await openSiblings(
      request,
      opened,
      filters.also,
      'taking the chronology of a family',
      'export',
    )
    const { paper } = await paperFor(request, person, opened, siblings, filters, undefined)
    const { bytes } = await render(paper, form, now())
    return reply
      .header(
        'content-disposition',
        `${form === 'pdf' ? 'inline' : 'attachment'}; filename="chronology-${dayOf(now())}.${form}"`,
      )
      .header('x-content-type-options', 'nosniff')
      .header(
        'content-security-policy',
        "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      )
      .type(forms[form].media)
      .send(bytes)
  })

  app.get(paths.chronologyKeep.pattern, open, (request, reply) =>
    showKeep(request, reply, blankForm({ purpose: 'conference' })),
  )

  app.post(paths.chronologyKeep.pattern, open, async (request, reply) => {
    const { person } = paths.chronologyKeep.read(request)
    const session = sessionOf(request)
    const form = parseForm(keepSchema, request.body)
    if (!form.ok) return showKeep(request, reply, form)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'keeping a chronology',
      groups,
      action: 'write',
    })
    if (!opened) return reply
    const filters = forOthers(filtersOf(request, paths.chronology({ person })))
    const { open: siblings } = await openSiblings(
      request,
      opened,
      filters.also,
      'keeping a chronology',
      'write',
    )
    const kind = form.value.purpose === 'court' ? 'court' : 'report'
    const group = await reading(db, session, (trx) => groupOfKind(trx, kind))
    const records = [{ id: person, opened: opened as Opened }, ...siblings]
    if (records.some(({ opened: one }) => !one.writable.includes('F27') || !one.writable.includes(group)))
      return showKeep(
        request,
        reply,
        withErrors(form, { purpose: 'You may not file this on every one of these records' }),
      )
    const { purpose, purpose_words: words } = form.value
    const asAt = now()
    const said = [purposes[purpose], words].filter(Boolean).join(': ')
    const { paper, entries } = await paperFor(request, person, opened, siblings, filters, said)
    const people = records.map(({ id }) => id)
    const vault = vaultOf(app)
    const file = await render(paper, 'pdf', asAt)
    let taken: TakenIn | undefined
    let filed = false
    try {
      taken = await takePaper(vault, file, `Chronology ${dayOf(asAt)}`)
      await keepFor(vault, taken, people)
      const next = await writing(db, session, (trx) =>
        once(trx, form, session.account.id, async () => {
          const [document] = await fileDocuments(
            trx,
            people,
            [
              {
                taken: taken!,
                kind,
                title: `${paper.title}, ${purposes[purpose].toLowerCase()}, as known on ${formatMoment(asAt)}`,
                documentDate: dayOf(asAt),
                from: undefined,
                parts: [],
              },
            ],
            {
              receivedOn: dayOf(asAt),
              origin: 'worker',
              origin_words: null,
              ask_first: false,
              childMayRead: true,
              parentMayRead: false,
            },
          )
          await keepSnapshot(trx, people, taken!.stored, {
            purpose,
            purposeWords: words,
            asAt,
            from: filters.from,
            to: filters.to,
            entries,
          })
          filed = true
          return paths.document({ person, document: document! })
        }),
      )
      if (!filed) await discard(vault, [taken], people)
      return reply.redirect(next, 303)
    } catch (error) {
      if (taken && !filed) await discard(vault, [taken], people)
      throw error
    }
  })

  /** The curated chronology as a paper. */
  async function paperFor(
    request: FastifyRequest,
    person: string,
    opened: Opened,
    siblings: Awaited<ReturnType<typeof openSiblings>>['open'],
    filters: Filters,
    purpose: string | undefined,
  ): Promise<{ paper: Paper; entries: number; kept: string }> {
    const today = dayOf(now())
    const session = sessionOf(request)
    return reading(db, session, async (trx) => {
      const identity = await identityOf(trx, opened.people, {
        person,
        on: today,
        restriction: opened.restriction,
      })
      if (!identity) throw notFound()
      const whose = [
        { id: person, name: calledOf(identity), people: opened.people },
        ...siblings.map(({ id, name, opened: other }) => ({ id, name, people: other.people })),
      ]
      const { entries, leftOut } = await gather(trx, whose, filters, { on: today, most })
      const paper = chronologyPaper(entries, {
        authority: config.authority.name,
        children: [
          { name: calledOf(identity), born: identity.standing.born },
          ...siblings.map(({ name, born }) => ({ name, born })),
        ],
        purpose,
        madeBy: session.account.name,
        asAt: now(),
        from: filters.from,
        to: filters.to,
        leftOut,
      })
      const found = await leaks(
        trx,
        { about: whose.flatMap(({ people }) => people), addressee: undefined, homeKept: false },
        paper,
      )
      return { paper, entries: entries.length, kept: leakWords(found) }
    })
  }

  async function showKeep(request: FastifyRequest, reply: FastifyReply, form: FormView): Promise<unknown> {
    const { person } = paths.chronologyKeep.read(request)
    const filters = forOthers(filtersOf(request, paths.chronology({ person })))
    if (form.summary.length > 0) reply.code(422)
    let page: { paper: Paper; entries: number; kept: string } | undefined
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'keeping a chronology',
        groups: chronologyGroups,
        heading: 'Keep this chronology',
        template: 'casework/views/chronology-keep.njk',
        before: async (opened) => {
          const { open: siblings } = await openSiblings(request, opened, filters.also, 'keeping a chronology')
          page = await paperFor(request, person, opened, siblings, filters, undefined)
        },
      },
      async () => ({
        form,
        purposes: Object.entries(purposes).map(([value, text]) => ({ value, text })),
        entries: page!.entries,
        kept: page!.kept,
        preview: htmlOf(page!.paper, 2),
        view: views[filters.view],
        period: periodWords(filters),
        action: paths.chronologyKeep({ person }, queryOf(filters)),
        back: paths.chronology({ person }, queryOf(filters)),
      }),
    )
  }

  async function showMark(request: FastifyRequest, reply: FastifyReply, again?: FormView): Promise<unknown> {
    const { person, event } = ask(paths.chronologyMark.read(request))
    if (again && again.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'curating the chronology',
        groups: chronologyGroups,
        heading: 'In the chronology',
        template: 'casework/views/chronology-mark.njk',
      },
      async ({ trx, opened, on, identity }) => {
        const found = (await happenings(trx, opened.people, { to: on })).find(({ id }) => id === event)
        if (!found) throw notFound()
        const mark = (await marksOf(trx, opened.people)).find(
          (one) => one.factId === found.factId && one.eventKind === found.kind.kind,
        )
        return {
          happened: found,
          mark,
          name: calledOf(identity),
          form:
            again ??
            blankForm({
              significant: mark?.significant ? 'yes' : '',
              words: mark?.words ?? '',
              impact: mark?.impact ?? '',
              leave_out: mark?.leftOutBecause ? 'yes' : '',
              because: mark?.leftOutBecause ?? '',
            }),
          action: paths.chronologyMark({ person, event }),
          back: paths.chronology({ person }),
        }
      },
    )
  }
}

/** A file is for others: daily work is never in it. */
const forOthers = (filters: Filters): Filters =>
  filters.view === 'all' ? { ...filters, view: 'chosen' } : filters

function ask<T extends { event: string }>(found: T): T {
  if (!uuid.test(found.event)) throw notFound()
  return found
}
