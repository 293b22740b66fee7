import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { openOrRefuse } from '../../access/open-or-refuse.ts'
import { noteShown, openList } from '../../access/opening.ts'
import { keysOf, optionsOf } from '../../access/page-parts.ts'
import { reading, writing } from '../../access/reading.ts'
import { refusalOf } from '../../access/refusal.ts'
import { nhsNumberIsRight } from '../../people/numbers.ts'
import { type OpenPart, showPart } from '../../people/record.ts'
import { notFound, refuse } from '../../web/errors.ts'
import {
  blankForm,
  choice,
  type FormView,
  optionalText,
  parseForm,
  text,
  withErrors,
} from '../../web/form.ts'
import { once } from '../../web/once.ts'
import { sessionOf } from '../../web/session.ts'
import { addDays, dayOf, formatMoment, formatShortDate } from '../../web/words.ts'
import { paths } from './paths.ts'
import {
  type AlertOfRecord,
  addTrace,
  alertsOf,
  answerViewing,
  deletionsOf,
  tracesOf,
  type Viewing,
  viewingsOf,
} from './record-store.ts'
import { methodWords, outcomeWords, planWords, sayingOf, stateWords, traceWords } from './words.ts'

/** Field groups of the part of a record: protection, care, numbers, and what came from outside. */
const groups = ['F05', 'F09', 'F10', 'F11'] as const
const withChildren = {
  roles: ['A-SW', 'A-TM', 'A-SM', 'A-PA', 'A-IRO', 'A-ADO', 'A-DUTY', 'A-EDT', 'A-BS'],
} as const
const deciders = { roles: ['A-TM', 'A-SM'] } as const

