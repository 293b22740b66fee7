import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { refuse } from '../web/errors.ts'
import { blankForm, type FormView, optionalText, parseForm, text, withErrors } from '../web/form.ts'
import { housePaths } from '../web/house-paths.ts'
import { localAddress } from '../web/paths.ts'
import { sessionOf } from '../web/session.ts'
import { demonstrationAccounts, demonstrationPassword } from './demonstration.ts'
import { deskOf } from './desk.ts'
import { checkCode, codePicture, inGroups, newCodeSecret } from './one-time-code.ts'
import { carrying, thenOf, withoutSecrets } from './page-parts.ts'
import { weakness } from './password.ts'
import { paths } from './paths.ts'
import { accountsOf } from './services.ts'
import { clearSessionCookie, clientWords, secretOf, setSessionCookie } from './sessions.ts'
import { endSession, enrol, lockSession, startSession, tryProof, trySignIn } from './sign-in.ts'
import { carried, carry, drop } from './steps.ts'
import { waitWords } from './words.ts'

const schema = z.object({
  email: text('Write your e-mail address', 200),
  // As typed: a password may begin or end with a space.
  password: z.string('Write your password').min(1, 'Write your password').max(1000),
  code: optionalText(20),
})

const unlockSchema = schema.omit({ email: true })

const firstTimeSchema = z.object({
  password: z.string().min(1, 'Choose a password'),
  code: text('Write the six figures your app shows', 20),
})

/** What the first sign-in carries from the first password to the enrolled code. */
interface FirstTime {
  account: string
  attempt: string
  email: string
  secret: string
  then: string
}

const tooLate = refuse(400, 'This step is open for a quarter of an hour after your first password.', {
  title: 'Sign in again',
  next: { text: 'Go to the sign-in page', href: housePaths.signIn() },
})

/** The link to the authority's directory, where it has one. */
function directoryOf(app: FastifyInstance, query: { purpose?: string; then?: string }) {
  const { directory } = accountsOf(app)
  return directory && { name: directory.name, href: paths.directory(query) }
}

export const signInPages: FastifyPluginAsync = async (app) => {
  const { db, config } = app.deps

  async function showSignIn(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const then = thenOf(request)
    const data = {
      title: 'Sign in',
      width: 'writing' as const,
      form,
      action: housePaths.signIn(carrying(then)),
      invented: config.demonstration ? await demonstrationAccounts(db) : [],
      inventedPassword: demonstrationPassword,
      directory: directoryOf(app, { ...carrying(then) }),
    }
    const view = 'access/views/sign-in.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  async function letIn(
    request: FastifyRequest,
    reply: FastifyReply,
    who: { account: string; attempt: string },
    then: string,
  ) {
    const before = secretOf(request, config)
    if (before) await endSession(db, before)
    const secret = await startSession(db, { ...who, method: 'local', client: clientWords(request) })
    setSessionCookie(reply, config, secret)
    return reply.redirect(then, 303)
  }

  app.get(housePaths.signIn.pattern, { config: { access: 'anyone' } }, async (request, reply) => {
    if (request.session && !request.session.locked) return reply.redirect(thenOf(request), 303)
    return showSignIn(request, reply, blankForm())
  })

  app.post(housePaths.signIn.pattern, { config: { access: 'anyone' } }, async (request, reply) => {
    const form = parseForm(schema, request.body)
    const clean = withoutSecrets(form)
    if (!form.ok) return showSignIn(request, reply, clean)
    const then = thenOf(request)
    const attempt = await trySignIn(deskOf(app), form.value, request.ip)
    if (attempt.kind === 'right') return letIn(request, reply, attempt, then)
    if (attempt.kind === 'first-time') {
      const step: FirstTime = {
        account: attempt.account,
        attempt: attempt.attempt,
        email: form.value.email,
        secret: newCodeSecret(),
        then,
      }
      carry(reply, app, 'first-time', step)
      return reply.redirect(paths.firstTime(), 303)
    }
    const words =
      attempt.kind === 'wait'
        ? `There were too many tries for this name or from this place. ${waitWords(attempt.seconds)}, then try again`
        : 'E-mail, password and code do not belong together. Look at each, and try again with the next code'
    return showSignIn(request, reply, withErrors(clean, { email: words }))
  })

  async function showFirstTime(reply: FastifyReply, step: FirstTime, form: FormView) {
    const data = {
      title: 'Your first sign-in',
      width: 'writing' as const,
      form,
      email: step.email,
      key: inGroups(step.secret),
      picture: await codePicture(step.secret, `${config.serviceName} ${config.authority.name}`, step.email),
    }
    const view = 'access/views/first-time.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.firstTime.pattern, { config: { access: 'anyone' } }, async (request, reply) => {
    const step = carried<FirstTime>(request, app, 'first-time')
    if (!step) throw tooLate
    return showFirstTime(reply, step, blankForm())
  })

  app.post(paths.firstTime.pattern, { config: { access: 'anyone' } }, async (request, reply) => {
    const step = carried<FirstTime>(request, app, 'first-time')
    if (!step) throw tooLate
    const form = parseForm(firstTimeSchema, request.body)
    if (!form.ok) return showFirstTime(reply, step, withoutSecrets(form))
    const weak = weakness(form.value.password, { name: '', email: step.email })
    if (weak) return showFirstTime(reply, step, withErrors(withoutSecrets(form), { password: weak }))
    const desk = deskOf(app)
    const used = await checkCode(step.secret, form.value.code, 0, desk.now())
    if (used === undefined) {
      const words = 'That is not the code for this key. Wait for the next six figures, and write those'
      return showFirstTime(reply, step, withErrors(withoutSecrets(form), { code: words }))
    }
    const { then } = step
    const done = await enrol(desk, { ...step, password: form.value.password, step: used })
    drop(reply, app, 'first-time')
    if (!done) throw tooLate
    return letIn(request, reply, step, then)
  })

  app.post(
    housePaths.signOut.pattern,
    { config: { access: 'anyone', evenLocked: true } },
    async (request, reply) => {
      const secret = secretOf(request, config)
      if (secret) await endSession(db, secret)
      clearSessionCookie(reply, config)
      return reply.redirect(housePaths.signIn(), 303)
    },
  )
}

