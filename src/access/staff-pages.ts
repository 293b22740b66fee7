import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { notFound } from '../web/errors.ts'
import {
  blankForm,
  choice,
  day,
  type FormView,
  id,
  optionalDay,
  optionalText,
  parseForm,
  text,
  withErrors,
} from '../web/form.ts'
import { listState } from '../web/list.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, dayOf } from '../web/words.ts'
import { rolesThereAre } from './accounts.ts'
import { firstPassword, hashPassword } from './password.ts'
import { paths } from './paths.ts'
import { proofView } from './proof.ts'
import {
  addAccount,
  changeAccount,
  closeAccount,
  colleagues,
  giveRole,
  joinTeam,
  leaveTeam,
  membershipsOf,
  reopenAccount,
  resetPassword,
  rolesOf,
  setSupervisor,
  staff,
  staffMember,
  supervisorOf,
  takeRole,
  teams,
} from './staff-store.ts'
import { carried, carry, drop } from './steps.ts'

/** Whoever looks after accounts. They read no record by it. */
export const administrators = { roles: ['A-ADM'] } as const
const only = { config: { access: administrators } } as const

const states = {
  working: 'Work here now',
  'never-signed-in': 'Have not signed in yet',
  left: 'Have left',
  all: 'All',
} as const

const email = text('Write their e-mail address', 200).refine(
  (value) => /^\S+@\S+\.\S+$/.test(value),
  'That is no e-mail address',
)
const details = z.object({
  name: text('Write their name, as colleagues know them', 100),
  jobTitle: optionalText(100),
  email,
})
const adding = details.extend({ from: day('Say when they begin') })
const role = z
  .object({ role: text('Choose a role', 10), from: day('Say from when'), to: optionalDay() })
  .refine(({ from, to }) => !to || to >= from, { message: 'It ends before it begins', path: ['to'] })
const team = z
  .object({ team: id('Choose a team'), teamFrom: day('Say from when'), teamTo: optionalDay() })
  .refine(({ teamFrom, teamTo }) => !teamTo || teamTo >= teamFrom, {
    message: 'It ends before it begins',
    path: ['teamTo'],
  })
const supervisor = z.object({ supervisor: optionalText(40) })
const ending = z.object({
  when: choice(['now', 'day'], 'Choose when'),
  lastDay: optionalDay({ notBeforeToday: 'Choose today or a later day' }),
})

const queryOf = (request: FastifyRequest) => request.query as Record<string, string | undefined>

