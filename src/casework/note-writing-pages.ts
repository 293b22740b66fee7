import { createHash } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { type Opened, openRecords } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { clientWords } from '../access/sessions.ts'
import { drafting } from '../forms/drafting.ts'
import { draftOf, draftsAbout, endDraft } from '../forms/drafts-store.ts'
import { identityGroups, identityOf } from '../people/identity-store.ts'
import { calledOf } from '../people/model.ts'
import { showPart } from '../people/record.ts'
import { openFamily, relativesNamed, type Tie, tiesOf } from '../people/relatives.ts'
import { type FormView, parseForm, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import { type Day, dayOf, formatTime } from '../web/words.ts'
import { noteKinds, notePlaces, notSeenReasons, visitKinds } from './note-kinds.ts'
import {
  emptyVersions,
  type NoteChild,
  type NoteRow,
  type NoteTyped,
  noteSchema,
  seenWords,
  type Version,
  versionsOf,
  visitKindFor,
  wrongWith,
} from './notes.ts'
import { fileNotes } from './notes-store.ts'
import { marks } from './paragraphs.ts'
import { paths } from './paths.ts'

const view = 'casework/views/note-form.njk'
const groups = [...identityGroups, 'F03', 'F07', 'F25', 'F26', 'F28']
const purpose = 'writing up a visit or note'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Somebody of the family as the form offers them. */
interface Offered extends NoteChild {
  readonly age: Day | null
}

/** Writing up a visit or note, once for as many children of a family as it is about. */
export const noteWritingPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps
  const open = { config: { access: 'signed-in' } } as const
  const today = () => dayOf(now())

  app.get(paths.noteNew.pattern, open, async (request, reply) => {
    const { person } = paths.noteNew.read(request)
    const session = sessionOf(request)
    const { draft: wanted, kind = 'visit', fresh } = request.query as Record<string, string | undefined>
    const opened = await openOrRefuse(request, reply, person, { purpose, groups, action: 'write' })
    if (!opened) return reply
    const { draft, begun } = await reading(db, session, async (trx) => ({
      draft: wanted && uuid.test(wanted) ? await draftOf(trx, wanted) : undefined,
      begun: fresh || wanted ? [] : await draftsAbout(trx, 'visit-or-note', [person]),
    }))
    const about = draft?.about ?? [person]
    const moment = now()
    return show(request, reply, person, opened, {
      begun,
      ...drafting({
        form: 'visit-or-note',
        page: paths.noteNew({ person }),
        about: about.includes(person) ? about : [person],
        group: 'F25',
        draft,
        start: {
          kind: kind in noteKinds ? kind : 'visit',
          when: 'today',
          at: formatTime(moment),
          where: kind === 'visit' ? 'home' : '',
        },
      }),
    })
  })

  app.post(paths.noteNew.pattern, open, async (request, reply) => {
    const { person } = paths.noteNew.read(request)
    const session = sessionOf(request)
    const form = parseForm(noteSchema, request.body)
    const others = form.ok ? form.value.others.filter((one) => one !== person) : []
    const opened = await openOrRefuse(request, reply, person, { purpose, groups, action: 'write' })
    if (!opened) return reply
    const again = (errors: Record<string, string> = {}) =>
      show(request, reply, person, opened, {
        begun: [],
        ...drafting({
          form: 'visit-or-note',
          page: paths.noteNew({ person }),
          about: [person, ...others],
          group: 'F25',
          again: Object.keys(errors).length > 0 ? withErrors(form, errors) : form,
        }),
      })
    if (!opened.writable.includes('F25'))
      return again({ what: 'You may read this record but not write notes on it' })
    if (!form.ok) return again()
    const answers = await openRecords(db, session, others, {
      purpose,
      groups,
      action: 'write',
      client: clientWords(request),
      correlation: request.id,
    })
    const closed = others.filter((_, n) => {
      const answer = answers[n]!
      return !answer.allowed || !answer.writable.includes('F25')
    })
    if (closed.length > 0)
      return again({
        others: `You may not write on the record of ${closed.length === 1 ? 'one' : closed.length} of these children. Take them off; their worker writes there`,
      })
    const written = [opened, ...(answers as Opened[])]
    const children = await childrenOf(request, [person, ...others], written)
    const { value } = form
    const wrong = wrongWith(value, children)
    for (const [n, child] of children.entries())
      if (value.child[child.id]?.said && !written[n]!.writable.includes('F28'))
        wrong[`child[${child.id}][said]`] =
          `You may not write ${child.name}’s own words in a place of their own: put them into the note`
    if (Object.keys(wrong).length > 0) return again(wrong)
    const versions = versionsOf(value, children)
    const empty = emptyVersions(versions)
    const shown = digest(versions)
    const { step } = request.body as { step?: string }
    if (children.length > 1 && (step !== 'file' || value.shown !== shown || empty.length > 0)) {
      return reply.page('casework/views/note-versions.njk', {
        title: 'Each child’s note',
        width: 'data',
        person,
        form,
        draft: form.draft,
        versions,
        shown,
        empty: empty.map(({ name }) => name),
        hidden: fieldsOf(form).filter(([name]) => !['step', 'shown', 'leave'].includes(name)),
        action: paths.noteNew({ person }),
        notSaid: step === 'file' && value.shown !== shown,
      })
    }
    const present = await presentOf(request, opened, value)
    const rows = versions.map((version, n) => rowOf(version, value, children[n]!.visitKind, present))
    const next = await writing(db, session, (trx) =>
      once(trx, form, session.account.id, async () => {
        const [note] = await fileNotes(trx, session.account.id, rows)
        if (form.draft) await endDraft(trx, form.draft, 'filed')
        return paths.note({ person, note: note! })
      }),
    )
    return reply.redirect(next, 303)
  })

  /** The form with the family it may be about. */
  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    person: string,
    opened: Opened,
    data: ReturnType<typeof drafting> & { begun: readonly unknown[] },
  ): Promise<unknown> {
    const { children, adults } = await familyFor(request, person, opened)
    if (data.form.summary.length > 0) reply.code(422)
    return showPart(
      request,
      reply,
      { person, purpose, groups: ['F25'], heading: 'Visit or note', template: view },
      async ({ identity }) => ({
        ...data,
        children: [{ id: person, name: calledOf(identity), age: identity.standing.born }, ...children],
        adults,
        saidOpen: opened.writable.includes('F28'),
        kinds: options(noteKinds),
        places: options(notePlaces),
        seen: options(seenWords),
        reasons: options(notSeenReasons),
        visitKinds: options(visitKinds),
        marks,
        action: paths.noteNew({ person }),
        freshHref: paths.noteNew({ person }, { fresh: 'yes' }),
      }),
    )
  }

  /** Sisters and brothers whom the note may be about too, and everybody else of the family who may have been there. */
  async function familyFor(request: FastifyRequest, person: string, opened: Opened) {
    const session = sessionOf(request)
    const sights = await openFamily(db, session, opened.people, { correlation: request.id })
    const { ties, named } = await reading(db, session, async (trx) => ({
      ties: await tiesOf(trx, opened.people),
      named: await relativesNamed(trx, [...sights.keys()]),
    }))
    const offered = new Map<string, Offered & { tie: Tie }>()
    for (const tie of ties) {
      if (tie.other === person || offered.has(tie.other) || opened.people.includes(tie.other)) continue
      if (tie.to && tie.to < today()) continue
      const relative = sights.get(tie.other) === 'open' ? named.get(tie.other) : undefined
      if (!relative?.name || relative.died) continue
      offered.set(tie.other, { id: relative.id, name: relative.name, age: relative.born, tie })
    }
    const all = [...offered.values()]
    const isChild = ({ age }: Offered) => age !== null && age > yearsBack(today(), 18)
    return { children: all.filter(isChild), adults: all.filter((one) => !isChild(one)) }
  }

  async function childrenOf(request: FastifyRequest, ids: readonly string[], opened: readonly Opened[]) {
    return reading(db, sessionOf(request), async (trx) => {
      const children: (NoteChild & { visitKind: ReturnType<typeof visitKindFor> })[] = []
      for (const [n, child] of ids.entries()) {
        const { people, restriction } = opened[n]!
        const identity = await identityOf(trx, people, { person: child, on: today(), restriction })
        if (identity)
          children.push({ id: child, name: calledOf(identity), visitKind: visitKindFor(identity.standing) })
      }
      return children
    })
  }

  /** Of those ticked as present, the people of the family who were offered: nobody is named whom the page did not show. */
  async function presentOf(
    request: FastifyRequest,
    opened: Opened,
    { present }: NoteTyped,
  ): Promise<string[]> {
    if (present.length === 0) return []
    const ties = await reading(db, sessionOf(request), (trx) => tiesOf(trx, opened.people))
    const family = new Set(ties.map(({ other }) => other))
    return present.filter((one) => family.has(one))
  }
}

