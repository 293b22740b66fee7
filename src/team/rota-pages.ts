import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { colleagueLike, colleagueOptions } from '../access/choosing.ts'
import { reading, writing } from '../access/reading.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, parseForm } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, type Day, dayOf, mondayToFriday } from '../web/words.ts'
import { paths } from './paths.ts'
import { gapsOf, halves, mondayOf, shiftsOf, tickOf, weekOf } from './rota.ts'
import { rotaOf, rotaTeams, setRota } from './rota-store.ts'

const managers = { roles: ['A-TM', 'A-SM'] } as const
const setting = z.object({
  monday: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  shift: z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string()).max(1000)),
})

/** Who is on duty for a team, as a table of a week. Whoever is on duty opens the team’s children. */
export const rotaPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date(), isWorkingDay = mondayToFriday } = app.deps
  const signedIn = { config: { access: 'signed-in' } } as const

  app.get(paths.rota.pattern, signedIn, async (request, reply) => {
    const all = await reading(db, sessionOf(request), rotaTeams)
    if (all.length === 1) return reply.redirect(paths.rotaOfTeam({ team: all[0]!.id }), 303)
    return reply.page('team/views/rotas.njk', { title: 'Duty rota', width: 'writing', teams: all })
  })

  app.get(paths.rotaOfTeam.pattern, signedIn, async (request, reply) => {
    const session = sessionOf(request)
    const { team } = paths.rotaOfTeam.read(request)
    const query = request.query as Record<string, string | undefined>
    const today = dayOf(now())
    const monday = mondayOf(isDay(query.week) ? query.week : today)
    const also = [query.with ?? []].flat().filter((one) => /^[0-9a-f-]{36}$/.test(one))
    const found = await reading(db, session, async (trx) => ({
      teams: await rotaTeams(trx),
      ...(await rotaOf(trx, team, monday, also)),
    }))
    const here = found.teams.find(({ id }) => id === team)
    if (!here) throw notFound()
    const days = weekOf(monday)
    const manages = managers.roles.some((role) => session.roles.includes(role))
    const on = new Set(found.shifts.map(tickOf))
    return reply.page('team/views/rota.njk', {
      title: `Duty rota, ${here.name}`,
      form: blankForm(),
      team: here,
      teams: found.teams,
      manages,
      monday,
      before: addDays(monday, -7),
      after: addDays(monday, 7),
      days: days.map((day) => ({ day, past: day < today, off: !isWorkingDay(day) })),
      halves,
      people: found.people.map((person) => ({
        ...person,
        days: days.map((day) => ({
          away: person.away.includes(day),
          halves: halves.map(({ name, text }) => {
            const value = tickOf({ account: person.id, day, half: name })
            return { text, value, on: on.has(value) }
          }),
        })),
      })),
      gaps: gapsOf(days, found.shifts, isWorkingDay).filter(({ day }) => day >= today),
      others: manages
        ? await colleagueOptions(db, session.account.id, { like: colleagueLike(request), also })
        : [],
    })
  })

  app.post(paths.rotaOfTeam.pattern, { config: { access: managers } }, async (request, reply) => {
    const session = sessionOf(request)
    const { team } = paths.rotaOfTeam.read(request)
    const form = parseForm(setting, request.body)
    if (!form.ok || form.value.monday !== mondayOf(form.value.monday))
      throw refuse(400, 'The week of this rota could not be read. Open it again.')
    const { monday, shift } = form.value
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        if (!(await setRota(trx, team, monday, shiftsOf(shift, monday)))) throw notFound()
        return paths.rotaOfTeam({ team }, { week: monday, saved: 'yes' })
      }),
    )
    return reply.redirect(next, 303)
  })
}

const isDay = (text: string | undefined): text is Day =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