/** People who work here: their accounts, roles and teams, with dates. Nobody changes their own. */
export const staffPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const today = () => dayOf(now())

  app.get(paths.staff.pattern, only, async (request, reply) => {
    const list = listState(request, { sorts: ['name', 'seen'], perPage: 50 })
    const { q, role: wanted, team: of, state } = queryOf(request)
    const asked = state && state in states ? (state as keyof typeof states) : 'working'
    const { total, people } = await staff(db, sessionOf(request), {
      words: q,
      role: wanted || undefined,
      team: of || undefined,
      state: asked,
      ...list,
    })
    return reply.page('access/views/staff.njk', {
      title: 'People who work here',
      people,
      total,
      list,
      asked: { q, role: wanted, team: of, state: asked },
      states,
      roles: await rolesThereAre(db),
      teams: await teams(db),
    })
  })

  async function showNew(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const data = {
      title: 'Somebody new',
      width: 'writing' as const,
      form,
      proof: await proofView(app, request),
      action: paths.staffNew(),
    }
    const view = 'access/views/staff-new.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.staffNew.pattern, only, async (request, reply) => {
    if (!(await proofView(app, request)).fresh) return proveFirst(reply, paths.staffNew())
    return showNew(request, reply, blankForm({ from: 'today' }))
  })

  app.post(paths.staffNew.pattern, only, async (request, reply) => {
    const form = parseForm(adding, request.body)
    if (!form.ok) return showNew(request, reply, form)
    const password = firstPassword()
    const made = await addAccount(db, sessionOf(request), {
      ...form.value,
      hash: await hashPassword(password),
    })
    if (made === null)
      return showNew(request, reply, withErrors(form, { email: 'Somebody has this e-mail address already' }))
    carry(reply, app, 'first-password', { account: made, password })
    return reply.redirect(paths.account({ account: made }), 303)
  })

  const proveFirst = (reply: FastifyReply, then: string) => reply.redirect(paths.prove({ then }), 303)

  async function showAccount(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const session = sessionOf(request)
    const { account } = paths.account.read(request)
    const who = await staffMember(db, session, account)
    if (!who) throw notFound()
    const told = carried<{ account: string; password: string }>(request, app, 'first-password')
    if (told) drop(reply, app, 'first-password')
    const there = await teams(db)
    const data = {
      title: who.name,
      form,
      who,
      self: who.id === session.account.id,
      fresh: (await proofView(app, request)).fresh,
      firstPassword: told?.account === who.id ? told.password : undefined,
      closed: who.lastDay !== null && who.lastDay < today(),
      roles: await rolesOf(db, who.id),
      memberships: await membershipsOf(db, who.id),
      supervisor: await supervisorOf(db, who.id),
      rolesToGive: (await rolesThereAre(db)).map(({ code, name }) => ({
        value: code,
        text: `${name} (${code})`,
      })),
      teamsToJoin: there
        .filter(({ lastDay }) => !lastDay || lastDay >= today())
        .map(({ id: value, name }) => ({ value, text: name })),
      colleagues: (await colleagues(db))
        .filter(({ id: other }) => other !== who.id)
        .map(({ id: value, name, jobTitle }) => ({ value, text: jobTitle ? `${name}, ${jobTitle}` : name })),
    }
    const view = 'access/views/staff-member.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.account.pattern, only, (request, reply) =>
    showAccount(request, reply, blankForm({ from: 'today', teamFrom: 'today' })),
  )

  /** One step about one account: read the form, do it, and show the account again. */
  function step<S extends z.ZodType>(
    path: { readonly pattern: string },
    schema: S,
    work: (
      request: FastifyRequest,
      value: z.output<S>,
      reply: FastifyReply,
    ) => Promise<Record<string, string> | undefined>,
  ): void {
    app.post(path.pattern, only, async (request, reply) => {
      const { account } = request.params as { account: string }
      const back = paths.account({ account })
      if (!(await proofView(app, request)).fresh) return proveFirst(reply, back)
      const form = parseForm(schema, request.body)
      if (!form.ok) return showAccount(request, reply, form)
      const wrong = await work(request, form.value, reply)
      if (wrong) return showAccount(request, reply, withErrors(form, wrong))
      return reply.redirect(back, 303)
    })
  }
  const nothing = z.object({})
  const accountOf = (request: FastifyRequest) => (request.params as { account: string }).account

  step(paths.accountDetails, details, async (request, value) =>
    (await changeAccount(db, sessionOf(request), accountOf(request), value))
      ? undefined
      : { email: 'Somebody else has this e-mail address' },
  )
  step(paths.accountRole, role, async (request, { role: code, from, to }) => {
    if (!(await rolesThereAre(db)).some((one) => one.code === code)) return { role: 'Choose a role' }
    return (await giveRole(db, sessionOf(request), accountOf(request), { code, from, to }))
      ? undefined
      : { role: 'They have this role then already' }
  })
  step(paths.accountRoleTake, nothing, async (request) => {
    await takeRole(db, sessionOf(request), paths.accountRoleTake.read(request).role)
    return undefined
  })
  step(paths.accountTeam, team, async (request, { team: joined, teamFrom: from, teamTo: to }) =>
    (await joinTeam(db, sessionOf(request), accountOf(request), { id: joined, from, to }))
      ? undefined
      : { team: 'They are in this team then already' },
  )
  step(paths.accountTeamLeave, nothing, async (request) => {
    await leaveTeam(db, sessionOf(request), paths.accountTeamLeave.read(request).membership)
    return undefined
  })
  step(paths.accountSupervisor, supervisor, async (request, { supervisor: chosen }) =>
    (await setSupervisor(db, sessionOf(request), accountOf(request), chosen))
      ? undefined
      : { supervisor: 'They supervise that person themselves, or somebody who does' },
  )
  step(paths.accountReset, nothing, async (request, _value, reply) => {
    const password = firstPassword()
    const account = accountOf(request)
    if (await resetPassword(db, sessionOf(request), account, await hashPassword(password)))
      carry(reply, app, 'first-password', { account, password })
    return undefined
  })
  step(paths.accountEnd, ending, async (request, { when, lastDay }) => {
    if (when === 'day' && !lastDay) return { lastDay: 'Say which day is their last' }
    const last = when === 'now' ? addDays(today(), -1) : lastDay!
    await closeAccount(db, sessionOf(request), accountOf(request), last)
    return undefined
  })
  step(paths.accountReopen, nothing, async (request) => {
    await reopenAccount(db, sessionOf(request), accountOf(request))
    return undefined
  })
}
