import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { type ListKind, noteShown, openList } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { type NoteKind, noteKinds } from '../casework/note-kinds.ts'
import { paths as caseworkPaths } from '../casework/paths.ts'
import { eventKind } from '../events/kinds.ts'
import { rowOf } from '../people/matching.ts'
import { paths as peoplePaths } from '../people/paths.ts'
import { showPart } from '../people/record.ts'
import { refuse } from '../web/errors.ts'
import { blankForm, day, type FormView, ids, parseForm, text } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, dayOf, daysBetween, formatShortDate } from '../web/words.ts'
import {
  cardsListed,
  endTonight,
  type NightLine,
  nightLines,
  takeOver,
  tellTheNight,
  tonightListed,
  tonightOf,
} from './night-store.ts'
import { paths } from './paths.ts'

/** Hours for which a line that was taken over still stands on the page. */
const shownAfter = 36
const longest = 28

const taking = z.object({ line: ids('Choose what you take over') })
const telling = z
  .object({
    words: text('Write what the night has to know', 2000),
    from: day('Say from which evening', { notBeforeToday: 'Choose today or a later day' }),
    to: day('Say until which evening'),
  })
  .refine(({ from, to }) => to >= from && daysBetween(from, to) <= longest, {
    message: 'Choose an evening within four weeks',
    path: ['to'],
  })

/** From night to day, and from day to night. */
export const nightPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const signedIn = { config: { access: 'signed-in' } } as const

  async function openNightList(request: FastifyRequest, kind: Extract<ListKind, 'night' | 'tonight'>) {
    const opened = await openList(db, sessionOf(request), kind, {
      purpose: kind === 'night' ? 'hand-over in the morning' : 'hand-over to the night',
      correlation: request.id,
    })
    if (!opened.allowed) throw refusalOf(opened)
  }

  app.get(paths.night.pattern, signedIn, async (request, reply) => {
    const session = sessionOf(request)
    await openNightList(request, 'night')
    const found = await reading(db, session, async (trx) => ({
      lines: await nightLines(trx, session.account.id, new Date(now().getTime() - shownAfter * 3_600_000)),
      cards: await cardsListed(trx),
    }))
    const shown = new Set(found.lines.map(({ person }) => person))
    await noteShown(db, session, 'night', [...shown], request.id)
    const children = found.cards
      .filter(({ id }) => shown.has(id))
      .map((one) => {
        const lines = found.lines
          .filter(({ person }) => person === one.id)
          .map((line) => lineView(line, one.id))
        return {
          ...rowOf(one),
          lines,
          open: lines.filter(({ takenBy, mine }) => !takenBy && !mine).map(({ line }) => line),
          left: lines.some(({ takenBy }) => !takenBy),
        }
      })
    return reply.page('team/views/night.njk', {
      title: 'What the night did',
      waiting: children.filter(({ left }) => left),
      taken: children.filter(({ left }) => !left),
      nights: session.roles.includes('A-EDT'),
    })
  })

  app.post(paths.nightSeen.pattern, signedIn, async (request, reply) => {
    const form = parseForm(taking, request.body)
    if (!form.ok) throw refuse(400, 'Choose what you take over: open the page again.')
    await openNightList(request, 'night')
    const taken = await writing(db, sessionOf(request), (trx) => takeOver(trx, form.value.line))
    return reply.redirect(paths.night({ taken }), 303)
  })

  app.get(paths.tonight.pattern, signedIn, async (request, reply) => {
    const session = sessionOf(request)
    await openNightList(request, 'tonight')
    const found = await reading(db, session, async (trx) => ({
      flags: await tonightListed(trx),
      cards: await cardsListed(trx),
    }))
    const flagged = new Set(found.flags.map(({ person }) => person))
    const cards = found.cards.filter(({ id, badges }) => flagged.has(id) || badges.includes('missing'))
    await noteShown(
      db,
      session,
      'tonight',
      cards.map(({ id }) => id),
      request.id,
    )
    return reply.page('team/views/tonight.njk', {
      title: 'To know tonight',
      nights: session.roles.includes('A-EDT'),
      children: cards.map((one) => ({
        ...rowOf(one),
        flags: found.flags.filter(({ person }) => person === one.id),
      })),
    })
  })

  app.get(paths.tonightOfChild.pattern, signedIn, (request, reply) =>
    showChild(
      request,
      reply,
      blankForm({ from: formatShortDate(dayOf(now())), to: formatShortDate(addDays(dayOf(now()), 1)) }),
    ),
  )

  app.post(paths.tonightOfChild.pattern, signedIn, async (request, reply) => {
    const { person } = paths.tonightOfChild.read(request)
    const form = parseForm(telling, request.body)
    if (!form.ok) return showChild(request, reply, form)
    if (!(await openToWrite(request, reply, person))) return reply
    await writing(db, sessionOf(request), (trx) => tellTheNight(trx, [person], form.value))
    return reply.redirect(paths.tonightOfChild({ person }), 303)
  })

  app.post(paths.tonightEnd.pattern, signedIn, async (request, reply) => {
    const { person, flag } = paths.tonightEnd.read(request)
    if (!(await openToWrite(request, reply, person))) return reply
    await writing(db, sessionOf(request), (trx) => endTonight(trx, flag, dayOf(now())))
    return reply.redirect(paths.tonightOfChild({ person }), 303)
  })

  const openToWrite = (request: FastifyRequest, reply: FastifyReply, person: string) =>
    openOrRefuse(request, reply, person, {
      purpose: 'telling the night what to know',
      groups: ['F24'],
      action: 'write',
    })

  function showChild(request: FastifyRequest, reply: FastifyReply, form: FormView) {
    const { person } = paths.tonightOfChild.read(request)
    const today = dayOf(now())
    if (form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'telling the night what to know',
        groups: ['F24'],
        heading: 'For tonight',
        template: 'team/views/tonight-child.njk',
      },
      async ({ trx, opened }) => {
        const all = await tonightOf(trx, opened.people)
        const current = (one: (typeof all)[number]) => !one.ended && one.to >= addDays(today, -1)
        return {
          form,
          current: all.filter(current),
          over: all.filter((one) => !current(one)),
          restricted: opened.restriction >= 2,
          action: paths.tonightOfChild({ person }),
          endOf: (flag: string) => paths.tonightEnd({ person, flag }),
        }
      },
    )
  }
}

/** A line in words, and where it is read in full. */
function lineView(line: NightLine, person: string) {
  const { source, kind, fact, words } = line
  const record = peoplePaths.record({ person })
  if (source === 'event' ? !fact : words === null && source === 'note')
    return { ...line, says: 'Something was recorded: open the record to read it', href: record }
  if (source === 'opening')
    return { ...line, says: `Opened the whole record${words ? `: ${words}` : ''}`, href: undefined }
  if (source === 'note') {
    const called = Object.hasOwn(noteKinds, kind) ? noteKinds[kind as NoteKind] : 'Note'
    return {
      ...line,
      says: `${called}: ${words ?? ''}`,
      href: caseworkPaths.note({ person, note: line.line }),
    }
  }
  return { ...line, says: eventKind(kind).words(fact ?? {}), href: record }
}
