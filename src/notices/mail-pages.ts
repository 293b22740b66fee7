import type { FastifyPluginAsync } from 'fastify'
import { reading, writing } from '../access/reading.ts'
import { notFound } from '../web/errors.ts'
import { sessionOf } from '../web/session.ts'
import { mailSettings, serverName } from './mail-settings.ts'
import { mailAgain, mailListed, mailTrial } from './mail-store.ts'
import { paths } from './paths.ts'

export const administrators = { roles: ['A-ADM'] } as const

/** What e-mail waits, was sent or was refused, with the server's words. */
export const mailPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const only = { config: { access: administrators } } as const

  app.get(paths.mail.pattern, only, async (request, reply) => {
    const settings = mailSettings()
    const all = await reading(db, sessionOf(request), mailListed)
    return reply.page('notices/views/mail.njk', {
      title: 'E-mail',
      server: settings && serverName(settings),
      from: settings?.from,
      waiting: all.filter(({ sentAt, givenUpAt }) => !sentAt && !givenUpAt),
      refused: all.filter(({ givenUpAt }) => givenUpAt),
      sent: all.filter(({ sentAt }) => sentAt),
      kinds: { digest: 'Digest', trial: 'Trial' },
    })
  })

  app.post(paths.mailTrial.pattern, only, async (request, reply) => {
    if (!(await writing(db, sessionOf(request), mailTrial))) throw notFound()
    return reply.redirect(paths.mail(), 303)
  })

  app.post(paths.mailAgain.pattern, only, async (request, reply) => {
    const { mail } = paths.mailAgain.read(request)
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(mail)) throw notFound()
    if (!(await writing(db, sessionOf(request), (trx) => mailAgain(trx, mail)))) throw notFound()
    return reply.redirect(paths.mail(), 303)
  })
}
