import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { noteShown, openList } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { type Calendar, dayNumber, isoDay, londonMidnight } from '../clocks/calendar.ts'
import { clockById } from '../clocks/clocks.ts'
import { calendarNow } from '../clocks/store.ts'
import { myDrafts } from '../forms/drafts-store.ts'
import { paths as formPaths } from '../forms/paths.ts'
import { rowOf } from '../people/matching.ts'
import { calledOf } from '../people/model.ts'
import { paths as peoplePaths } from '../people/paths.ts'
import { asked } from '../people/remarks.ts'
import { dayOfSomebody } from '../web/day-part.ts'
import { housePaths } from '../web/house-paths.ts'
import { listState } from '../web/list.ts'
import type { Onlooker } from '../web/onlooker.ts'
import { sessionOf } from '../web/session.ts'
import { type Day, dayOf } from '../web/words.ts'
import {
  type Change,
  caseload,
  caseloadSorts,
  changesSince,
  type Standing,
  standings,
  type WorkerLoad,
  workerLoads,
  workersListed,
} from './caseload-store.ts'
import { driftOf } from './drift.ts'
import { type DueItem, dueCounts, dueList, nextDue } from './due-store.ts'
import { familiesOf } from './families.ts'
import { paths } from './paths.ts'
import { waitingFor } from './sign-off/store.ts'
import { waitingView } from './sign-off/waiting.ts'
import { startOf } from './starts.ts'
import { openBadges } from './unallocated-store.ts'

const managerRoles: readonly string[] = ['A-TM', 'A-SM']
const carriers = ['A-SW', 'A-TM', 'A-SM']
const views = ['me', 'team', 'drift'] as const
type View = (typeof views)[number]

/** What the page shows of longer lists; each has a page of its own. */
const duesShown = 12
const changesShown = 12
const daysAhead = 5

/** The page of the day: what is due and why, my children or my teams’, and what has changed. */
export const myWorkPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps

  app.get(housePaths.myWork.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const session = sessionOf(request)
    const view = viewOf(request)
    const manages = session.roles.some((role) => managerRoles.includes(role))
    const everyone = view !== 'me'
    const list = listState(request, {
      sorts: everyone ? ['name', ...caseloadSorts] : ['family', ...caseloadSorts],
      perPage: 100,
    })
    const on = { today: dayOf(now()), now: now() }
    const opened = await openList(db, session, 'caseload', {
      purpose: 'seeing my work',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const tabs = tabsOf(view, manages)
    if (view === 'drift') {
      const drifted = await reading(db, session, async (trx) =>
        driftedOf(await standings(trx, on.today), on.today),
      )
      await noteShown(
        db,
        session,
        'caseload',
        drifted.map(({ id }) => id),
        request.id,
      )
      return reply.page('casework/views/drift.njk', { title: 'My work', tabs, drifted })
    }
    const account = everyone ? undefined : session.account.id
    const onlookers = asked(app.onlookers, session.roles)
    const filter = filterOf(request, everyone)
    const found = await reading(db, session, async (trx) => {
      const calendar = await calendarNow(trx)
      const days = weekFrom(on.today, calendar)
      const since = londonMidnight(calendar.workingDaysBefore(dayNumber(on.today), 1))
      const children = await caseload(trx, list, {
        account: session.account.id,
        everyone,
        on: on.today,
        ...filter,
      })
      const shown = children.cards.map(({ id }) => id)
      return {
        ...children,
        days,
        since: new Date(since),
        due: await dueList(
          trx,
          { sort: 'due', direction: 'ascending', perPage: duesShown, offset: 0 },
          { account, which: 'soon' },
          on,
        ),
        counts: await dueCounts(trx, { account }, on),
        next: await nextDue(trx, shown, on),
        remarks: await remarksOn(trx, onlookers, shown),
        changed: await changesSince(trx, new Date(since), {
          // Whoever is allocated no children hears of everybody they work with.
          account: carriers.some((role) => session.roles.includes(role)) ? account : undefined,
          most: changesShown,
        }),
        waiting: await waitingFor(trx),
        day: await dayOfSomebody(trx, app.dayParts, session, on.now),
        workers: everyone ? await workersListed(trx) : [],
        drafts: (await myDrafts(trx)).filter(({ putAwayAt }) => !putAwayAt).length,
        loads: everyone && manages ? await workerLoads(trx, on, days) : [],
      }
    })
    const { due, changed, next, remarks } = found
    const people = [
      ...found.cards.map(({ id }) => id),
      ...due.items.map(({ person }) => person),
      ...changed.changes.map(({ person }) => person),
      ...found.waiting.flatMap(({ children }) => children.map(({ person }) => person)),
    ]
    await noteShown(db, session, 'caseload', [...new Set(people)], request.id)
    return reply.page('casework/views/my-work.njk', {
      title: 'My work',
      tabs,
      list,
      everyone,
      remarked: onlookers.length > 0,
      total: found.total,
      children: familiesOf(found.cards).map((one) => ({
        ...one,
        next: nextView(one.id, next.get(one.id)),
        remarks: remarks.get(one.id),
      })),
      due: due.items.map((item) => dueView(item, on)),
      counts: found.counts,
      dueHref: paths.due({ of: everyone ? 'team' : 'me' }),
      signing: { ...waitingView(found.waiting), href: paths.toSign() },
      drafts: { count: found.drafts, href: formPaths.drafts() },
      changed: { since: found.since, total: changed.total, rows: changed.changes.map(changeView) },
      days: found.days,
      loads: loadsOf(found.loads),
      day: found.day,
      filter,
      of: view,
      statuses: [
        { value: '', text: 'Any' },
        ...openBadges.map((value) => ({ value, text: badgeWords[value] })),
      ],
      workers: [{ value: '', text: 'Anybody' }, ...found.workers],
      nobody: found.total === 0 && !filter.badge && !filter.worker,
    })
  })
}

