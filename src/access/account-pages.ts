import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { notFound } from '../web/errors.ts'
import { blankForm, type FormView, parseForm, tick, withErrors } from '../web/form.ts'
import { housePaths } from '../web/house-paths.ts'
import { sessionOf } from '../web/session.ts'
import { endMySession, mySessions, setMyPassword, setSettings } from './account-store.ts'
import { carrying, thenOf, withoutSecrets } from './page-parts.ts'
import { hashPassword, shortestPassword, weakness } from './password.ts'
import { paths } from './paths.ts'
import { proofFields, proofView, prove } from './proof.ts'
import { accountsOf } from './services.ts'
import { membershipsOf, rolesOf } from './staff-store.ts'

const settings = z.object({ shortcuts: tick() })
const proving = z.object(proofFields)
const newPassword = z.object({ new: z.string().min(1, 'Choose a password'), ...proofFields })

/** One's own account: what one may do here, where one is signed in, password and settings. */
export const accountPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(housePaths.account.pattern, open, async (request, reply) => {
    const session = sessionOf(request)
    const { id } = session.account
    return reply.page('access/views/account.njk', {
      title: 'My account',
      roles: (await rolesOf(db, id)).filter(({ now }) => now),
      teams: (await membershipsOf(db, id)).filter(({ now }) => now),
      sessions: await mySessions(db, session),
      method: session.method,
      form: blankForm({ shortcuts: session.settings?.shortcuts === false ? undefined : 'yes' }),
    })
  })

  // A page says that somebody is at it: looking the session up has noted it.
  app.get(housePaths.seen.pattern, open, async (_request, reply) => reply.code(204).send())

  app.post(paths.settings.pattern, open, async (request, reply) => {
    const form = parseForm(settings, request.body)
    if (form.ok) await setSettings(db, sessionOf(request), form.value)
    return reply.redirect(housePaths.account(), 303)
  })

  app.post(paths.sessionEnd.pattern, open, async (request, reply) => {
    await endMySession(db, sessionOf(request), paths.sessionEnd.read(request).session)
    return reply.redirect(housePaths.account(), 303)
  })

  async function showPassword(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    if (sessionOf(request).method === 'directory') throw notFound()
    const data = {
      title: 'A new password',
      width: 'writing' as const,
      form,
      proof: await proofView(app, request),
      least: shortestPassword,
    }
    const view = 'access/views/password.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.password.pattern, open, (request, reply) => showPassword(request, reply, blankForm()))

  app.post(paths.password.pattern, open, async (request, reply) => {
    const form = parseForm(newPassword, request.body)
    const clean = { ...withoutSecrets(form), values: {} }
    if (!form.ok) return showPassword(request, reply, clean)
    const session = sessionOf(request)
    const weak = weakness(form.value.new, { name: session.account.name, email: '' })
    if (weak) return showPassword(request, reply, withErrors(clean, { new: weak }))
    const unproven = await prove(app, request, form.value)
    if (unproven) return showPassword(request, reply, withErrors(clean, { password: unproven }))
    await setMyPassword(db, session, await hashPassword(form.value.new))
    return reply.redirect(housePaths.account(), 303)
  })

  async function showProve(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const then = thenOf(request)
    const { directory } = accountsOf(app)
    const data = {
      title: 'It is you, is it not?',
      width: 'writing' as const,
      form,
      proof: { ...(await proofView(app, request)), fresh: false },
      action: paths.prove(carrying(then)),
      directory: directory && {
        name: directory.name,
        href: paths.directory({ purpose: 'prove', ...carrying(then) }),
      },
    }
    const view = 'access/views/prove.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.prove.pattern, open, (request, reply) => showProve(request, reply, blankForm()))

  app.post(paths.prove.pattern, open, async (request, reply) => {
    const form = parseForm(proving, request.body)
    if (!form.ok) return showProve(request, reply, withoutSecrets(form))
    const unproven = await prove(app, request, form.value)
    if (unproven) return showProve(request, reply, withErrors(withoutSecrets(form), { password: unproven }))
    return reply.redirect(thenOf(request), 303)
  })
}
