import { createHash, randomBytes } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { withoutSecrets } from '../access/page-parts.ts'
import { proofFields, proofView, prove } from '../access/proof.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, choice, type FormView, parseForm, text, wholeNumber, withErrors } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { analysts } from './menu.ts'
import { paths } from './paths.ts'

/** Whose rows a run for reports shows: the codes of access.run.reports. */
const reportPeople = {
  everyone: 'Everybody the service has worked with',
  'in-need': 'Children who have or had a referral',
  'on-a-plan': 'Children who have or had a child protection plan',
  'looked-after': 'Children who are or were looked after',
  'care-leavers': 'Care leavers',
} as const

const mostHours = 10
const asking = z.object({
  purpose: text('Say what the figures are for', 200).refine(
    (words) => words.length >= 10,
    'Say a little more: whoever looks at the trail will ask',
  ),
  people: choice(Object.keys(reportPeople) as [keyof typeof reportPeople], 'Choose whose rows you need'),
  hours: wholeNumber(`Write for how many hours, ${mostHours} at most`, 1, mostHours),
  ...proofFields,
})

interface Opened {
  readonly id: string
  readonly purpose: string
  readonly people: keyof typeof reportPeople
  readonly openedAt: Date
  readonly expiresAt: Date
  readonly endedAt: Date | null
}

/**
 * Opening the reporting views for an analyst's own tools: what for and about whom goes on the trail, and the analyst is
 * given a secret that their tool says before it reads.
 */
export const reportPages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps
  const work = { config: { access: analysts } } as const

  async function show(request: FastifyRequest, reply: FastifyReply, form: FormView, secret?: string) {
    const session = sessionOf(request)
    const { rows } = await sql<Opened>`
      select id, purpose, people, opened_at as "openedAt", expires_at as "expiresAt", ended_at as "endedAt"
        from access.my_reports(${session.secret})`.execute(db)
    const now = Date.now()
    const data = {
      title: 'Reporting',
      form,
      secret,
      proof: await proofView(app, request),
      people: Object.entries(reportPeople).map(([value, words]) => ({ value, text: words })),
      mostHours,
      opened: rows.map((one) => ({
        ...one,
        words: reportPeople[one.people],
        open: !one.endedAt && one.expiresAt.getTime() > now,
        endHref: paths.reportEnd({ run: one.id }),
      })),
    }
    const view = 'returns/views/reporting.njk'
    return form.summary.length > 0 ? reply.again(view, data) : reply.page(view, data)
  }

  app.get(paths.reporting.pattern, work, (request, reply) => show(request, reply, blankForm({ hours: '4' })))

  app.post(paths.reporting.pattern, work, async (request, reply) => {
    const form = parseForm(asking, request.body)
    const clean = withoutSecrets(form)
    if (!form.ok) return show(request, reply, clean)
    const unproven = await prove(app, request, form.value)
    if (unproven) return show(request, reply, withErrors(clean, { password: unproven }))
    const { purpose, people, hours } = form.value
    const secret = randomBytes(32).toString('base64url')
    const hash = createHash('sha256').update(secret).digest()
    await sql`select access.open_reports(${sessionOf(request).secret}, ${hash}, ${purpose}, ${people}, ${hours})`.execute(
      db,
    )
    // Shown once, and kept nowhere: no address leads to it.
    return show(request, reply, blankForm({ hours: '4' }), secret)
  })

  app.post(paths.reportEnd.pattern, work, async (request, reply) => {
    const { run } = paths.reportEnd.read(request)
    if (!/^[0-9a-f-]{36}$/.test(run)) throw notFound()
    await sql`select access.end_reports(${sessionOf(request).secret}, ${run})`.execute(db)
    return reply.redirect(paths.reporting(), 303)
  })
}
