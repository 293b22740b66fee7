import type { FastifyPluginAsync } from 'fastify'
import { complaintsOf, notification } from './notification.ts'
import { paths } from './paths.ts'
import { digestOf, receive, senderOf } from './queue-store.ts'

const bearer = /^Bearer ([\w-]{20,200})$/

/**
 * Notifications from other systems (docs/notifications.md): one in a request, by a token of the sender's own. What is
 * refused is told by field and logged without a word of it. Nothing is looked for in the record: the answer is the same
 * whoever it is about.
 */
export const apiPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps

  app.post(
    paths.api.pattern,
    {
      bodyLimit: 128 * 1024,
      config: {
        access: 'anyone',
        session: false,
        // No browser calls it: the token in the header is what a form's token is elsewhere.
        csrf: false,
        rateLimit: {
          max: 120,
          timeWindow: '1 minute',
          keyGenerator: (request) => digestOf(request.headers.authorization ?? request.ip).toString('base64'),
        },
      },
    },
    async (request, reply) => {
      reply.type('application/json')
      const [, token] = bearer.exec(request.headers.authorization ?? '') ?? []
      const sender = token ? await senderOf(db, token) : undefined
      if (!sender) {
        request.log.info({ status: 401 }, 'notification refused')
        return reply
          .code(401)
          .header('www-authenticate', 'Bearer')
          .send({ error: 'This token is not known, or was ended' })
      }
      if (!sender.maySend) {
        request.log.info({ sender: sender.id, status: 429 }, 'notification refused')
        return reply
          .code(429)
          .header('retry-after', '600')
          .send({ error: 'This sender has sent as much as it may in an hour' })
      }
      if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
        return reply.code(415).send({ error: 'Send application/json' })
      const read = notification.safeParse(request.body)
      if (!read.success) {
        const complaints = complaintsOf(read.error)
        request.log.info(
          { sender: sender.id, status: 422, complaints: complaints.length },
          'notification refused',
        )
        return reply.code(422).send({ error: 'The notification was not taken', complaints })
      }
      const received = await receive(db, read.data, {
        channel: 'api',
        source: read.data.source ?? sender.source,
        sender: sender.id,
        now: now(),
      })
      request.log.info({ sender: sender.id, status: 201 }, 'notification taken')
      return reply.code(201).send({ reference: received.reference, folded: received.folded })
    },
  )
}
