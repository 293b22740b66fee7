import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { type Opened, openRecords } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { clientWords } from '../access/sessions.ts'
import { siblingsOf } from '../casework/documents/siblings.ts'
import { standingWords } from '../casework/sign-off/model.ts'
import { standingsOf } from '../casework/sign-off/store.ts'
import { identityGroups } from '../people/identity-store.ts'
import { calledOf } from '../people/model.ts'
import { showPart } from '../people/record.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, day, type FormView, ids, parseForm, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { areaOf } from './areas.ts'
import { formsInForce, inForce, type Version } from './definitions-store.ts'
import { beginForm, formsOf, tieToFact } from './forms-store.ts'
import { paths } from './paths.ts'
import { groupsFor, signedAs } from './signing.ts'

const purpose = 'beginning a form'
const beginning = z.object({
  on: day('Say on which day it began', { notAfterToday: 'It begins today, or began before' }),
  others: ids(),
})

/** The forms on a record, and beginning one: once for as many children of a family as it is about. */
export const formBeginningPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.ofPerson.pattern, open, (request, reply) => {
    const { person } = paths.ofPerson.read(request)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading which forms there are',
        groups: formGroups,
        heading: 'Forms',
        template: 'forms/views/forms-of-person.njk',
      },
      async ({ trx, opened, knownAt }) => {
        const rows = await formsOf(trx, opened.people)
        const standings = new Map<string, string>()
        for (const key of new Set(rows.map(({ definition }) => definition))) {
          const mine = rows.filter(({ definition }) => definition === key).map(({ form }) => form)
          for (const [form, standing] of await standingsOf(trx, signedAs(key), mine))
            if (standing.last) standings.set(form, standingWords(standing))
        }
        const begun = knownAt || opened.level !== 'full' ? [] : await formsInForce(trx)
        return {
          rows: rows.map((row) => ({
            ...row,
            href: paths.read({ person, work: row.work }),
            state:
              standings.get(row.form) ??
              (row.endedOn ? 'Ended unfinished' : row.completedOn ? 'Filed' : 'Being written'),
          })),
          begin: begun
            .filter(({ form }) => opened.groups.includes(form.group))
            .map(({ form }) => ({ ...form, href: paths.begin({ person, form: form.key }) })),
        }
      },
    )
  })

  app.get(paths.begin.pattern, open, async (request, reply) => {
    const version = await wanted(request)
    return show(request, reply, version, blankForm({ on: 'today' }))
  })

  app.post(paths.begin.pattern, open, async (request, reply) => {
    const { person } = paths.begin.read(request)
    const version = await wanted(request)
    const form = parseForm(beginning, request.body)
    if (!form.ok) return show(request, reply, version, form)
    const others = [...new Set(form.value.others.filter((one) => one !== person))]
    const answers = await openRecords(db, sessionOf(request), [person, ...others], {
      purpose,
      groups: [...new Set([...identityGroups, ...groupsFor(version.form)])].sort(),
      action: 'write',
      client: clientWords(request),
      correlation: request.id,
    })
    const closed = answers.filter((one) => !one.allowed || !one.writable.includes(version.form.group))
    if (closed.length > 0)
      return show(
        request,
        reply,
        version,
        withErrors(form, {
          others: `You may not write this form on the record of ${closed.length === 1 ? 'one' : closed.length} of these children`,
        }),
      )
    const session = sessionOf(request)
    const account = session.account.id
    const { on } = form.value
    const area = areaOf(version.form.key)
    const began = await writing(db, session, async (trx) => {
      const people = answers.flatMap((one) => (one as Opened).people)
      const why = await area?.mayBegin?.(trx, people, on)
      if (why) return { why }
      const next = await once(trx, form, account, async () => {
        const of = answers.map((one) => ({ person: (one as Opened).person }))
        const { work, forms } = await beginForm(trx, version, { of, on, account })
        const facts = await area?.begun?.(trx, { of: forms, on, account })
        for (const [child, fact] of facts ?? [])
          await tieToFact(trx, forms.find((one) => one.person === child)!.form, fact)
        return paths.write({ person, work, section: version.form.sections[0]!.key })
      })
      return { next }
    })
    return began.next
      ? reply.redirect(began.next, 303)
      : show(request, reply, version, withErrors(form, { on: began.why! }))
  })

  async function wanted(request: FastifyRequest): Promise<Version> {
    const { form } = paths.begin.read(request)
    const version = await reading(db, sessionOf(request), (trx) => inForce(trx, form))
    if (!version) throw notFound()
    return version
  }

  async function show(request: FastifyRequest, reply: FastifyReply, version: Version, form: FormView) {
    const { person } = paths.begin.read(request)
    const opened = await openOrRefuse(request, reply, person, {
      purpose,
      groups: [...identityGroups, 'F07', ...groupsFor(version.form)],
      action: 'write',
    })
    if (!opened) return reply
    const siblings = await siblingsOf(request, opened)
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person,
        purpose,
        groups: [version.form.group],
        heading: version.form.title,
        template: 'forms/views/begin-form.njk',
      },
      async ({ trx, identity }) => ({
        form,
        purpose: version.form.purpose,
        siblings,
        name: calledOf(identity),
        open: (await formsOf(trx, opened.people))
          .filter(
            ({ definition, completedOn, endedOn }) =>
              definition === version.form.key && !completedOn && !endedOn,
          )
          .map((row) => ({ ...row, href: paths.read({ person, work: row.work }) })),
        mayWrite: opened.writable.includes(version.form.group),
        today: dayOf(now()),
        action: paths.begin({ person, form: version.form.key }),
      }),
    )
  }
}

/** Field groups that forms are kept in. */
export const formGroups = ['F12', 'F13', 'F14', 'F15', 'F18', 'F20', 'F22', 'F25']