const yearsBack = (day: Day, years: number): Day => `${Number(day.slice(0, 4)) - years}${day.slice(4)}`

const options = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, text]) => ({ value, text }))

/** What was shown, so that exactly this is filed. */
const digest = (versions: readonly Version[]): string =>
  createHash('sha256')
    .update(
      JSON.stringify(
        versions.map(({ child, paragraphs }) => [
          child.id,
          paragraphs.map(({ part, words, origin, about, childMayRead, parentMayRead }) => [
            part,
            words,
            origin,
            about,
            childMayRead,
            parentMayRead,
          ]),
        ]),
      ),
    )
    .digest('base64url')
    .slice(0, 40)

/** Everything that was typed, to be sent again with the next step. */
const fieldsOf = (form: FormView): [string, string][] =>
  Object.entries(form.values).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  )

function rowOf(
  { child, paragraphs }: Version,
  typed: NoteTyped,
  visitKind: ReturnType<typeof visitKindFor>,
  present: readonly string[],
): NoteRow {
  const own = typed.child[child.id]
  return {
    child: child.id,
    kind: typed.kind,
    day: typed.when,
    at: typed.at,
    place: typed.where,
    placeWords: typed.whereWords,
    significant: typed.significant,
    significantWords: typed.significant ? typed.significantWords : undefined,
    paragraphs,
    visit:
      typed.kind === 'visit' && own?.seen
        ? {
            kind: typed.visitAs ?? visitKind,
            seen: own.seen !== 'not-seen',
            alone: own.seen === 'not-seen' ? undefined : own.seen === 'alone',
            bedroom: own.bedroom,
            because: own.seen === 'not-seen' ? own.because : undefined,
          }
        : undefined,
    present: present.filter((one) => one !== child.id),
    presentWords: typed.presentWords,
  }
}
