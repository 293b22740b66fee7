import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { notFound, type Refusal, refuse } from '../web/errors.ts'
import { housePaths } from '../web/house-paths.ts'
import { DirectoryRefused, type DirectoryStep } from './directory.ts'
import { follow } from './following.ts'
import { thenOf } from './page-parts.ts'
import { paths } from './paths.ts'
import { accountsOf } from './services.ts'
import { clientWords, secretOf, setSessionCookie } from './sessions.ts'
import { endSession, startSession } from './sign-in.ts'
import { carried, carry, drop } from './steps.ts'

interface Carried extends DirectoryStep {
  /** `prove`: the session that is there proves again who sits at it, and is unlocked by that. */
  purpose: 'sign-in' | 'prove'
  then: string
}

const again = { text: 'Go to the sign-in page', href: housePaths.signIn() }

/** To the authority's directory and back: to sign in, to unlock, to prove again who sits there. */
export const directoryPages: FastifyPluginAsync = async (app) => {
  const { db, config } = app.deps

  app.get(paths.directory.pattern, { config: { access: 'anyone' } }, async (request, reply) => {
    const { directory } = accountsOf(app)
    if (!directory) throw notFound()
    const purpose =
      request.session && (request.query as { purpose?: string }).purpose === 'prove' ? 'prove' : 'sign-in'
    const { address, step } = await reached(() => directory.begin({ fresh: purpose === 'prove' }))
    const then = thenOf(request)
    carry(reply, app, 'directory', { ...step, purpose, then } satisfies Carried)
    return reply.redirect(address, 303)
  })

  app.get(paths.directoryBack.pattern, { config: { access: 'anyone' } }, async (request, reply) => {
    const { directory, tokens } = accountsOf(app)
    const step = carried<Carried>(request, app, 'directory')
    if (!directory || !step)
      throw refuse(400, 'This step is open for a quarter of an hour, in the browser it began in.', {
        title: 'Sign in again',
        next: again,
      })
    drop(reply, app, 'directory')
    const account = await reached(async () => {
      const person = await directory.finish(new URL(request.url, 'http://here').search, step)
      return follow(db, tokens, directory, person)
    }, request)
    if (!account)
      throw refuse(
        403,
        'Your directory knows you, but none of your groups has work here. If you need Cairn for your work, ask your manager.',
        { title: 'Nothing is open to you here' },
      )
    if (step.purpose === 'prove') {
      const secret = request.session && secretOf(request, config)
      if (!secret || request.session?.account.id !== account)
        throw refuse(
          403,
          'That was somebody else. Prove it as the one who is signed in here, or sign out first.',
        )
      await sql`select access.note_proof(${secret}, null)`.execute(db)
      return reply.redirect(step.then, 303)
    }
    const before = secretOf(request, config)
    if (before) await endSession(db, before)
    const secret = await startSession(db, { account, method: 'directory', client: clientWords(request) })
    setSessionCookie(reply, config, secret)
    return reply.redirect(step.then, 303)
  })

  /** What went wrong, in words: refused by the directory, or the directory is away. */
  async function reached<T>(work: () => Promise<T>, request?: FastifyRequest): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof DirectoryRefused) {
        request?.log.warn({ code: error.code }, 'the directory sign-in was refused')
        throw refuse(403, error.message, { title: 'You are not signed in', next: again })
      }
      if ((error as Refusal).name === 'Refusal' || !isAway(error)) throw error
      throw refuse(503, 'Your directory cannot be reached just now. Try again in a minute.', {
        next: { text: 'Try again', href: paths.directory() },
      })
    }
  }
}

/** No answer, or no sensible one: not a mistake of ours. */
function isAway(error: unknown): boolean {
  const { code, name, cause } = error as { code?: string; name?: string; cause?: { code?: string } }
  return (
    name === 'TimeoutError' ||
    code === 'OAUTH_TIMEOUT' ||
    (name === 'TypeError' && cause !== undefined) ||
    (code?.startsWith('OAUTH_') ?? false)
  )
}
