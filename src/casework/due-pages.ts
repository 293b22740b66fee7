import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { noteShown, openList } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { type Calendar, dayNumber, isoDay } from '../clocks/calendar.ts'
import type { Role } from '../clocks/clock.ts'
import { clockById, clocks } from '../clocks/clocks.ts'
import { escalationOf, type Status, statusOf } from '../clocks/status.ts'
import { calendarNow } from '../clocks/store.ts'
import { escalationWords, howCounted, roleWords, statusWords } from '../clocks/words.ts'
import { paths as peoplePaths } from '../people/paths.ts'
import { showPart } from '../people/record.ts'
import { listState } from '../web/list.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, dayOf, endOfDay } from '../web/words.ts'
import {
  clocksListed,
  type DueItem,
  type DueOfChild,
  type DueWanted,
  decisionsAbout,
  dueCounts,
  dueList,
  dueSorts,
  duesOf,
  earlierDueDays,
} from './due-store.ts'
import { paths } from './paths.ts'

const managerRoles: readonly string[] = ['A-TM', 'A-SM']
const groups = [...new Set(clocks.map(({ group }) => group))]
const whiches = {
  soon: 'Late or due soon',
  late: 'Late',
  all: 'Everything open',
  unknown: 'Not known since an import',
} as const
/** Days ahead; any when absent. */
const spans = ['7', '14', '30']
const levels = {
  '': 'Anybody',
  'service-manager': 'Service manager',
  'assistant-director': 'Assistant director',
} as const

/** What is due: for a worker's and a manager's children in one list, and for one child with how it was counted. */
export const duePages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps

  app.get(paths.due.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const session = sessionOf(request)
    const list = listState(request, { sorts: dueSorts, perPage: 100 })
    const query = queryOf(request)
    const everyone =
      (query.of ?? (session.roles.some((role) => managerRoles.includes(role)) ? 'team' : 'me')) === 'team'
    const on = { today: dayOf(now()), now: now() }
    const asked: DueWanted = {
      account: everyone ? undefined : session.account.id,
      which: query.which,
      clock: query.clock,
      escalated: query.told,
      until: query.days ? addDays(on.today, Number(query.days)) : undefined,
    }
    const opened = await openList(db, session, 'caseload', {
      purpose: 'seeing what is due',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const found = await reading(db, session, async (trx) => ({
      ...(await dueList(trx, list, asked, on)),
      mine: await dueCounts(trx, { account: session.account.id }, on),
      team: await dueCounts(trx, {}, on),
      clocks: await clocksListed(trx),
      calendar: await calendarNow(trx),
    }))
    await noteShown(
      db,
      session,
      'caseload',
      [...new Set(found.items.map(({ person }) => person))],
      request.id,
    )
    const keep = (of: string) => paths.due({ of, which: query.which, clock: query.clock })
    return reply.page('casework/views/due.njk', {
      title: 'Due',
      list,
      total: found.total,
      everyone,
      counts: everyone ? found.team : found.mine,
      whose: [
        {
          text: 'My children',
          href: keep('me'),
          current: !everyone,
          count: found.mine.late + found.mine.soon,
        },
        { text: 'My teams', href: keep('team'), current: everyone, count: found.team.late + found.team.soon },
      ],
      items: found.items.map((item) => itemView(item, dayNumber(on.today), now(), found.calendar)),
      filter: query,
      of: everyone ? 'team' : 'me',
      whiches: optionsOf(whiches),
      spans: [
        { value: '', text: 'Any day' },
        ...spans.map((days) => ({ value: days, text: `The next ${days} days` })),
      ],
      levels: optionsOf(levels),
      clocks: [
        { value: '', text: 'Any' },
        ...found.clocks.map((id) => ({ value: id, text: clockById(id).name })),
      ],
      action: paths.due(),
    })
  })

  app.get(paths.dueOfChild.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const { person } = paths.dueOfChild.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'seeing what is due',
        groups,
        heading: 'Due',
        template: 'casework/views/child-due.njk',
      },
      async ({ trx, opened, on, knownAt }) => {
        const dues = await duesOf(trx, opened.people)
        const earlier = knownAt ? new Map() : await earlierDueDays(trx, opened.people)
        const decisions = await decisionsAbout(trx, opened.people)
        const calendar = await calendarNow(trx)
        const moment = knownAt ? endOfDay(on) : now()
        const shown = dues.map((due) => ({
          ...dueView(due, person, dayNumber(on), moment, calendar),
          earlier: earlier.get(due.id) ?? [],
          decisions: decisions.get(`${due.clock} ${due.startedKey}`) ?? [],
        }))
        const open = (status: Status) => shown.filter((one) => one.status === status)
        return {
          manager: sessionOf(request).roles.some((role) => managerRoles.includes(role)),
          late: open('overdue'),
          soon: open('due-soon'),
          running: [...open('running'), ...open('not-started')],
          flags: open('flag'),
          unknown: open('not-known'),
          over: shown.filter(({ over }) => over).reverse(),
        }
      },
    )
  })
}

