import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { writing } from '../access/reading.ts'
import { originWords } from '../people/origins.ts'
import { paths as peoplePaths } from '../people/paths.ts'
import { showPart } from '../people/record.ts'
import { relativesNamed } from '../people/relatives.ts'
import { notFound } from '../web/errors.ts'
import { blankForm, type FormView, parseForm, withErrors } from '../web/form.ts'
import { listState } from '../web/list.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { noteKinds, notePlaces, notSeenReasons, visitKinds } from './note-kinds.ts'
import { additionSchema, moveSchema, significantSchema } from './notes.ts'
import { addToNote, markSignificant, moveNote, noteOf, notesOf } from './notes-store.ts'
import { paragraphsOf } from './paragraphs.ts'
import { paths } from './paths.ts'
import { rightRecord } from './right-record.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const words = {
  kinds: noteKinds,
  visit: visitKinds,
  reasons: notSeenReasons,
  places: notePlaces,
  origins: originWords,
}
const groups = ['F25', 'F26', 'F27', 'F28']
const perPage = 50

/** Reading a child's notes, adding to one, marking it, and taking it off the wrong record. */
export const noteReadingPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const

  app.get(paths.notes.pattern, open, async (request, reply) => {
    const { person } = paths.notes.read(request)
    const query = request.query as Record<string, string | string[] | undefined>
    const kinds = [query.kind].flat().filter((one): one is string => one !== undefined && one in noteKinds)
    const looked = [query.words].flat()[0]?.trim().slice(0, 200) || undefined
    const list = listState(request, { sorts: ['day'], perPage })
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading case notes',
        groups,
        heading: 'Notes and visits',
        template: 'casework/views/notes.njk',
      },
      async ({ trx, opened }) => ({
        ...(await notesOf(trx, opened.people, {
          kinds,
          words: looked,
          offset: list.offset,
          most: list.perPage,
        })),
        list,
        words,
        chosenKinds: kinds,
        looked,
        action: paths.notes({ person }),
        newHref: paths.noteNew({ person }, { kind: 'file-note' }),
        visitHref: paths.noteNew({ person }),
        mayWrite: opened.level === 'full',
      }),
    )
  })

  app.get(paths.note.pattern, open, (request, reply) => show(request, reply, 'note.njk', blankForm()))

  app.post(paths.noteAdd.pattern, open, async (request, reply) => {
    const { person, note } = ask(request, paths.noteAdd.read(request))
    const session = sessionOf(request)
    const form = parseForm(additionSchema, request.body)
    if (!form.ok) return show(request, reply, 'note.njk', form)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'adding to a note',
      groups: ['F25'],
      action: 'write',
    })
    if (!opened) return reply
    const paragraphs = paragraphsOf(form.value.what).map((one) => ({ ...one, part: 'happened' as const }))
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        if (!(await addToNote(trx, session.account.id, note, paragraphs, dayOf(now())))) throw notFound()
        return paths.note({ person, note })
      }),
    )
    return reply.redirect(next, 303)
  })

  app.post(paths.noteMark.pattern, open, async (request, reply) => {
    const { person, note } = ask(request, paths.noteMark.read(request))
    const form = parseForm(significantSchema, request.body)
    if (!form.ok) return show(request, reply, 'note.njk', form)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'marking a note for the chronology',
      groups: ['F25'],
      action: 'write',
    })
    if (!opened) return reply
    const { significant, words: said } = form.value
    const done = await writing(db, sessionOf(request), (trx) => markSignificant(trx, note, significant, said))
    if (!done) throw notFound()
    return reply.redirect(paths.note({ person, note }), 303)
  })

  app.get(paths.noteMove.pattern, open, (request, reply) =>
    show(request, reply, 'note-move.njk', blankForm({ to: 'somebody' })),
  )

  app.post(paths.noteMove.pattern, open, async (request, reply) => {
    const { person, note } = ask(request, paths.noteMove.read(request))
    const session = sessionOf(request)
    const form = parseForm(moveSchema, request.body)
    if (!form.ok) return show(request, reply, 'note-move.njk', form)
    const opened = await openOrRefuse(request, reply, person, {
      purpose: 'taking a note off the wrong record',
      groups: ['F25', 'F26', 'F28'],
      action: 'write',
    })
    if (!opened) return reply
    const { to, person: number, reason } = form.value
    const right =
      to === 'somebody'
        ? await rightRecord(request, number!, {
            what: 'a note',
            groups: ['F25', 'F26', 'F28'],
            needed: 'F25',
          })
        : null
    if (right === undefined)
      return show(
        request,
        reply,
        'note-move.njk',
        withErrors(form, {
          person:
            'Nobody whose record you may write on has this number. It stands in the bar above their record',
        }),
      )
    if (right !== null && opened.people.includes(right))
      return show(
        request,
        reply,
        'note-move.njk',
        withErrors(form, { person: 'That is the record it stands in now' }),
      )
    if (!(await writing(db, session, (trx) => moveNote(trx, note, right, reason)))) throw notFound()
    return reply.redirect(right ? paths.note({ person: right, note }) : paths.notes({ person }), 303)
  })

  function ask<T extends { note: string }>(_request: FastifyRequest, found: T): T {
    if (!uuid.test(found.note)) throw notFound()
    return found
  }

  function show(request: FastifyRequest, reply: FastifyReply, template: string, form: FormView) {
    const { person, note } = ask(request, paths.note.read(request))
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'reading a case note',
        groups,
        heading: template === 'note.njk' ? 'Note' : 'On the wrong record',
        template: `casework/views/${template}`,
      },
      async ({ trx, opened, knownAt }) => {
        const kept = await noteOf(trx, opened.people, note)
        if (!kept) throw notFound()
        const ids = kept.present.flatMap(({ person: one }) => one ?? [])
        const named = await relativesNamed(trx, ids)
        return {
          note: {
            ...kept,
            present: kept.present.map(({ person: one, words: said }) =>
              one ? (named.get(one)?.name ?? 'Somebody whose record is not open to you') : said,
            ),
          },
          form,
          words,
          mayWrite: opened.level === 'full' && !knownAt,
          notesHref: paths.notes({ person }),
          addHref: paths.noteAdd({ person, note }),
          markHref: paths.noteMark({ person, note }),
          moveHref: paths.noteMove({ person, note }),
          historyHref: peoplePaths.fact({ person, table: 'case_note', fact: note }),
        }
      },
    )
  }
}
