import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { writing } from '../access/reading.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, choice, type FormView, optionalText, parseForm, text } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { differencesOf } from './differences.ts'
import { corrections, evidence } from './evidence.ts'
import { factsOn } from './gathering.ts'
import { keepers, proposers } from './menu.ts'
import { blankContacts, fingerprintOf, type Layer, layers, layerWords, makeNotice } from './notice.ts'
import { paths } from './paths.ts'
import { decideNotice, type NoticeVersion, notices, proposeNotice, publishedOf } from './store.ts'

const asking = z.object({ reason: text('Say why it is published now', 500) })
export const deciding = z
  .object({
    outcome: choice(['approved', 'refused', 'taken-back'], 'Choose what becomes of it'),
    words: optionalText(500),
  })
  .refine(({ outcome, words }) => outcome !== 'refused' || (words ?? '').length >= 3, {
    path: ['words'],
    error: 'Say why it is refused',
  })

/** The notice as everybody reads it, and its making. */
export const noticePages: FastifyPluginAsync = async (app) => {
  const { db, config } = app.deps
  const anyone = { config: { access: 'anyone' } } as const
  const read = { config: { access: keepers } } as const

  app.get(paths.notice.pattern, anyone, (_request, reply) => show(reply, 'families'))
  app.get(paths.noticeLayer.pattern, anyone, (request, reply) => show(reply, layerOf(request)))

  async function show(reply: FastifyReply, layer: Layer) {
    const published = await publishedOf(db, layer)
    const others = await Promise.all(
      layers.map(async (one) => ({ one, is: one === layer || (await publishedOf(db, one)) !== undefined })),
    )
    return reply.page('governance/views/notice.njk', {
      title: layerWords[layer].title,
      width: 'writing',
      says: layerWords[layer].says,
      published,
      layers: others
        .filter(({ is }) => is)
        .map(({ one }) => ({
          text: layerWords[one].title,
          href: one === 'families' ? paths.notice() : paths.noticeLayer({ layer: one }),
          current: one === layer,
        })),
    })
  }

  app.get(paths.notices.pattern, read, async (_request, reply) => {
    const all = await notices(db)
    return reply.page('governance/views/notices.njk', {
      title: 'The privacy notice',
      layers: layers.map((layer) => ({
        ...layerWords[layer],
        href: paths.preview({ layer }),
        published: all.find((one) => one.layer === layer && one.state === 'published'),
        waits: all.some((one) => one.layer === layer && one.state === 'proposed'),
      })),
      versions: all.map((one) => ({ ...one, title: layerWords[one.layer].title })),
    })
  })

  app.get(paths.preview.pattern, read, (request, reply) => preview(request, reply))

  async function preview(request: FastifyRequest, reply: FastifyReply, form?: FormView) {
    const session = sessionOf(request)
    const layer = layerOf(request)
    const facts = await factsOn(db, config.authority.name, dayOf(app.deps.now?.() ?? new Date()))
    const versions = await notices(db, layer)
    const waiting = versions.find(({ state }) => state === 'proposed')
    const published = versions.find(({ state }) => state === 'published')
    const sections = waiting?.sections ?? makeNotice(layer, facts)
    const data = {
      title: layerWords[layer].title,
      layer,
      sections,
      waiting,
      own: waiting?.proposedBy === session.account.id,
      published,
      differs: published === undefined || published.fingerprint !== fingerprintOf(sections),
      differences: differencesOf(published?.sections ?? [], sections),
      blank: blankContacts(facts),
      mayPropose: session.roles.some((role) => proposers.roles.some((one) => one === role)),
      form: form ?? blankForm(),
    }
    const view = 'governance/views/preview.njk'
    return form ? reply.again(view, data) : reply.page(view, data)
  }

  app.post(paths.preview.pattern, { config: { access: proposers } }, async (request, reply) => {
    const session = sessionOf(request)
    const layer = layerOf(request)
    const form = parseForm(asking, request.body)
    if (!form.ok) return preview(request, reply, form)
    const facts = await factsOn(db, config.authority.name, dayOf(app.deps.now?.() ?? new Date()))
    mustBeWhole(blankContacts(facts))
    const sections = makeNotice(layer, facts)
    const one = { layer, sections, fingerprint: fingerprintOf(sections), reason: form.value.reason }
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        if ((await proposeNotice(trx, session, one)) === null) throw waitsAlready()
        return paths.preview({ layer })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.decideNotice.pattern, read, async (request, reply) => {
    const session = sessionOf(request)
    const { notice } = paths.decideNotice.read(request)
    const layer = layerOf(request)
    const waiting = (await notices(db, layer)).find(({ id, state }) => id === notice && state === 'proposed')
    if (!waiting) throw decidedMeanwhile(paths.preview({ layer }))
    const form = parseForm(deciding, request.body)
    if (!form.ok) return preview(request, reply, form)
    const { outcome, words = '' } = form.value
    if (outcome === 'approved') mustBeWhole(await blankNow(app.deps))
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const becomes = outcome === 'approved' ? 'published' : outcome
        if (!(await decideNotice(trx, session, waiting.id, becomes, words)))
          throw decidedMeanwhile(paths.preview({ layer }))
        return paths.preview({ layer })
      }),
    )
    return reply.redirect(next, 303)
  })

  async function blankNow(deps: typeof app.deps): Promise<string[]> {
    return blankContacts(await factsOn(db, config.authority.name, dayOf(deps.now?.() ?? new Date())))
  }

  app.get(paths.evidence.pattern, read, async (_request, reply) =>
    reply.page('governance/views/evidence.njk', {
      title: 'Sentence by sentence',
      evidence,
      counts: {
        kept: evidence.filter(({ state }) => state === 'kept').length,
        partly: evidence.filter(({ state }) => state === 'partly').length,
        notYet: evidence.filter(({ state }) => state === 'not-yet').length,
      },
      sections: await sectionsByRequirement(await publishedOf(db, 'families')),
    }),
  )

  app.get(paths.corrections.pattern, read, async (_request, reply) =>
    reply.page('governance/views/corrections.njk', { title: 'What was put right', corrections }),
  )
}

/** In which section of the published notice each requirement is told. */
async function sectionsByRequirement(published: NoticeVersion | undefined) {
  const found: Record<string, { id: string; heading: string }> = {}
  for (const { id, heading, keeps } of published?.sections ?? [])
    for (const one of keeps) found[one] ??= { id, heading }
  return found
}

function layerOf(request: FastifyRequest): Layer {
  const { layer } = request.params as { layer: string }
  const found = layers.find((one) => one === layer)
  if (found === undefined) throw notFound()
  return found
}

function mustBeWhole(blank: readonly string[]): void {
  if (blank.length > 0)
    throw refuse(409, `A notice without these cannot be published: ${blank.join('; ')}.`, {
      title: 'A contact point is blank',
      next: { text: 'Contact points', href: paths.register({ register: 'contacts' }) },
    })
}

const waitsAlready = () =>
  refuse(409, 'A version of this notice waits for a second person already. Decide on it first.', {
    title: 'One at a time',
    next: { text: 'The privacy notice', href: paths.notices() },
  })

export const decidedMeanwhile = (href: string) =>
  refuse(409, 'Somebody decided on it meanwhile, or it is yours: another person decides on a change.', {
    title: 'Nothing was decided',
    next: { text: 'Go back', href },
  })
