import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { noteOnTrail } from '../../access/opening.ts'
import { notFound, refuse } from '../../web/errors.ts'
import { blankForm, type FormView, optionalText, parseForm, text, withErrors } from '../../web/form.ts'
import { sessionOf } from '../../web/session.ts'
import { operators } from '../outbox/pages.ts'
import { paths } from './paths.ts'
import { cpIsSettings } from './settings.ts'
import { planWords, sayingOf, stateWords, stopOf } from './words.ts'

const stoppers = { roles: ['A-IG', 'A-DPO', 'A-ADM'] } as const
const readers = { roles: ['A-IG', 'A-DPO'] } as const
const matchers = { roles: ['A-IG', 'A-DPO', 'A-BS', 'A-DUTY', 'A-EDT'] } as const

interface State {
  on_since: Date | null
  last_sequence: string
  handshake_at: Date | null
  polled_at: Date | null
  answered_at: Date | null
  compared_at: Date | null
  differences: number | null
  stopped_at: Date | null
  stopped_because: string | null
  trouble_at: Date | null
  trouble: string | null
  trouble_count: number
  certificate_until: string | null
}

const fileWords: Readonly<Record<string, string>> = {
  sealed: 'Waits to be sent',
  sending: 'Being sent',
  accepted: 'Taken by MESH, not answered yet',
  answered: 'Answered',
  failed: 'Not loaded; told again in a new file',
  undelivered: 'Not collected; told again in a new file',
  refused: 'Refused by MESH',
  overdue: 'No answer in time; told again in a new file',
}

