import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import { openNewPerson, openRecords } from '../access/opening.ts'
import { writing } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { clientWords } from '../access/sessions.ts'
import { addPerson } from '../people/new-person-store.ts'
import { type FormView, withErrors } from '../web/form.ts'
import { once } from '../web/once.ts'
import { sessionOf } from '../web/session.ts'
import type { actorOf } from './actor.ts'
import {
  type ContactTyped,
  informantOf,
  isAbout,
  nameParts,
  newRows,
  type PersonAs,
  paragraphsTold,
  type Spoken,
} from './contact.ts'
import { takeContact } from './contact-store.ts'
import { paths } from './paths.ts'
import { type PeopleTold, screeningGroups } from './people-told.ts'
import { step } from './states.ts'
import { originOfSource } from './words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/**
 * What keeps a contact from being filed beyond its fields, by field name: somebody not matched, somebody alike who was
 * not shown, a record that does not open.
 */
export function wrongWithPeople(
  typed: ContactTyped,
  looked: PeopleTold,
  by: ReturnType<typeof actorOf>,
): Record<string, string> {
  const wrong: Record<string, string> = {}
  const undecided = looked.rows.filter(({ row }) => row && !row.is)
  const matched = step('new', { is: 'matched', by, searched: true, undecided: undecided.length })
  if ('why' in matched)
    for (const { place } of undecided.length ? undecided : [{ place: 0 }])
      wrong[`person[${place}][is]`] = matched.why
  for (const { place, row, alike, restricted, refused } of looked.rows) {
    if (!row) continue
    if (refused)
      wrong[`person[${place}][is]`] =
        refused.why === 'restricted'
          ? 'A restricted record may exist. Ring the duty manager, who takes this contact'
          : 'This record is closed to you: somebody else takes this contact'
    if (row.is !== 'new') continue
    if (alike.some(({ id }) => !typed.shown.includes(id)))
      wrong[`person[${place}][is]`] = 'Look at whoever may be meant before somebody new is added'
    if (restricted && !typed.toldRestricted)
      wrong[`person[${place}][is]`] =
        'A restricted record may exist that fits. Ring the duty manager before you add anybody'
  }
  return wrong
}

/**
 * Files a contact: adds who is new, writes a contact for each child and a line for each adult, in one transaction, once
 * however often the form is sent.
 * @param more what else belongs in the transaction: the draft's end, the notification's
 * @returns where to go next, or the form with what kept it from being filed
 */
export async function fileContact(
  request: FastifyRequest,
  form: FormView,
  typed: ContactTyped,
  looked: PeopleTold,
  more: (
    trx: Trx,
    filed: { together: string; children: string[]; contacts: string[] },
  ) => Promise<string | undefined>,
): Promise<{ next: string } | { form: FormView & { ok: false } }> {
  const { db } = request.server.deps
  const session = sessionOf(request)
  const client = { client: clientWords(request), correlation: request.id }
  const spoken = typed.person.filter((one): one is Spoken => one !== undefined)
  const known: { id: string; as: PersonAs }[] = [
    ...spoken.flatMap(({ is, as }) => (is && is !== 'new' ? [{ id: is, as }] : [])),
    ...Object.entries(typed.also).flatMap(([id, as]) => (as ? [{ id, as }] : [])),
  ]
  const answers = await openRecords(
    db,
    session,
    known.map(({ id }) => id),
    {
      purpose: 'taking a contact',
      groups: screeningGroups,
      ...client,
    },
  )
  if (answers.some((answer) => !answer.allowed))
    return {
      form: withErrors(form, {
        '': 'A record that was chosen is closed to you: somebody else takes this contact',
      }),
    }
  const added: { id: string; one: Spoken }[] = []
  for (const one of spoken.filter(({ is }) => is === 'new')) {
    const opened = await openNewPerson(db, session, {
      purpose: 'adding a person a contact speaks of',
      ...client,
    })
    if (!opened.allowed) throw refusalOf(opened)
    added.push({ id: opened.person, one })
  }
  const people = [...known, ...added.map(({ id, one }) => ({ id, as: one.as }))]
  const names = new Map<string, string>([
    ...looked.rows.flatMap(({ chosen }) => (chosen ? [[chosen.id, chosen.name] as const] : [])),
    ...looked.also.map(({ known: one }) => [one.id, one.name] as const),
    ...added.map(({ id, one }) => [id, nameParts(one.name)?.full ?? 'Name not known'] as const),
  ])
  const children = people.filter(({ as }) => isAbout(as)).map(({ id }) => id)
  const others = looked.rows.flatMap(({ alike }) => alike.map(({ id }) => id))
  const next = await writing(db, session, (trx) =>
    once(trx, form, session.account.id, async () => {
      for (const { id, one } of added) {
        const { row, facts } = newRows(one, typed, typed.day)
        await addPerson(trx, { person: id, row, facts, others })
      }
      await tieTogether(trx, typed, added, people, names)
      const together = randomUUID()
      const contacts = await takeContact(trx, {
        told: {
          together,
          contact_date: typed.day,
          contact_at: typed.at,
          contact_source_code: typed.source,
          contact_source_desc: typed.agency ?? null,
          contact_method: typed.method,
          incident_reference: typed.incident ?? null,
          safe_now: typed.safe,
          safe_words: typed.safeWords ?? null,
          consent: typed.consent,
          consent_words: typed.consentWords ?? null,
          family_knows: typed.knows,
          interpreter: typed.interpreter ?? null,
        },
        children,
        named: people
          .filter(({ as }) => !isAbout(as))
          .map(({ id, as }) => ({
            person: id,
            named_as: as,
            in_the_home: as !== 'relative' && as !== 'other',
          })),
        paragraphs: paragraphsTold(
          typed.what,
          typed.source,
          children.map((id) => ({ id, name: names.get(id) ?? '' })),
        ),
        informant: informantOf(typed),
      })
      return (await more(trx, { together, children, contacts })) ?? paths.contact({ together })
    }),
  )
  return { next }
}

/** Parents of children who are new, and children of parents who are: told once, and found from either end. */
async function tieTogether(
  trx: Trx,
  typed: ContactTyped,
  added: readonly { id: string; one: Spoken }[],
  people: readonly { id: string; as: PersonAs }[],
  names: ReadonlyMap<string, string>,
): Promise<void> {
  const isNew = new Set(added.map(({ id }) => id))
  const origin = { origin: originOfSource(typed.source), ask_first: typed.source === '6' }
  const parents = people.filter(({ as }) => as === 'mother' || as === 'father')
  for (const child of people.filter(({ as }) => isAbout(as)))
    for (const parent of parents) {
      if (!isNew.has(child.id) && !isNew.has(parent.id)) continue
      const [self, other, kind] = isNew.has(child.id)
        ? [child.id, parent.id, parent.as]
        : [parent.id, child.id, 'child']
      await trx
        .insertInto('record.relationship')
        .values({
          person_id: self,
          other_person_id: other,
          kind,
          other_name: names.get(other) ?? null,
          ...origin,
        })
        .execute()
    }
}