interface Query {
  of?: string | undefined
  which: keyof typeof whiches
  clock?: string | undefined
  told?: 'service-manager' | 'assistant-director' | undefined
  days?: string | undefined
}

function queryOf(request: FastifyRequest): Query {
  const { of, which, clock, told, days } = request.query as Record<string, string | undefined>
  return {
    of: of === 'me' || of === 'team' ? of : undefined,
    which: which && which in whiches ? (which as keyof typeof whiches) : 'soon',
    clock: clocks.some(({ id }) => id === clock) ? clock : undefined,
    told: told === 'service-manager' || told === 'assistant-director' ? told : undefined,
    days: days && spans.includes(days) ? days : undefined,
  }
}

const optionsOf = (words: Record<string, string>) =>
  Object.entries(words).map(([value, text]) => ({ value, text }))

const rolesOf = (id: string) => clockById(id).whose.map((role) => roleWords[role])

/** A row of the list. */
function itemView(item: DueItem, today: number, now: Date, calendar: Calendar) {
  const standing = {
    state: 'open' as const,
    startedOn: dayNumber(item.startedOn),
    soonOn: item.soonOn ? dayNumber(item.soonOn) : undefined,
    dueOn: item.dueOn ? dayNumber(item.dueOn) : undefined,
    dueAt: item.dueAt?.getTime(),
    late: false,
  }
  const status = statusOf(standing, today, now.getTime())
  const told = escalationOf(standing, today, calendar)
  return {
    ...item,
    called: item.name ?? item.localId ?? item.reference,
    what: clockById(item.clock).name,
    ...whoseView(item),
    status,
    late: status === 'overdue',
    told: escalationWords[told],
    href: `${paths.dueOfChild({ person: item.person })}#due-${item.id}`,
  }
}

/** Roles that are the allocated worker's own. */
const workersOwn: readonly Role[] = ['SW', 'PA', 'FHLP']

/** Whose it is: the worker by name where it is a worker's, and else the role, with the worker beside it. */
function whoseView({ clock, worker }: DueItem): { whose: string; beside: string | undefined } {
  const role = clockById(clock).whose[0]
  const words = roleWords[role]
  return workersOwn.includes(role)
    ? { whose: worker ?? 'Nobody allocated', beside: words }
    : {
        whose: words[0]!.toUpperCase() + words.slice(1),
        beside: worker ? `Worker: ${worker}` : 'Nobody allocated',
      }
}

/** One start of one clock on the child's page, with how it was counted. */
function dueView(due: DueOfChild, person: string, today: number, now: Date, calendar: Calendar) {
  const clock = clockById(due.clock)
  const status = statusOf(due, today, now.getTime())
  const [whose, ...others] = rolesOf(due.clock)
  const told = escalationOf(due, today, calendar)
  const { over, look } = statusLook[status]
  return {
    id: due.id,
    name: clock.name,
    decideHref:
      due.state === 'open' || due.state === 'not-known' || status === 'met-late'
        ? paths.decideDue({ person, due: due.id })
        : undefined,
    takeBackHref: due.state === 'not-required' ? paths.takeBackDue({ person, due: due.id }) : undefined,
    number: clock.id,
    status,
    over,
    badge: { kind: look, text: statusWords[status] },
    dueOn: due.dueOn === undefined ? undefined : isoDay(due.dueOn),
    dueAt: due.dueAt === undefined ? undefined : new Date(due.dueAt),
    completedOn: due.completedOn === undefined ? undefined : isoDay(due.completedOn),
    endedOn: due.endedOn === undefined ? undefined : isoDay(due.endedOn),
    words: howCounted(due, calendar),
    notes: clock.notes,
    source: clock.source,
    statutory: clock.statutory,
    unverified: clock.verified === 'unverified',
    whose,
    others,
    told: told === 'nobody' ? undefined : escalationWords[told],
    factHref: due.startedTable
      ? peoplePaths.fact({ person, table: due.startedTable, fact: due.startedFact })
      : undefined,
  }
}

const statusLook: Record<Status, { over: boolean; look: string }> = {
  'not-started': { over: false, look: 'plain' },
  running: { over: false, look: 'plain' },
  'due-soon': { over: false, look: 'soon' },
  overdue: { over: false, look: 'late' },
  met: { over: true, look: 'well' },
  'met-late': { over: true, look: 'late' },
  'not-required': { over: true, look: 'plain' },
  ended: { over: true, look: 'plain' },
  'not-known': { over: false, look: 'plain' },
  flag: { over: false, look: 'plain' },
}
