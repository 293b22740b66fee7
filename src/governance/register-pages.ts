import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { writing } from '../access/reading.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, day, type FormView, parseForm, text, tick, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf, parseDate } from '../web/words.ts'
import { driftOf } from './drift.ts'
import { evidence } from './evidence.ts'
import { factsOn } from './gathering.ts'
import { keepers, proposers } from './menu.ts'
import { layerWords } from './notice.ts'
import { decidedMeanwhile, deciding } from './notice-pages.ts'
import { paths } from './paths.ts'
import {
  type Field,
  fieldsOf,
  type Register,
  registers,
  registerWords,
  typedBody,
  wrongWith,
} from './registers.ts'
import {
  decide,
  inForce,
  notices,
  type Proposal,
  proposals,
  propose,
  publishedOf,
  versionsOf,
} from './store.ts'

const asking = z.looseObject({
  key: text('Give it a key, such as REC-SCHOOL', 40).refine(
    (key) => /^[A-Z]+(-[A-Z0-9]+)+$/.test(key),
    'A key is capitals, figures and hyphens, such as REC-SCHOOL',
  ),
  from: day('Say from which day'),
  reason: text('Say why it changes', 500),
  ends: tick(),
})

/** The registers: how they stand, how they stood, and changes by two people. */
export const registerPages: FastifyPluginAsync = async (app) => {
  const { db, config } = app.deps
  const read = { config: { access: keepers } } as const
  const today = () => dayOf(app.deps.now?.() ?? new Date())

  app.get(paths.desk.pattern, read, async (request, reply) => {
    const session = sessionOf(request)
    const facts = await factsOn(db, config.authority.name, today())
    const published = await publishedOf(db, 'families')
    const waiting = await proposals(db)
    return reply.page('governance/views/desk.njk', {
      title: 'Registers and notice',
      drift: driftOf(facts, published?.sections, evidence),
      waiting: waiting.map((one) => ({
        ...one,
        registerTitle: registerWords[one.register].title,
        own: one.proposedBy === session.account.id,
      })),
      waitingNotices: (await notices(db))
        .filter(({ state }) => state === 'proposed')
        .map((one) => ({ ...one, title: layerWords[one.layer].title })),
      registers: registers.map((register) => ({
        ...registerWords[register],
        href: paths.register({ register }),
        count: facts.registers[register].length,
      })),
    })
  })

  app.get(paths.register.pattern, read, async (request, reply) => {
    const register = registerOf(request)
    const query = request.query as Record<string, string | undefined>
    const on = (query.on && parseDate(query.on, today())) || today()
    const known = query.known && parseDate(query.known, today())
    // As known at the end of that day.
    const knownAt = known ? new Date(`${known}T23:59:59.999Z`) : undefined
    const entries = await inForce(db, register, on, knownAt)
    return reply.page('governance/views/register.njk', {
      title: registerWords[register].title,
      says: registerWords[register].says,
      register,
      on,
      known,
      fields: fieldsOf[register],
      entries: entries.map((entry) => ({
        key: entry.key,
        href: paths.entry({ register, key: entry.key }),
        cells: fieldsOf[register].map((one) => shown(one, entry)),
      })),
      mayPropose: mayPropose(request),
    })
  })

  app.get(paths.add.pattern, { config: { access: proposers } }, (request, reply) =>
    showEntry(request, reply, registerOf(request)),
  )
  app.get(paths.entry.pattern, read, (request, reply) => {
    const { key } = paths.entry.read(request)
    return showEntry(request, reply, registerOf(request), key)
  })

  async function showEntry(
    request: FastifyRequest,
    reply: FastifyReply,
    register: Register,
    key?: string,
    form?: FormView,
  ) {
    const session = sessionOf(request)
    const versions = key === undefined ? [] : await versionsOf(db, register, key)
    if (key !== undefined && versions.length === 0 && form === undefined) throw notFound()
    const now = versions.find(({ state }) => state === 'approved')
    const waiting = versions.find(({ state }) => state === 'proposed')
    const data = {
      title: key ?? `Add to ${registerWords[register].title.toLowerCase()}`,
      register,
      registerTitle: registerWords[register].title,
      key,
      fields: fieldsOf[register],
      versions: versions.map((one) => ({
        ...one,
        cells: fieldsOf[register].map((field) => ({ key: field.label, value: shown(field, one.body) })),
      })),
      waiting,
      own: waiting?.proposedBy === session.account.id && waiting !== undefined,
      mayPropose: mayPropose(request) && waiting === undefined,
      decideForm: form && 'outcome' in form.values ? form : blankForm(),
      form:
        form && !('outcome' in form.values)
          ? form
          : blankForm({ key: key ?? '', ...(now ? typed(register, now.body) : {}) }),
    }
    const view = 'governance/views/entry.njk'
    return form ? reply.again(view, data) : reply.page(view, data)
  }

  app.post(paths.propose.pattern, { config: { access: proposers } }, async (request, reply) => {
    const session = sessionOf(request)
    const register = registerOf(request)
    const form = parseForm(asking, request.body)
    const body = typedBody(register, (request.body ?? {}) as Record<string, unknown>)
    const wrong = wrongWith(register, body)
    const { key } = (request.body ?? {}) as { key?: string }
    if (!form.ok || Object.keys(wrong).length > 0)
      return showEntry(request, reply, register, undefined, withErrors(form, inWords(register, wrong)))
    const one: Proposal = {
      register,
      body,
      key: form.value.key,
      from: form.value.from,
      reason: form.value.reason,
      ends: form.value.ends,
    }
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        if ((await propose(trx, session, one)) === null)
          throw refuse(409, 'A change of this entry waits for a second person already. Decide on it first.', {
            title: 'One at a time',
            next: { text: 'The entry', href: paths.entry({ register, key: key ?? '' }) },
          })
        return paths.entry({ register, key: one.key })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.decide.pattern, read, async (request, reply) => {
    const session = sessionOf(request)
    const { entry } = paths.decide.read(request)
    const waiting = (await proposals(db)).find(({ id }) => id === entry)
    if (!waiting) throw decidedMeanwhile(paths.desk())
    const form = parseForm(deciding, request.body)
    if (!form.ok) return showEntry(request, reply, waiting.register, waiting.key, form)
    const { outcome, words = '' } = form.value
    const href = paths.entry({ register: waiting.register, key: waiting.key })
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        if (!(await decide(trx, session, waiting.id, outcome, words))) throw decidedMeanwhile(href)
        return href
      }),
    )
    return reply.redirect(next, 303)
  })
}