const badgeWords: Record<(typeof openBadges)[number], string> = {
  'child-protection': 'Child protection',
  'looked-after': 'Looked after',
  'child-in-need': 'Child in need',
  'care-leaver': 'Care leaver',
  unborn: 'Unborn',
}

function filterOf(request: FastifyRequest, everyone: boolean): { badge?: string; worker?: string } {
  const { status, worker } = request.query as Record<string, unknown>
  const badge = openBadges.find((one) => one === status)
  const isId = typeof worker === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(worker)
  return { ...(badge ? { badge } : {}), ...(everyone && isId ? { worker } : {}) }
}

/** A manager’s own work is the team’s, unless they ask for the children allocated to themselves. */
function viewOf(request: FastifyRequest): View {
  const { of } = request.query as Record<string, unknown>
  const manages = sessionOf(request).roles.some((role) => managerRoles.includes(role))
  const wanted = views.find((one) => one === of && (manages || one !== 'drift'))
  return wanted ?? (manages ? 'team' : 'me')
}

function tabsOf(view: View, manages: boolean) {
  const tab = (of: View, text: string) => ({ text, href: housePaths.myWork({ of }), current: view === of })
  return [
    tab('me', 'My children'),
    tab('team', manages ? 'Team' : 'My teams'),
    ...(manages
      ? [{ text: 'Unallocated', href: paths.allocate(), current: false }, tab('drift', 'Drift')]
      : []),
  ]
}

/** Today, or the next working day, and those after it. */
const weekFrom = (today: Day, calendar: Calendar): Day[] =>
  Array.from({ length: daysAhead }, (_, n) => isoDay(calendar.workingDaysAfter(dayNumber(today) - 1, n + 1)))

function dueView(item: DueItem, { today, now }: { today: Day; now: Date }) {
  const late = item.dueAt ? item.dueAt < now : item.dueOn !== null && item.dueOn < today
  return {
    called: calledOf(item),
    childHref: peoplePaths.record({ person: item.person }),
    reference: item.reference,
    worker: item.worker,
    what: clockById(item.clock).name,
    day: item.dueOn,
    at: item.dueAt,
    late,
    today: item.dueOn === today,
    howHref: `${paths.dueOfChild({ person: item.person })}#due-${item.id}`,
    start: startOf(item.clock, item.person),
  }
}

const nextView = (person: string, due: { clock: string; dueOn: Day; late: boolean } | undefined) =>
  due && { ...due, what: clockById(due.clock).name, href: paths.dueOfChild({ person }) }

const changeView = (change: Change) => ({
  ...change,
  called: calledOf(change),
  href: peoplePaths.record({ person: change.person }),
})

/** From so many things due on one day on, a day is fuller: a few, many, too many. */
const heats = [1, 3, 6]

const loadsOf = (loads: readonly WorkerLoad[]) =>
  loads.map((load) => ({
    ...load,
    days: load.days.map((count) => ({ count, heat: heats.filter((from) => count >= from).length })),
  }))

const driftedOf = (children: readonly Standing[], on: Day) =>
  children.flatMap((child) => {
    const drift = driftOf(child, on)
    return drift.length > 0
      ? [{ ...rowOf(child), drift, seen: child.seen, overseenOn: child.overseenOn }]
      : []
  })

/** What onlookers have to say of each person of the list: how much, and where it stands. */
async function remarksOn(
  trx: Parameters<Onlooker['counts']>[0],
  onlookers: readonly Onlooker[],
  people: readonly string[],
) {
  const remarks = new Map<string, { count: number; href: string }>()
  for (const onlooker of onlookers)
    for (const [person, count] of await onlooker.counts(trx, people))
      remarks.set(person, { count: count + (remarks.get(person)?.count ?? 0), href: onlooker.part(person) })
  return remarks
}
