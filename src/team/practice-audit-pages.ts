import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { namesOf } from '../access/names.ts'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { openList } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { showPart } from '../people/record.ts'
import { notFound, refuse } from '../web/errors.ts'
import { blankForm, type FormView, parseForm, text, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, dayOf, daysBetween, formatShortDate } from '../web/words.ts'
import { paths } from './paths.ts'
import {
  drawing,
  finding,
  grades,
  longestAudit,
  questionsOf,
  sampled,
  usualQuestions,
} from './practice-audit.ts'
import {
  auditors,
  caseAuditOf,
  drawAudit,
  endAudit,
  fileFinding,
  finishAction,
  practiceAudits,
  sampleOf,
} from './practice-audit-store.ts'

const readers = { roles: ['A-SM', 'A-QA', 'A-CG', 'A-DPO'] } as const
const orderers = { roles: ['A-SM'] } as const
const finishing = z.object({ words: text('Say what was done', 4000) })
const ending = z.object({ outcome: text('Say what the audit came to', 10_000) })
const optionsOf = (words: Record<string, string>) =>
  Object.entries(words).map(([value, text]) => ({ value, text }))
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The register of practice audits: drawn by chance that can be drawn again, read by an auditor for a time, ended with what it came to. */
export const practiceAuditPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const reads = { config: { access: readers } } as const
  const signedIn = { config: { access: 'signed-in' } } as const

  app.get(paths.practiceAudits.pattern, reads, async (request, reply) => {
    const session = sessionOf(request)
    const today = dayOf(now())
    const all = await reading(db, session, (trx) => practiceAudits(trx))
    return reply.page('team/views/practice-audits.njk', {
      title: 'Practice audits',
      all: all.map((one) => ({
        ...one,
        open: !one.ended && one.until >= today,
        href: paths.practiceAudit({ audit: one.id }),
      })),
      orders: session.roles.includes('A-SM'),
    })
  })

  app.get(paths.practiceAuditNew.pattern, { config: { access: orderers } }, (request, reply) =>
    showNew(
      request,
      reply,
      blankForm({
        wanted: '6',
        until: formatShortDate(addDays(dayOf(now()), 21)),
        questions: usualQuestions.join('\n'),
      }),
    ),
  )

  app.post(paths.practiceAuditNew.pattern, { config: { access: orderers } }, async (request, reply) => {
    const session = sessionOf(request)
    const form = parseForm(drawing, request.body)
    if (!form.ok) return showNew(request, reply, form)
    const { title, badge, wanted, auditor, until, questions, seed } = form.value
    if (daysBetween(dayOf(now()), until) > longestAudit)
      return showNew(
        request,
        reply,
        withErrors(form, { until: `An audit opens records for ${longestAudit} days at most` }),
      )
    const opened = await openList(db, session, 'caseload', {
      purpose: 'drawing a sample for an audit',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
    let nobody = false
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const audit = await drawAudit(trx, {
          title,
          questions: questionsOf(questions),
          badges: badge,
          seed: seed ?? randomBytes(8).toString('hex'),
          wanted,
          auditor,
          until,
        })
        nobody = audit === undefined
        return audit ? paths.practiceAudit({ audit }) : paths.practiceAuditNew()
      }),
    )
    if (nobody)
      return showNew(
        request,
        reply,
        withErrors(blankForm(form.values), {
          badge: 'No child of your service fits, or the auditor is not one',
        }),
      )
    return reply.redirect(next, 303)
  })

  app.get(paths.practiceAudit.pattern, reads, (request, reply) => showAudit(request, reply, blankForm()))

  app.post(paths.practiceAuditEnd.pattern, { config: { access: orderers } }, async (request, reply) => {
    const { audit } = paths.practiceAuditEnd.read(request)
    const form = parseForm(ending, request.body)
    if (!form.ok) return showAudit(request, reply, form)
    if (!(await writing(db, sessionOf(request), (trx) => endAudit(trx, audit, form.value.outcome))))
      throw refuse(409, 'It has ended already, or somebody else ordered it.')
    return reply.redirect(paths.practiceAudit({ audit }), 303)
  })

  app.get(paths.practiceAuditChild.pattern, signedIn, (request, reply) =>
    showChild(request, reply, blankForm()),
  )

  app.post(
    paths.practiceAuditChild.pattern,
    { config: { access: { roles: ['A-QA'] } } },
    async (request, reply) => {
      const session = sessionOf(request)
      const { audit, person } = paths.practiceAuditChild.read(request)
      const form = parseForm(finding, request.body)
      if (!form.ok) return showChild(request, reply, form)
      if (!(await openOrRefuse(request, reply, person, { purpose: 'practice audit', groups: ['F25'] })))
        return reply
      const { answer, grade, findings, action, by } = form.value
      const next = await writing(db, session, (trx) =>
        once(trx, form, session.account.id, async () => {
          const done = await fileFinding(trx, audit, person, {
            answers: answer.map((one) => one ?? null),
            grade,
            findings,
            action,
            by,
          })
          if (!done) throw refuse(409, 'This record was audited already, or the audit is over.')
          return paths.practiceAudit({ audit })
        }),
      )
      return reply.redirect(next, 303)
    },
  )

  app.post(
    paths.practiceAuditAction.pattern,
    { config: { access: { roles: ['A-SW', 'A-TM', 'A-SM', 'A-PA'] } } },
    async (request, reply) => {
      const { audit, person } = paths.practiceAuditAction.read(request)
      const form = parseForm(finishing, request.body)
      if (!form.ok) return showChild(request, reply, form)
      const asked = { purpose: 'doing what an audit asked for', groups: ['F25'], action: 'write' } as const
      if (!(await openOrRefuse(request, reply, person, asked))) return reply
      if (
        !(await writing(db, sessionOf(request), (trx) => finishAction(trx, audit, person, form.value.words)))
      )
        throw notFound()
      return reply.redirect(paths.practiceAuditChild({ audit, person }), 303)
    },
  )

  async function showNew(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const data = {
      title: 'A new audit',
      width: 'writing' as const,
      form,
      auditors: await reading(db, sessionOf(request), auditors),
      sampled: optionsOf(sampled),
    }
    const template = 'team/views/practice-audit-new.njk'
    return form.summary.length > 0 ? reply.again(template, data) : reply.page(template, data)
  }

  async function showAudit(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const session = sessionOf(request)
    const { audit } = paths.practiceAudit.read(request)
    if (!uuid.test(audit)) throw notFound()
    const found = await reading(db, session, async (trx) => ({
      one: (await practiceAudits(trx, audit))[0],
      sample: await sampleOf(trx, audit),
    }))
    if (!found.one) throw notFound()
    const names = await namesOf(
      db,
      session,
      found.sample.map(({ person }) => person),
      'practice audit',
    )
    const data = {
      title: found.one.title,
      form,
      one: found.one,
      grades,
      sampled,
      sample: found.sample.map((one) => ({
        ...one,
        called: names.get(one.person) ?? 'A record that is closed to you',
        href: names.has(one.person) ? paths.practiceAuditChild({ audit, person: one.person }) : undefined,
      })),
      mayEnd: !found.one.ended && found.one.orderedById === session.account.id,
    }
    const template = 'team/views/practice-audit.njk'
    return form.summary.length > 0 ? reply.again(template, data) : reply.page(template, data)
  }

  function showChild(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const session = sessionOf(request)
    const { audit, person } = paths.practiceAuditChild.read(request)
    if (!uuid.test(audit)) throw notFound()
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'practice audit',
        groups: ['F25'],
        heading: 'Practice audit',
        template: 'team/views/case-audit.njk',
      },
      async ({ trx, opened }) => {
        const found = await caseAuditOf(trx, audit, opened.people)
        if (!found) throw notFound()
        // Workers read what was found of their child; the register itself is not theirs.
        const [register] = await practiceAudits(trx, audit)
        return {
          form,
          found,
          register,
          grades,
          gradeOptions: optionsOf(grades),
          questions: register?.questions ?? [],
          audits: !found.auditedOn && register?.auditorId === session.account.id && !register.ended,
          mayFinish:
            found.hasAction &&
            !found.actionDoneOn &&
            opened.rule !== 'sampled-audit' &&
            session.roles.some((role) => ['A-SW', 'A-TM', 'A-SM', 'A-PA'].includes(role)),
          action: paths.practiceAuditChild({ audit, person }),
          finish: paths.practiceAuditAction({ audit, person }),
        }
      },
    )
  }
}