const mayPropose = (request: FastifyRequest): boolean =>
  sessionOf(request).roles.some((role) => proposers.roles.some((one) => one === role))

function registerOf(request: FastifyRequest): Register {
  const { register } = request.params as { register: string }
  const found = registers.find((one) => one === register)
  if (found === undefined) throw notFound()
  return found
}

const value = (body: object, name: string): unknown => (body as Record<string, unknown>)[name]

/** A field of an entry as it is read. */
function shown({ name, kind }: Field, body: object): string {
  const found = value(body, name)
  if (Array.isArray(found)) return found.join('; ')
  if (kind === 'tick') return found ? 'yes' : 'no'
  return found === null || found === undefined ? '' : String(found)
}

/** A field of an entry as a form has it. */
const typed = (register: Register, body: object): Record<string, string> =>
  Object.fromEntries(
    fieldsOf[register].map(({ name, kind }) => {
      const found = value(body, name)
      if (Array.isArray(found)) return [name, found.join('\n')]
      if (kind === 'tick') return [name, found ? 'yes' : '']
      return [name, found === null || found === undefined ? '' : String(found)]
    }),
  )

/** What is wrong with an entry, at its fields, in words. */
function inWords(register: Register, wrong: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    fieldsOf[register]
      .filter(({ name }) => wrong[name] !== undefined)
      .map(({ name, label, kind }) => [
        name,
        kind === 'list' ? `${label}: look at each line again` : `${label}: say it`,
      ]),
  )
}
