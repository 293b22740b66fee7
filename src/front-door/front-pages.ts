import type { FastifyPluginAsync } from 'fastify'
import { noteShown, openList } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { type Calendar, dayNumber, isoDay } from '../clocks/calendar.ts'
import { calendarNow } from '../clocks/store.ts'
import { labelOf } from '../codes/codes.ts'
import { cardsOf } from '../people/index-store.ts'
import { calledOf } from '../people/model.ts'
import { sessionOf } from '../web/session.ts'
import { type Day, dayOf, daysBetween } from '../web/words.ts'
import { actorOf, frontDoorRoles } from './actor.ts'
import { contactsInHand, type InHand } from './contact-store.ts'
import { paths } from './paths.ts'
import { waiting } from './queue-store.ts'
import { stateWords } from './states.ts'
import { decisions, methods, safety, said } from './words.ts'

/** The front door’s day: what is undecided and how long it has, what was decided, re-referrals, figures. */
export const frontPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps

  app.get(paths.frontDoor.pattern, { config: { access: frontDoorRoles } }, async (request, reply) => {
    const session = sessionOf(request)
    const { by } = request.query as { by?: string }
    const opened = await openList(db, session, 'search', {
      purpose: 'working the front door',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    const today = dayOf(now())
    const { hand, names, calendar, queue } = await reading(db, session, async (trx) => {
      const hand = await contactsInHand(trx)
      const wanted = hand.filter((one) => one.state !== 'decided' || one.decidedOn === today)
      const cards = await cardsOf(trx, [...new Set(wanted.flatMap(({ children }) => children))])
      return {
        hand,
        names: new Map(cards.map((card) => [card.id, calledOf(card)])),
        calendar: await calendarNow(trx),
        queue: (await waiting(trx)).length,
      }
    })
    await noteShown(db, session, 'search', [...names.keys()], request.id)
    const rowOf = (one: InHand) => ({
      ...one,
      href: paths.contact({ together: one.together }),
      who: one.children.map((child) => names.get(child) ?? 'A child whose record is closed to you'),
      from: one.source ? labelOf('referral_source', one.source) : 'Not said',
      how: said(methods, one.method),
      safe: said(safety, one.safe),
      stateWords: one.state === 'decided' ? said(decisions, one.decision) : stateWords[one.state],
      proposedWords: said(decisions, one.proposed),
      due: dueOf(one.day, calendar),
    })
    const undecided = hand.filter(({ state }) => state !== 'decided').map(rowOf)
    const shown = by ? undecided.filter(({ takenBy }) => takenBy === by) : undecided
    return reply.page('front-door/views/front-door.njk', {
      title: 'Front door',
      by: actorOf(session.roles),
      chosen: by,
      undecided: shown,
      queue,
      decidedToday: hand
        .filter(({ decidedOn, state }) => state === 'decided' && decidedOn === today)
        .map(rowOf),
      screeners: [...count(undecided.map(({ takenBy }) => takenBy ?? 'Nobody'))].map(([name, many]) => ({
        name,
        many,
        href: paths.frontDoor({ by: name }),
      })),
      figures: figuresOf(hand, today, calendar),
    })
  })
}

/** The day on which a contact has to be decided: one working day after it came (REF-01). */
function dueOf(day: Day, calendar: Calendar): Day {
  return isoDay(calendar.workingDaysAfter(dayNumber(day), 1))
}

const count = (names: readonly string[]): Map<string, number> => {
  const many = new Map<string, number>()
  for (const name of names) many.set(name, (many.get(name) ?? 0) + 1)
  return many
}

/** The last thirty days in a line each. */
function figuresOf(hand: readonly InHand[], today: Day, calendar: Calendar) {
  const decided = hand.filter(({ decidedOn }) => decidedOn !== null)
  const inTime = decided.filter(({ day, decidedOn }) => decidedOn! <= dueOf(day, calendar))
  const referred = decided.filter(({ decision }) => decision?.startsWith('referral'))
  return {
    received: hand.length,
    today: hand.filter(({ day }) => day === today).length,
    week: hand.filter(({ day }) => daysBetween(day, today) < 7).length,
    decided: decided.length,
    inTime: decided.length ? Math.round((100 * inTime.length) / decided.length) : undefined,
    referred: referred.length,
    reReferrals: referred.filter(({ reReferral }) => reReferral).length,
    notTold: decided.filter(({ informed }) => !informed).length,
    outcomes: Object.entries(decisions).flatMap(([code, text]) => {
      const many = decided.filter(({ decision }) => decision === code).length
      return many ? [{ text, many }] : []
    }),
  }
}