/** Locking and unlocking: the page goes away, nothing else does. */
export const lockPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const open = { config: { access: 'signed-in', evenLocked: true } } as const

  function from(request: FastifyRequest): string {
    const { referer } = request.headers
    if (!referer || !URL.canParse(referer)) return '/'
    const { host, pathname, search } = new URL(referer)
    return host === request.host && !pathname.startsWith(housePaths.unlock())
      ? localAddress(pathname + search)
      : '/'
  }

  app.post(housePaths.lock.pattern, open, async (request, reply) => {
    await lockSession(db, sessionOf(request).secret)
    const then = from(request)
    return reply.redirect(housePaths.unlock(carrying(then)), 303)
  })

  async function showUnlock(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const session = sessionOf(request)
    const then = thenOf(request)
    const data = {
      title: 'Locked',
      width: 'writing' as const,
      form,
      who: session.account,
      method: session.method,
      directory: directoryOf(app, { purpose: 'prove', ...carrying(then) }),
      asksCode: await deskOf(app).codeIsAsked(session.account.id),
      action: housePaths.unlock(carrying(then)),
      then,
    }
    const view = 'access/views/unlock.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(housePaths.unlock.pattern, open, async (request, reply) => {
    if (!sessionOf(request).locked) return reply.redirect(thenOf(request), 303)
    return showUnlock(request, reply, blankForm())
  })

  app.post(housePaths.unlock.pattern, open, async (request, reply) => {
    const form = parseForm(unlockSchema, request.body)
    if (!form.ok) return showUnlock(request, reply, withoutSecrets(form))
    const attempt = await tryProof(deskOf(app), sessionOf(request).secret, form.value, request.ip)
    if (attempt.kind === 'right') return reply.redirect(thenOf(request), 303)
    const words =
      attempt.kind === 'wait'
        ? `There were too many tries. ${waitWords(attempt.seconds)}, then try again`
        : 'That does not unlock it. Look at your password and code, and try again with the next code'
    return showUnlock(request, reply, withErrors(withoutSecrets(form), { password: words }))
  })
}
