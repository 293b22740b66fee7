import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { noteOnTrail } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import {
  type Calendar,
  dayNumber,
  isoDay,
  isWeekend,
  publishedBankHolidays,
  warnDaysBefore,
} from '../clocks/calendar.ts'
import type { Clock } from '../clocks/clock.ts'
import { clocks } from '../clocks/clocks.ts'
import { escalatesAt } from '../clocks/status.ts'
import { calendarNow, runningClocks } from '../clocks/store.ts'
import { mostOf, whyNotTighten } from '../clocks/tightening.ts'
import { countWords, roleWords } from '../clocks/words.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, day, type FormView, parseForm, text, wholeNumber, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import {
  addedHolidays,
  addHoliday,
  endTime,
  type OwnTime,
  ownTimes,
  setTime,
  takeBackHoliday,
} from './clock-settings-store.ts'
import { paths } from './paths.ts'

/** Whoever sets how things are counted here. */
export const administrators = { roles: ['A-ADM'] } as const
const only = { config: { access: administrators } } as const

const setting = z.object({
  place: wholeNumber('Choose which time', 0, 9),
  n: wholeNumber('Write how many', 0, 1000),
  from: day('Say from which day'),
  reason: text('Say why, for whoever asks later', 1000),
})
const holiday = z.object({
  day: day('Say which day'),
  name: text('Write what it is called', 100),
})

