import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { notFound } from '../web/errors.ts'
import {
  blankForm,
  choice,
  type FormView,
  optionalDay,
  optionalText,
  parseForm,
  text,
  withErrors,
} from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { formatShortDate } from '../web/words.ts'
import { rolesThereAre } from './accounts.ts'
import { keysOf, optionsOf } from './page-parts.ts'
import { paths } from './paths.ts'
import { proofView } from './proof.ts'
import { administrators } from './staff-pages.ts'
import { directoryGroups, saveTeam, setDirectoryGroup, teams } from './staff-store.ts'

const only = { config: { access: administrators } } as const

const kinds = {
  'social-work': 'Social work',
  'front-door': 'Front door',
  'emergency-duty': 'Emergency duty',
  fostering: 'Fostering',
  adoption: 'Adoption',
  'leaving-care': 'Leaving care',
  reviewing: 'Conferences and reviews',
  other: 'Another kind',
} as const

const saving = z.object({
  name: text('Write the team’s name', 100),
  parent: optionalText(40),
  kind: choice(keysOf(kinds), 'Choose what kind of team it is'),
  lastDay: optionalDay(),
})
const grouping = z
  .object({
    group: text('Write the group as the directory sends it', 200),
    means: text('Choose what it means', 60),
  })
  .refine(({ means }) => /^(role:A-[A-Z]{2,4}|team:[0-9a-f-]{36})$/.test(means), {
    message: 'Choose what it means',
    path: ['means'],
  })
  .transform(({ group, means }) => {
    const [kind, value] = means.split(':') as ['role' | 'team', string]
    return {
      name: group,
      role: kind === 'role' ? value : undefined,
      team: kind === 'team' ? value : undefined,
    }
  })

/** Teams, and what belonging to a group of the directory means. */
export const teamPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps

  app.get(paths.teams.pattern, only, async (_request, reply) =>
    reply.page('access/views/teams.njk', { title: 'Teams', all: await teams(db), kinds }),
  )

  async function showTeam(request: FastifyRequest, reply: FastifyReply, form: FormView, team?: string) {
    const then = team ? paths.team({ team }) : paths.teamNew()
    if (!(await proofView(app, request)).fresh) return reply.redirect(paths.prove({ then }), 303)
    const data = {
      title: team ? 'A team' : 'A new team',
      width: 'writing' as const,
      form,
      action: then,
      kinds: optionsOf(kinds),
      others: (await teams(db))
        .filter(({ id }) => id !== team)
        .map(({ id, name }) => ({ value: id, text: name })),
    }
    const view = 'access/views/team.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.teamNew.pattern, only, (request, reply) =>
    showTeam(request, reply, blankForm({ kind: 'social-work' })),
  )

  app.get(paths.team.pattern, only, async (request, reply) => {
    const { team: id } = paths.team.read(request)
    const team = (await teams(db)).find((one) => one.id === id)
    if (!team) throw notFound()
    const { name, parent, kind, lastDay } = team
    const values = { name, parent: parent ?? '', kind, lastDay: lastDay ? formatShortDate(lastDay) : '' }
    return showTeam(request, reply, blankForm(values), id)
  })

  async function save(request: FastifyRequest, reply: FastifyReply, id?: string) {
    const form = parseForm(saving, request.body)
    if (!form.ok) return showTeam(request, reply, form, id)
    const saved = await saveTeam(db, sessionOf(request), { id, ...form.value })
    if (saved === null)
      return showTeam(
        request,
        reply,
        withErrors(form, { name: 'A team has this name already, or it would belong to itself' }),
        id,
      )
    return reply.redirect(paths.teams(), 303)
  }

  app.post(paths.teamNew.pattern, only, (request, reply) => save(request, reply))
  app.post(paths.team.pattern, only, (request, reply) => save(request, reply, paths.team.read(request).team))

  async function showGroups(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const roles = (await rolesThereAre(db)).map(({ code, name }) => ({
      value: `role:${code}`,
      text: `Role: ${name} (${code})`,
    }))
    const there = (await teams(db)).map(({ id, name }) => ({ value: `team:${id}`, text: `Team: ${name}` }))
    const data = {
      title: 'Groups of the directory',
      form,
      fresh: (await proofView(app, request)).fresh,
      all: await directoryGroups(db),
      meanings: [...roles, ...there],
    }
    const view = 'access/views/groups.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.groups.pattern, only, (request, reply) => showGroups(request, reply, blankForm()))

  for (const [path, kept] of [
    [paths.groups, true],
    [paths.groupTake, false],
  ] as const) {
    app.post(path.pattern, only, async (request, reply) => {
      const form = parseForm(grouping, request.body)
      if (!form.ok) return showGroups(request, reply, form)
      await setDirectoryGroup(db, sessionOf(request), { ...form.value, kept })
      return reply.redirect(paths.groups(), 303)
    })
  }
}
