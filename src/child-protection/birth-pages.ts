import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { writing } from '../access/reading.ts'
import { addManagementNote } from '../casework/management-note.ts'
import { identityGroups } from '../people/identity-store.ts'
import { showPart } from '../people/record.ts'
import { refuse } from '../web/errors.ts'
import {
  blankForm,
  choice,
  type FormView,
  optionalDay,
  optionalText,
  parseForm,
  withErrors,
} from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'

import { expectedChild, noteBirth, noteLoss } from './births-store.ts'
import { paths } from './paths.ts'
import { groups } from './together.ts'

const purpose = 'a child who was expected'
const needed = ['F01', 'F02', 'F03'] as const

const telling = z
  .object({
    what: choice(['born', 'not-born'], 'Say what happened'),
    on: optionalDay({ notAfterToday: 'That day has not come' }),
    sex: z.preprocess((value) => value || undefined, z.enum(['F', 'M', 'U']).optional()),
    forename: optionalText(100),
    surname: optionalText(100),
    line: optionalText(300),
    postcode: optionalText(10),
    words: optionalText(2000),
  })
  .superRefine(({ what, on, sex, forename, surname }, context) => {
    const complain = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message })
    if (!on) complain('on', 'Say on which day')
    if (what === 'born') {
      if (!sex) complain('sex', 'Say whether it is a girl or a boy, or that it is not known')
      if (!forename) complain('forename', 'Write the first name; ‘Baby’ if there is none yet')
      if (!surname) complain('surname', 'Write the surname')
    }
  })

/** What became of a child who was expected: born, and the record is the child's from then on; or not born alive. */
export const birthPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.birth.pattern, open, (request, reply) =>
    show(request, reply, blankForm({ on: 'today', what: 'born' })),
  )

  app.post(paths.birth.pattern, open, async (request, reply) => {
    const { person } = paths.birth.read(request)
    const form = parseForm(telling, request.body)
    const opened = await openOrRefuse(request, reply, person, {
      purpose,
      groups: [...new Set([...identityGroups, ...groups, ...needed])].sort(),
      action: 'write',
    })
    if (!opened) return reply
    if (!needed.every((group) => opened.writable.includes(group)))
      throw refuse(403, 'You may read this record and not write who the child is', {
        title: 'Not yours to write',
      })
    if (!form.ok) return show(request, reply, form)
    const { value } = form
    const session = sessionOf(request)
    const wrong = await writing(db, session, async (trx) => {
      const child = await expectedChild(trx, opened.people)
      if (!child || child.born || child.died || !child.expected)
        throw refuse(409, 'The record does not say that a child is expected')
      const { rows } = await sql<{
        kept: boolean
      }>`select access.address_is_kept(${[...opened.people]}::uuid[]) as kept`.execute(trx)
      if (value.what === 'born' && rows[0]!.kept && (value.line || value.postcode))
        return {
          line: 'This family’s address is kept from others: leave it empty here, and write it under Details, where it is kept',
        }
      await once(trx, form, session.account.id, async () => {
        if (value.what === 'born')
          await noteBirth(trx, child.id, {
            ...{ on: value.on!, sex: value.sex!, forename: value.forename!, surname: value.surname! },
            address:
              value.line || value.postcode
                ? { line: value.line, postcode: value.postcode?.toUpperCase(), from: value.on! }
                : undefined,
          })
        else {
          const words = value.words ?? 'The child was not born alive'
          await noteLoss(trx, child.id, opened.people, { on: value.on!, words })
          if (opened.writable.includes('F25'))
            await addManagementNote(trx, session.account.id, child.id, { now: now(), words })
        }
        return paths.protection({ person })
      })
      return undefined
    })
    return wrong
      ? show(request, reply, withErrors(form, wrong))
      : reply.redirect(paths.protection({ person }), 303)
  })

  function show(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person } = paths.birth.read(request)
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      { person, purpose, groups: ['F01'], heading: 'Birth', template: 'child-protection/views/birth.njk' },
      async ({ trx, opened, on }) => ({
        ...{ form, today: on, action: paths.birth({ person }), back: paths.protection({ person }) },
        child: { ...(await expectedChild(trx, opened.people)) },
      }),
    )
  }
}