/** The list of clocks with an authority's own times, and the bank holidays. */
export const clockSettingsPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps

  app.get(paths.clocks.pattern, only, async (request, reply) => {
    const { times, calendar } = await reading(db, sessionOf(request), async (trx) => ({
      times: await ownTimes(trx),
      calendar: await calendarNow(trx),
    }))
    const today = dayOf(now())
    return reply.page('casework/views/clocks.njk', {
      title: 'Clocks',
      clocks: clocks.map((clock) => ({
        ...viewOf(clock),
        own: times
          .filter((time) => time.clock === clock.id && time.from <= today && (!time.to || time.to > today))
          .map((time) => timeWords(clock, time)),
      })),
      known: knownView(calendar, today),
      chain: escalatesAt,
      bankHolidays: paths.bankHolidays(),
    })
  })

  app.get(paths.clock.pattern, only, (request, reply) =>
    showClock(request, reply, blankForm({ place: '0', from: 'today' })),
  )

  app.post(paths.clock.pattern, only, async (request, reply) => {
    const session = sessionOf(request)
    const clock = clockOf(request)
    const form = parseForm(setting, request.body)
    if (!form.ok) return showClock(request, reply, form)
    const { place, n, from, reason } = form.value
    const refusal = whyNotTighten(clock, place, n)
    if (refusal) return showClock(request, reply, withErrors(form, { n: refusal }))
    const there = await reading(db, session, (trx) => ownTimes(trx, clock.id))
    if (there.some((time) => time.place === place && time.from === from && !(time.to && time.to <= from)))
      return showClock(request, reply, withErrors(form, { from: 'There is a time from that day already' }))
    if (there.some((time) => time.place === place && time.from > from))
      return showClock(
        request,
        reply,
        withErrors(form, { from: 'A later time is set already; this one would be before it' }),
      )
    await noteOnTrail(db, session, 'setting', {
      purpose: 'an authority’s own time for a clock',
      details: { clock: clock.id, n, from },
    })
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        await setTime(trx, { clock: clock.id, place, n, from, reason, by: session.account.id })
        return paths.clock({ clock: clock.id }, { kept: 'yes' })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.endTime.pattern, only, async (request, reply) => {
    const session = sessionOf(request)
    const { clock, time } = paths.endTime.read(request)
    await noteOnTrail(db, session, 'setting', {
      purpose: 'an authority’s own time for a clock ends',
      details: { clock },
    })
    await writing(db, session, (trx) => endTime(trx, time, dayOf(now())))
    return reply.redirect(paths.clock({ clock }, { kept: 'yes' }), 303)
  })

  app.get(paths.bankHolidays.pattern, only, (request, reply) => showHolidays(request, reply, blankForm()))

  app.post(paths.bankHolidays.pattern, only, async (request, reply) => {
    const session = sessionOf(request)
    const form = parseForm(holiday, request.body)
    if (!form.ok) return showHolidays(request, reply, form)
    if (isWeekend(dayNumber(form.value.day)))
      return showHolidays(
        request,
        reply,
        withErrors(form, { day: 'That is a Saturday or Sunday, and no working day anyhow' }),
      )
    if (publishedBankHolidays.includes(form.value.day))
      return showHolidays(request, reply, withErrors(form, { day: 'That day is in the list already' }))
    await noteOnTrail(db, session, 'setting', {
      purpose: 'a bank holiday added',
      details: { day: form.value.day },
    })
    const added = await writing(db, session, (trx) =>
      addHoliday(trx, { ...form.value, by: session.account.id }),
    )
    if (!added) return showHolidays(request, reply, withErrors(form, { day: 'That day was added already' }))
    return reply.redirect(paths.bankHolidays({ kept: 'yes' }), 303)
  })

  app.post(paths.takeBackHoliday.pattern, only, async (request, reply) => {
    const session = sessionOf(request)
    const { day } = paths.takeBackHoliday.read(request)
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw notFound()
    await noteOnTrail(db, session, 'setting', { purpose: 'a bank holiday taken back', details: { day } })
    await writing(db, session, (trx) => takeBackHoliday(trx, { day, by: session.account.id }))
    return reply.redirect(paths.bankHolidays({ kept: 'yes' }), 303)
  })

  async function showClock(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const clock = clockOf(request)
    const times = await reading(db, sessionOf(request), (trx) => ownTimes(trx, clock.id))
    const today = dayOf(now())
    const settable = clock.counts.flatMap((count, place) =>
      whyNotTighten(clock, place, Math.max(count.n, 1)) && count.n > 0
        ? []
        : count.n > 0
          ? [{ value: String(place), text: countWords(count) }]
          : [],
    )
    const data = {
      title: clock.name,
      form,
      clock: viewOf(clock),
      settable,
      most: clock.counts.map((_, place) => mostOf(clock, place)),
      times: times.map((time) => ({
        ...time,
        words: timeWords(clock, time),
        standing: !time.to || time.to > today,
        endHref: paths.endTime({ clock: clock.id, time: time.id }),
      })),
      action: paths.clock({ clock: clock.id }),
      back: paths.clocks(),
      kept: (request.query as Record<string, string>).kept === 'yes',
    }
    const view = 'casework/views/clock.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  async function showHolidays(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { added, calendar } = await reading(db, sessionOf(request), async (trx) => ({
      added: await addedHolidays(trx),
      calendar: await calendarNow(trx),
    }))
    const today = dayOf(now())
    const all = [
      ...publishedBankHolidays.map((day) => ({
        day,
        name: 'Published by the government',
        by: null,
        at: null,
        backHref: null,
      })),
      ...added.map((one) => ({ ...one, backHref: paths.takeBackHoliday({ day: one.day }) })),
    ].sort((one, other) => (one.day < other.day ? -1 : 1))
    const data = {
      title: 'Bank holidays',
      width: 'writing' as const,
      form,
      coming: all.filter(({ day }) => day >= today),
      past: all.filter(({ day }) => day < today).length,
      known: knownView(calendar, today),
      action: paths.bankHolidays(),
      kept: (request.query as Record<string, string>).kept === 'yes',
    }
    const view = 'casework/views/bank-holidays.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }
}

function clockOf(request: FastifyRequest): Clock {
  const { clock: id } = paths.clock.read(request)
  const found = clocks.find((one) => one.id === id)
  if (!found) throw notFound()
  return found
}

const running = new Set(runningClocks.map(({ id }) => id))

function viewOf(clock: Clock) {
  return {
    id: clock.id,
    name: clock.name,
    counts: clock.counts.map(countWords),
    source: clock.source === 'local' ? 'No national rule' : clock.source,
    statutory: clock.statutory,
    unverified: clock.verified === 'unverified',
    notes: clock.notes,
    whose: clock.whose.map((role) => roleWords[role]),
    running: running.has(clock.id),
    commenced: clock.inForce !== 'not commenced',
    href: paths.clock({ clock: clock.id }),
  }
}

const timeWords = (clock: Clock, { place, n }: OwnTime) => countWords({ ...clock.counts[place]!, n })

function knownView(calendar: Calendar, today: string) {
  const left = calendar.knownTo - dayNumber(today)
  return { to: isoDay(calendar.knownTo), left, warn: left < warnDaysBefore }
}