/** How the exchange with CP-IS stands, and what the NHS told of people whom nobody finds. */
export const exchangePages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps

  app.get(paths.exchange.pattern, { config: { access: operators } }, async (request, reply) => {
    const session = sessionOf(request)
    const { rows: states } = await sql<State>`select * from cpis.exchange`.execute(db)
    const state = states[0]!
    const { rows: files } = await sql<{
      sequence: string
      sealed_at: Date
      records: number
      state: string
      attempts: number
      answered_at: Date | null
      code: string | null
    }>`
      select * from cpis.files_listed(${session.secret}, 20)`.execute(db)
    const { rows: counts } = await sql<{
      plan_type: keyof typeof planWords
      state: keyof typeof stateWords
      code: string | null
      count: string
    }>`
      select * from cpis.alert_counts(${session.secret})`.execute(db)
    const open = counts.filter(({ state }) => !['closed', 'deleted'].includes(state))
    const total = open.reduce((sum, { count }) => sum + Number(count), 0)
    const held = open
      .filter(({ state }) => ['live', 'ended', 'sent', 'uncertain'].includes(state))
      .reduce((sum, { count }) => sum + Number(count), 0)
    const days = state.certificate_until
      ? Math.floor((Date.parse(state.certificate_until) - Date.now()) / 86_400_000)
      : undefined
    return reply.page('sharing/cp-is/views/exchange.njk', {
      title: 'The NHS (CP-IS)',
      // The process that exchanges may be another than this one.
      setUp:
        cpIsSettings() !== undefined ||
        (state.polled_at !== null && Date.now() - state.polled_at.getTime() < 86_400_000),
      state,
      stopped: state.stopped_at && stopOf(state.stopped_because ?? ''),
      troubled: state.trouble_count > 0,
      certificate: days !== undefined && days <= 60 ? days : undefined,
      match: total > 0 ? Math.floor((1000 * held) / total) / 10 : undefined,
      mayStop: session.roles.some((role) => (stoppers.roles as readonly string[]).includes(role)),
      mayRead: session.roles.some((role) => (readers.roles as readonly string[]).includes(role)),
      mayMatch: session.roles.some((role) => (matchers.roles as readonly string[]).includes(role)),
      files: files.map((one) => ({
        ...one,
        words: fileWords[one.state] ?? one.state,
        codeWords: one.code ? codeWordsOf(one.code) : undefined,
      })),
      counts: counts.map((one) => ({
        plan: planWords[one.plan_type],
        state: stateWords[one.state],
        says: one.code ? sayingOf(one.code).text : undefined,
        count: Number(one.count),
      })),
    })
  })

  app.post(paths.goOn.pattern, { config: { access: stoppers } }, async (request, reply) => {
    await sql`select cpis.go_on(${sessionOf(request).secret})`.execute(db)
    return reply.redirect(paths.exchange(), 303)
  })

  app.post(paths.compare.pattern, { config: { access: operators } }, async (request, reply) => {
    await sql`select cpis.ask_to_compare(${sessionOf(request).secret})`.execute(db)
    return reply.redirect(paths.exchange(), 303)
  })

  // ---------------------------------------------------------------------------------------- the very bytes

  const opening = z.object({
    reason: text('Say why you open it', 500).refine((words) => words.length >= 10, 'Say a little more'),
  })

  app.get(paths.bytes.pattern, { config: { access: readers } }, (request, reply) =>
    showBytes(request, reply, blankForm()),
  )

  app.post(paths.bytes.pattern, { config: { access: readers } }, async (request, reply) => {
    const form = parseForm(opening, request.body)
    if (!form.ok) return showBytes(request, reply, form)
    const { kind, message } = paths.bytes.read(request)
    const { rows } = await sql<{ body: Buffer | null }>`
      select cpis.open_message(${sessionOf(request).secret}, ${kind}, ${message}, ${form.value.reason}) as body`.execute(
      db,
    )
    const body = rows[0]?.body
    if (!body) throw notFound()
    return reply.page('sharing/cp-is/views/bytes.njk', {
      title: 'A message of CP-IS',
      width: 'writing',
      form,
      shown: body.toString('utf8'),
      back: paths.exchange(),
    })
  })

  function showBytes(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { kind, message } = paths.bytes.read(request)
    if (kind !== 'file' && kind !== 'received') throw notFound()
    const data = {
      title: 'Open a message of CP-IS',
      width: 'writing' as const,
      form,
      action: paths.bytes({ kind, message }),
      back: paths.exchange(),
    }
    return form.summary.length > 0
      ? reply.again('sharing/cp-is/views/bytes.njk', data)
      : reply.page('sharing/cp-is/views/bytes.njk', data)
  }

  // ---------------------------------------------------------------------------------------- whom nobody finds

  interface Unmatched {
    id: string
    kind: 'viewing' | 'number-ended' | 'unreadable' | 'answer'
    said: Record<string, string | undefined>
    made_at: Date
    received_id: string
  }

  async function unmatched(request: FastifyRequest): Promise<Unmatched[]> {
    const session = sessionOf(request)
    const { rows } = await sql<Unmatched>`select * from cpis.unmatched_listed(${session.secret})`.execute(db)
    if (rows.length > 0)
      await noteOnTrail(db, session, 'list', {
        purpose: 'matching what the NHS told',
        details: { count: rows.length },
      })
    return rows
  }

  app.get(paths.unmatched.pattern, { config: { access: matchers } }, async (request, reply) =>
    reply.page('sharing/cp-is/views/unmatched.njk', {
      title: 'The NHS told of somebody we do not find',
      rows: (await unmatched(request)).map((one) => ({
        ...shown(one),
        href: paths.settle({ message: one.id }),
      })),
    }),
  )

  const settling = z
    .object({ reference: optionalText(20), words: optionalText(1000) })
    .refine(({ reference, words }) => Boolean(reference) || Boolean(words), {
      path: ['words'],
      message: 'Say who it is, or what you found out',
    })

  app.get(paths.settle.pattern, { config: { access: matchers } }, (request, reply) =>
    showSettle(request, reply, blankForm()),
  )

  app.post(paths.settle.pattern, { config: { access: matchers } }, async (request, reply) => {
    const form = parseForm(settling, request.body)
    if (!form.ok) return showSettle(request, reply, form)
    const { message } = paths.settle.read(request)
    const { rows } = await sql<{ outcome: string }>`
      select cpis.settle_unmatched(${sessionOf(request).secret}, ${message}::uuid, ${form.value.reference ?? null}, ${form.value.words ?? null}) as outcome`.execute(
      db,
    )
    const { outcome } = rows[0]!
    if (outcome === 'nobody')
      return showSettle(
        request,
        reply,
        withErrors(form, {
          reference: 'Nobody on record has this reference, or this message is about no look',
        }),
      )
    if (outcome !== 'settled')
      throw refuse(409, 'Somebody has settled this already', {
        next: { text: 'Back to the list', href: paths.unmatched() },
      })
    return reply.redirect(paths.unmatched(), 303)
  })

  async function showSettle(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { message } = paths.settle.read(request)
    const one = (await unmatched(request)).find(({ id }) => id === message)
    if (!one) throw notFound()
    const data = {
      title: 'Who is it?',
      width: 'writing' as const,
      form,
      one: shown(one),
      action: paths.settle({ message }),
      back: paths.unmatched(),
    }
    return form.summary.length > 0
      ? reply.again('sharing/cp-is/views/settle.njk', data)
      : reply.page('sharing/cp-is/views/settle.njk', data)
  }

  const shown = ({ kind, said, made_at }: Unmatched) => ({
    kind,
    at: made_at,
    text:
      kind === 'viewing'
        ? `Looked up${said.organisation ? ` at ${said.organisation}` : ''}${said.who ? ` by ${said.who}` : ''}`
        : kind === 'number-ended'
          ? 'An NHS number is no longer used'
          : kind === 'answer'
            ? 'An answer to a file that is not ours'
            : `A message that cannot be read: ${said.why ?? ''}`,
    lookedAt: said.at,
    number: said.nhsNumber,
    localId: said.localId,
    isLook: kind === 'viewing',
  })
}

const codeWordsOf = (code: string) =>
  ({ CPF02: 'all loaded', CPF03: 'some refused', CPF04: 'all refused' })[code] ?? sayingOf(code).text
