import type { FastifyReply, FastifyRequest } from 'fastify'
import { openOrRefuse } from '../access/open-or-refuse.ts'
import { type Opened, openRecords } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { clientWords } from '../access/sessions.ts'
import { notSubmitted, type Standing } from '../casework/sign-off/model.ts'
import { standingsOf } from '../casework/sign-off/store.ts'
import { identityGroups, identityOf } from '../people/identity-store.ts'
import { calledOf } from '../people/model.ts'
import { notFound, refuse } from '../web/errors.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import type { Answers, FormChild } from './answering.ts'
import { type Version, versionsById } from './definitions-store.ts'
import { answersOf, type FormRow, formsOfWork, peopleOfForms } from './forms-store.ts'
import { paths } from './paths.ts'
import { groupsFor, signedAs } from './signing.ts'

export const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** A form and its child. */
export interface OpenForm extends FormRow, FormChild {
  readonly people: readonly string[]
  readonly standing: Standing
}

/** One piece of work, open to whoever writes it. */
export interface OpenWork {
  readonly work: string
  readonly version: Version
  readonly forms: readonly OpenForm[]
  readonly answers: ReadonlyMap<string, Answers>
  /** Field groups that may be written for every child of it. */
  readonly writable: readonly string[]
  readonly answersOfChild: (child: string) => Answers
}

/**
 * Opens a form for all the children it is written for; undefined when the answer has been sent.
 * @throws Refusal 403 when the record of one of them is not open for writing: what is said once is said of all
 */
export async function openWork(
  request: FastifyRequest,
  reply: FastifyReply,
  { person, work }: { person: string; work: string },
): Promise<OpenWork | undefined> {
  const { db, now = () => new Date() } = request.server.deps
  if (!uuid.test(work)) throw notFound()
  const session = sessionOf(request)
  const purpose = 'writing a form'
  const first = await openOrRefuse(request, reply, person, { purpose, action: 'write' })
  if (!first) return undefined
  const { people, version } = await reading(db, session, async (trx) => {
    const [row] = await formsOfWork(trx, work)
    return {
      people: await peopleOfForms(trx, work),
      version: row && (await versionsById(trx, [row.version])).get(row.version),
    }
  })
  if (!version || !people.some((one) => first.people.includes(one))) throw notFound()
  const ids = [person, ...people.filter((one) => !first.people.includes(one))]
  const answers = await openRecords(db, session, ids, {
    purpose,
    groups: [...new Set([...identityGroups, 'F06', 'F07', ...groupsFor(version.form)])].sort(),
    action: 'write',
    client: clientWords(request),
    correlation: request.id,
  })
  const opened = answers.filter(
    (one): one is Opened => one.allowed && one.writable.includes(version.form.group),
  )
  if (opened.length < ids.length)
    throw refuse(
      403,
      ids.length === 1
        ? 'You may read this record and not write this form in it.'
        : 'This form is written once for several children, and not all of their records are yours to write in. Whoever works with all of them writes it.',
      { next: { text: 'Read it', href: paths.read({ person, work }) } },
    )
  return reading(db, session, async (trx) => {
    const rows = await formsOfWork(trx, work)
    const standings = version.form.signed
      ? await standingsOf(
          trx,
          signedAs(version.form.key),
          rows.map(({ form }) => form),
        )
      : new Map<string, Standing>()
    const forms: OpenForm[] = []
    for (const row of rows) {
      const of = opened.find((one) => one.people.includes(row.person))
      if (!of) continue
      const identity = await identityOf(trx, of.people, {
        person: of.person,
        on: dayOf(now()),
        restriction: of.restriction,
      })
      forms.push({
        ...row,
        name: identity ? calledOf(identity) : '',
        people: of.people,
        standing: standings.get(row.form) ?? notSubmitted,
      })
    }
    const answers = await answersOf(trx, forms)
    const byPerson = new Map(forms.map(({ person: child, form }) => [child, answers.get(form)!]))
    return {
      work,
      version,
      forms,
      answers,
      writable: groupsFor(version.form).filter((group) =>
        opened.every((one) => one.writable.includes(group)),
      ),
      answersOfChild: (child) => byPerson.get(child) ?? new Map(),
    }
  })
}

/** Why a form cannot be written in now; undefined when it can. */
export function notWritableNow({ forms }: OpenWork): string | undefined {
  if (forms.some(({ endedOn }) => endedOn)) return 'It was ended, and is read only'
  if (forms.some(({ standing }) => standing.last?.act === 'submitted'))
    return 'It waits for its signature. Take it back to change it, or ask for it to be returned'
  return undefined
}
