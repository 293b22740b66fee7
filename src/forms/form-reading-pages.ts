import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { reading, writing } from '../access/reading.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { rightRecord } from '../casework/right-record.ts'
import { notSubmitted, standingWords } from '../casework/sign-off/model.ts'
import { standingOf, stepsOf } from '../casework/sign-off/store.ts'
import { type OpenPart, showPart } from '../people/record.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, choice, type FormView, optionalText, parseForm, text, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { answerWords, askedOf } from './answering.ts'
import { areaOf } from './areas.ts'
import { formGroups } from './beginning-pages.ts'
import { groupOf } from './definition.ts'
import { type Version, versionsById } from './definitions-store.ts'
import { answersOf, endForms, type FormRow, formsOf, moveForm } from './forms-store.ts'
import { notWritableNow, openWork, uuid } from './open-work.ts'
import { paths } from './paths.ts'
import { groupsFor, signedAs } from './signing.ts'

const ending = z.object({ because: text('Say why it will not be finished', 2000) })
const moving = z
  .object({
    to: choice(['somebody', 'nobody'], 'Say where it belongs'),
    person: optionalText(20),
    reason: text('Say what went wrong', 2000),
  })
  .refine(({ to, person }) => to === 'nobody' || person !== undefined, {
    path: ['person'],
    message: 'Write the number of the person it belongs to',
  })

/** A form as a document, in the version it was answered in; ending one that will not be finished; the wrong record. */
export const formReadingPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.read.pattern, open, (request, reply) => {
    const asked = paths.read.read(request)
    return showPart(
      request,
      reply,
      {
        person: asked.person,
        purpose: 'reading a form',
        groups: [...formGroups, 'F23', 'F28'],
        heading: 'Form',
        template: 'forms/views/form.njk',
      },
      async (part) => {
        const { row, version } = await foundIn(part, asked.work)
        const { form } = version
        const answers = (await answersOf(part.trx, [row])).get(row.form)!
        const signed = form.signed !== undefined
        const standing = signed ? await standingOf(part.trx, signedAs(form.key), row.form) : notSubmitted
        const state = standing.last?.act
        const area = areaOf(form.key)
        const lines = askedOf(form, answers)
          .filter(({ question }) => question.kind !== 'statement')
          .map(({ section, question }) => {
            const answer = answers.get(question.key)
            return {
              section,
              label: question.label,
              text: answer && answerWords(question, answer.value),
              shared: answer?.shared,
              source: answer?.source,
              own: question.origin === 'child',
              closed: !part.open(groupOf(form, question)),
            }
          })
        const sections = form.sections
          .map((section) => ({
            title: section.title,
            lines: lines.filter((line) => line.section === section),
          }))
          .filter((section) => section.lines.length > 0)
        return {
          heading: form.title,
          row,
          number: version.number,
          sections,
          isSigned: signed,
          state,
          standing: signed
            ? standingWords(standing)
            : row.endedOn
              ? 'Ended unfinished'
              : row.completedOn
                ? 'Filed'
                : 'Being written',
          steps: await stepsOf(part.trx, row.form),
          signHref: state && caseworkPaths.signing({ person: asked.person, work: asked.work }),
          mayWrite: !part.knownAt && part.opened.level === 'full' && !row.endedOn && state !== 'submitted',
          writeHref: paths.write({ ...asked, section: form.sections[0]!.key }),
          reviewHref: paths.review(asked),
          endHref: paths.end(asked),
          wrongHref: paths.wrongRecord(asked),
          listHref: paths.ofPerson(asked),
          areaHref: area?.href?.(row),
          again: row.completedOn !== null,
        }
      },
    )
  })

  app.get(paths.end.pattern, open, (request, reply) => showAbout(request, reply, 'end-form.njk', blankForm()))

  app.post(paths.end.pattern, open, async (request, reply) => {
    const asked = paths.end.read(request)
    const form = parseForm(ending, request.body)
    if (!form.ok) return showAbout(request, reply, 'end-form.njk', form)
    const work = await openWork(request, reply, asked)
    if (!work) return reply
    const why = notWritableNow(work)
    if (why || work.forms.some(({ completedOn }) => completedOn))
      return showAbout(
        request,
        reply,
        'end-form.njk',
        withErrors(form, { because: why ?? 'It is filed: it is finished already' }),
      )
    const session = sessionOf(request)
    await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const ids = work.forms.map((one) => one.form)
        await endForms(trx, ids, dayOf(now()), form.value.because)
        return paths.read(asked)
      }),
    )
    return reply.redirect(paths.read(asked), 303)
  })

  app.get(paths.wrongRecord.pattern, open, (request, reply) =>
    showAbout(request, reply, 'move-form.njk', blankForm({ to: 'somebody' })),
  )

  app.post(paths.wrongRecord.pattern, open, async (request, reply) => {
    const asked = paths.wrongRecord.read(request)
    const form = parseForm(moving, request.body)
    if (!form.ok) return showAbout(request, reply, 'move-form.njk', form)
    const { to, person: number, reason } = form.value
    const session = sessionOf(request)
    const first = await openOrRefuse(request, reply, asked.person, {
      purpose: 'taking a form off the wrong record',
      action: 'write',
    })
    if (!first) return reply
    const found = await reading(db, session, async (trx) => {
      const row = (await formsOf(trx, first.people)).find(({ work }) => work === asked.work)
      return row && { row, version: (await versionsById(trx, [row.version])).get(row.version)! }
    })
    if (!found) throw notFound()
    const right =
      to === 'somebody'
        ? await rightRecord(request, number!, {
            what: 'a form',
            groups: groupsFor(found.version.form),
            needed: found.version.form.group,
          })
        : null
    if (right === undefined || (right !== null && first.people.includes(right)))
      return showAbout(
        request,
        reply,
        'move-form.njk',
        withErrors(form, {
          person: right
            ? 'That is the record it stands in now'
            : 'Nobody whose record you may write on has this number. It stands in the bar above their record',
        }),
      )
    if (!(await writing(db, session, (trx) => moveForm(trx, found.row.form, right, reason)))) throw notFound()
    return reply.redirect(
      right ? paths.read({ person: right, work: found.row.form }) : paths.ofPerson({ person: asked.person }),
      303,
    )
  })

  async function foundIn(
    { trx, opened }: OpenPart,
    work: string,
  ): Promise<{ row: FormRow; version: Version }> {
    const row = uuid.test(work)
      ? (await formsOf(trx, opened.people)).find((one) => one.work === work)
      : undefined
    if (!row) throw notFound()
    return { row, version: (await versionsById(trx, [row.version])).get(row.version)! }
  }

  function showAbout(request: FastifyRequest, reply: FastifyReply, template: string, form: FormView) {
    const asked = paths.read.read(request)
    if (form.summary.length > 0) reply.code(422)
    const heading = template === 'end-form.njk' ? 'End a form' : 'On the wrong record'
    return showPart(
      request,
      reply,
      {
        person: asked.person,
        purpose: 'putting a form right',
        groups: formGroups,
        heading,
        template: `forms/views/${template}`,
      },
      async (part) => {
        const { row } = await foundIn(part, asked.work)
        const steps = await stepsOf(part.trx, row.form)
        return {
          form,
          row,
          signed: steps.some(({ act }) => act === 'authorised'),
          action: template === 'end-form.njk' ? paths.end(asked) : paths.wrongRecord(asked),
          readHref: paths.read(asked),
        }
      },
    )
  }
}