/** What the NHS sees of a child, what it told us, and what a worker does about it. */
export const recordPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps

  app.get(paths.record.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.record.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'seeing what the NHS is told',
        groups,
        heading: 'NHS alerts',
        template: 'sharing/cp-is/views/record.njk',
      },
      (part) => partOf(person, part),
    )
  })

  // ---------------------------------------------------------------------------------------- tracing a number

  const tracing = z.object({
    number: text('Choose the number')
      .transform((typed) => typed.replaceAll(/\s/g, ''))
      .refine(nhsNumberIsRight, 'That is not an NHS number'),
    status: choice(['verified', 'not-matched', 'sensitive', 'inactive'] as const, 'Choose what tracing said'),
    method: choice(['pds', 'batch', 'health-professional', 'document'] as const, 'Choose how it was traced'),
    evidence: optionalText(500),
  })

  app.get(paths.trace.pattern, { config: { access: 'signed-in' } }, (request, reply) =>
    showTrace(request, reply, blankForm()),
  )

  app.post(paths.trace.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const form = parseForm(tracing, request.body)
    if (!form.ok) return showTrace(request, reply, form)
    const { person } = paths.trace.read(request)
    const session = sessionOf(request)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'recording that an NHS number was traced',
      groups: ['F01', 'F05'],
      action: 'write',
    })
    if (!opened) return reply
    if (!opened.writable.includes('F05')) throw notYours(person)
    const known = await reading(db, session, (trx) => tracesOf(trx, opened.people))
    if (!known.some(({ number }) => number === form.value.number))
      return showTrace(request, reply, withErrors(form, { number: 'This number is not on the record' }))
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await addTrace(trx, opened.person, { ...form.value, on: dayOf(now()) })
        return paths.record({ person })
      }),
    )
    return reply.redirect(next, 303)
  })

  async function showTrace(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person } = paths.trace.read(request)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'recording that an NHS number was traced',
      groups: ['F05'],
    })
    if (!opened) return reply
    const numbers = await reading(db, sessionOf(request), (trx) => tracesOf(trx, opened.people))
    if (numbers.length === 0)
      throw refuse(409, 'No NHS number is on record: enter it among the person’s details first', {
        next: { text: 'Back', href: paths.record({ person }) },
      })
    const { inactive, sensitive, verified, 'not-matched': notMatched } = traceWords
    return answer(reply, form, 'sharing/cp-is/views/trace.njk', {
      title: 'Check the NHS number',
      action: paths.trace({ person }),
      back: paths.record({ person }),
      numbers: numbers.map(({ number }) => ({ value: number, text: spaced(number) })),
      statuses: optionsOf({ verified, 'not-matched': notMatched, sensitive, inactive }),
      methods: optionsOf(methodWords).filter(({ value }) => value !== 'cp-is'),
    })
  }

  // ---------------------------------------------------------------------------------------- deleting

  const asking = z.object({
    reason: text('Say why it should never have been there', 1000).refine(
      (words) => words.length >= 10,
      'Say a little more',
    ),
  })

  app.get(paths.deletion.pattern, { config: { access: withChildren } }, (request, reply) =>
    showDeletion(request, reply, blankForm()),
  )

  app.post(paths.deletion.pattern, { config: { access: withChildren } }, async (request, reply) => {
    const form = parseForm(asking, request.body)
    if (!form.ok) return showDeletion(request, reply, form)
    const found = await alertOf(request, reply, 'write')
    if (!found) return reply
    const { person, alert } = paths.deletion.read(request)
    const session = sessionOf(request)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const { rows } = await sql<{
          made: string | null
        }>`select cpis.ask_to_delete(${alert}::uuid, ${form.value.reason}) as made`.execute(trx)
        if (!rows[0]!.made)
          throw refuse(
            409,
            'That was asked already, or the record still has a reason for the alert: correct the record first',
            { next: { text: 'Back', href: paths.record({ person }) } },
          )
        return paths.record({ person })
      }),
    )
    return reply.redirect(next, 303)
  })

  async function alertOf(
    request: FastifyRequest,
    reply: FastifyReply,
    action: 'view' | 'write',
  ): Promise<AlertOfRecord | undefined> {
    const { person, alert } = paths.deletion.read(request)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'asking that an alert is deleted',
      groups: ['F09', 'F10'],
      action,
    })
    if (!opened) return undefined
    const found = (await reading(db, sessionOf(request), (trx) => alertsOf(trx, opened.people))).find(
      ({ id }) => id === alert,
    )
    if (!found) throw notFound()
    if (action === 'write' && !opened.writable.includes(found.group)) throw notYours(person)
    return found
  }

  async function showDeletion(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const alert = await alertOf(request, reply, 'view')
    if (!alert) return reply
    const { person } = paths.deletion.read(request)
    return answer(reply, form, 'sharing/cp-is/views/deletion.njk', {
      title: 'Ask that the NHS deletes this alert',
      action: paths.deletion({ person, alert: alert.id }),
      back: paths.record({ person }),
      what: `${planWords[alert.type]} from ${dayShown(alert.start)}`,
    })
  }

  const deciding = z.object({
    outcome: choice(['approved', 'refused'] as const, 'Choose what you decide'),
    words: optionalText(1000),
  })

  app.get(paths.decide.pattern, { config: { access: deciders } }, (request, reply) =>
    showDecision(request, reply, blankForm()),
  )

  app.post(paths.decide.pattern, { config: { access: deciders } }, async (request, reply) => {
    const form = parseForm(deciding, request.body)
    if (!form.ok) return showDecision(request, reply, form)
    const { person, deletion } = paths.decide.read(request)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'deciding that an alert is deleted',
      groups: ['F09', 'F10'],
      action: 'write',
    })
    if (!opened) return reply
    const { rows } = await writing(db, sessionOf(request), (trx) =>
      sql<{
        outcome: string
      }>`select cpis.decide_deletion(${deletion}::uuid, ${form.value.outcome}, ${form.value.words ?? null}) as outcome`.execute(
        trx,
      ),
    )
    const { outcome } = rows[0]!
    if (outcome === 'asked-yourself')
      return showDecision(
        request,
        reply,
        withErrors(form, { outcome: 'You asked for this yourself: somebody else decides' }),
      )
    if (outcome !== 'approved' && outcome !== 'refused') throw notYours(person)
    return reply.redirect(paths.record({ person }), 303)
  })

  async function showDecision(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person, deletion: id } = paths.decide.read(request)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'deciding that an alert is deleted',
      groups: ['F09', 'F10'],
    })
    if (!opened) return reply
    const { deletions, alerts } = await reading(db, sessionOf(request), async (trx) => ({
      deletions: await deletionsOf(trx, opened.people),
      alerts: await alertsOf(trx, opened.people),
    }))
    const deletion = deletions.find((one) => one.id === id && !one.outcome)
    const alert = alerts.find((one) => one.id === deletion?.alert)
    if (!deletion || !alert) throw notFound()
    return answer(reply, form, 'sharing/cp-is/views/decide.njk', {
      title: 'Decide whether the NHS deletes this alert',
      action: paths.decide({ person, deletion: id }),
      back: paths.record({ person }),
      what: `${planWords[alert.type]} from ${dayShown(alert.start)}`,
      deletion,
    })
  }

  // ---------------------------------------------------------------------------------------- looks

  const outcomes = keysOf(outcomeWords)
  const seeing = z
    .object({ outcome: choice(outcomes, 'Choose what came of it'), words: optionalText(1000) })
    .refine(({ outcome, words }) => outcome !== 'no-action' || Boolean(words), {
      path: ['words'],
      message: 'Say why nothing needs to be done',
    })

  app.get(paths.look.pattern, { config: { access: 'signed-in' } }, (request, reply) =>
    showLook(request, reply, blankForm()),
  )

  app.post(paths.look.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const form = parseForm(seeing, request.body)
    if (!form.ok) return showLook(request, reply, form)
    const { person, viewing } = paths.look.read(request)
    const session = sessionOf(request)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'writing what came of a look by health',
      groups: ['F11', 'F26'],
      action: 'write',
    })
    if (!opened) return reply
    if (!opened.writable.includes('F11')) throw notYours(person)
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const done = await answerViewing(trx, opened.people, viewing, {
          ...form.value,
          by: session.account.id,
          on: dayOf(now()),
        })
        if (!done) throw notFound()
        return paths.record({ person })
      }),
    )
    return reply.redirect(next, 303)
  })

  async function showLook(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person, viewing: id } = paths.look.read(request)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'seeing who in health looked',
      groups: ['F11'],
    })
    if (!opened) return reply
    const viewing = (await reading(db, sessionOf(request), (trx) => viewingsOf(trx, opened.people))).find(
      (one) => one.id === id,
    )
    if (!viewing) throw notFound()
    return answer(reply, form, 'sharing/cp-is/views/look.njk', {
      title: 'What came of it',
      action: paths.look({ person, viewing: id }),
      back: paths.record({ person }),
      said: sentenceOf(viewing),
      outcomes: optionsOf(outcomeWords),
    })
  }

  app.get(paths.looks.pattern, { config: { access: withChildren } }, async (request, reply) => {
    const session = sessionOf(request)
    const opened = await openList(db, session, 'caseload', {
      purpose: 'seeing whom health looked up',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const looks = await reading(db, session, async (trx) => {
      const { rows } = await sql<Listed>`
        select v.*, c.name, c.reference from cpis.listed_viewings(${addDays(dayOf(now()), -30)}::date) v
          join index_card c on c.person_id = v.person_id`.execute(trx)
      return rows
    })
    await noteShown(
      db,
      session,
      'caseload',
      [...new Set(looks.map(({ person_id }) => person_id))],
      request.id,
    )
    const rows = looks.map(
      ({
        person_id: person,
        id,
        viewed_at: at,
        by_system: bySystem,
        of_mother: ofMother,
        looks: count,
        ...one
      }) => ({
        ...one,
        href: paths.look({ person, viewing: id }),
        record: paths.record({ person }),
        at,
        said: sentenceOf({ ...one, at, bySystem, ofMother }),
        outcome: one.outcome
          ? (outcomeWords[one.outcome as keyof typeof outcomeWords] ?? one.outcome)
          : undefined,
        often: Number(count) >= 3 ? `${count} times in 30 days` : undefined,
        night: isNight(at),
      }),
    )
    return reply.page('sharing/cp-is/views/looks.njk', { title: 'Looked up by health', rows })
  })
}

interface Listed {
  person_id: string
  id: string
  viewed_at: Date
  who: string | null
  role: string | null
  organisation: string | null
  by_system: boolean
  of_mother: boolean
  outcome: string | null
  looks: string
  name: string | null
  reference: string
}

const answer = (
  reply: FastifyReply,
  form: FormView,
  view: string,
  data: Record<string, unknown> & { title: string },
) =>
  form.summary.length > 0
    ? reply.again(view, { ...data, form, width: 'writing' })
    : reply.page(view, { ...data, form, width: 'writing' })

const notYours = (person: string) =>
  refuse(403, 'This part of the record is not yours to write in', {
    next: { text: 'Back to the record', href: paths.record({ person }) },
  })

const spaced = (number: string) => number.replace(/(...)(...)(....)/, '$1 $2 $3')
const dayShown = (minute: string) =>
  formatShortDate(`${minute.slice(0, 4)}-${minute.slice(4, 6)}-${minute.slice(6, 8)}`)
const isNight = (at: Date) => {
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', hourCycle: 'h23' }).format(
      at,
    ),
  )
  return hour < 6 || hour >= 22
}

/** Who looked, in words that do not say more than is known. */
export function sentenceOf({
  who,
  role,
  organisation,
  at,
  bySystem,
  ofMother,
}: Pick<Viewing, 'who' | 'role' | 'organisation' | 'at' | 'bySystem' | 'ofMother'>): string {
  const person = who ? `${who}${role ? ` (${role})` : ''}` : bySystem ? 'a system, for somebody' : 'somebody'
  return `CP-IS record ${ofMother ? 'of the mother ' : ''}viewed by ${person}${organisation ? `, ${organisation}` : ''}, ${formatMoment(at)}`
}

async function partOf(
  person: string,
  { trx, opened, knownAt, open, session }: OpenPart,
): Promise<Record<string, unknown>> {
  const { people } = opened
  const writes = opened.level === 'full' && !knownAt
  const alerts = await alertsOf(trx, people)
  const deletions = await deletionsOf(trx, people)
  const traces = open('F05') ? await tracesOf(trx, people) : []
  const viewings = open('F11') ? await viewingsOf(trx, people) : []
  const isManager = session.roles.some((role) => (deciders.roles as readonly string[]).includes(role))
  const problems = alerts.flatMap((one) => problemOf(one) ?? [])
  return {
    writes,
    numbersOpen: open('F05'),
    looksOpen: open('F11'),
    traceHref: writes && traces.length > 0 ? paths.trace({ person }) : undefined,
    problems,
    alerts: alerts.map((one) => {
      const asked = deletions.find(({ alert, outcome }) => alert === one.id && !outcome)
      const end = one.acknowledged?.end
      return {
        plan: planWords[one.type],
        from: dayShown(one.start),
        to: end ? dayShown(end) : undefined,
        provisional: one.type === 'UCP' && one.state === 'live',
        number: spaced(one.number),
        state:
          one.state === 'closed' && one.code
            ? `${stateWords.closed}: ${closedWords[one.code] ?? 'nothing to say'}`
            : stateWords[one.state],
        look: lookOf(one),
        since: one.since,
        acknowledgedAt: one.acknowledgedAt,
        detail: one.detail?.map(({ code, said }) => [code, said].filter(Boolean).join(': ')).join('; '),
        asked: asked && { by: asked.askedByName, at: asked.askedAt, reason: asked.reason },
        decideHref:
          asked && isManager && asked.askedBy !== session.account.id && writes
            ? paths.decide({ person, deletion: asked.id })
            : undefined,
        deleteHref:
          !asked && writes && one.mayBeDeleted ? paths.deletion({ person, alert: one.id }) : undefined,
      }
    }),
    traces: traces.map((one) => ({
      number: spaced(one.number),
      status: one.status ? traceWords[one.status as keyof typeof traceWords] : 'Nobody has checked it',
      checked: one.status === 'verified',
      on: one.tracedOn ? formatShortDate(one.tracedOn) : undefined,
      how: one.method ? methodWords[one.method as keyof typeof methodWords] : undefined,
      evidence: one.evidence,
      by: one.by,
    })),
    viewings: viewings.map((one) => ({
      said: sentenceOf(one),
      at: one.at,
      outcome: one.outcome ? outcomeWords[one.outcome as keyof typeof outcomeWords] : undefined,
      words: one.outcomeWords,
      by: one.outcomeBy,
      on: one.outcomeOn ? formatShortDate(one.outcomeOn) : undefined,
      href: writes && !one.outcome ? paths.look({ person, viewing: one.id }) : undefined,
    })),
    often: viewings.filter(({ at }) => Date.now() - at.getTime() < 30 * 86_400_000).length,
  }
}

const closedWords: Readonly<Record<string, string>> = {
  'number-inactive': 'the number is no longer used',
  adult: 'the NHS ends it at 18',
  dropped: 'the NHS shows it for a year after its end',
  'never-held': 'the NHS never held it',
  'start-changed': 'told with another start',
}

function problemOf({ state, code }: AlertOfRecord) {
  if (state !== 'rejected' && state !== 'cannot-share') return undefined
  const { text: says, mend } = sayingOf(code ?? (state === 'cannot-share' ? 'sensitive' : 'CPR07'))
  return { says, mend }
}

const lookOf = ({ state }: AlertOfRecord) =>
  state === 'live'
    ? 'well'
    : state === 'rejected' || state === 'cannot-share'
      ? 'late'
      : state === 'sent' || state === 'uncertain'
        ? 'soon'
        : 'plain'
