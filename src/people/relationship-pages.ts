import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { noteShown, openList, openNewPerson } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { notFound } from '../web/errors.ts'
import { choice, optionalChoice, optionalDay, optionalText } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf, parseDate } from '../web/words.ts'
import { dayValues, factForm, isId } from './fact-form.ts'
import { lookFor } from './matching.ts'
import { calledOf, questionOf } from './model.ts'
import { originFields, originRow, originValues, textValues } from './origins.ts'
import { paths } from './paths.ts'
import { showPart } from './record.ts'
import { relationKinds, relationOptions, relationTo } from './relation-words.ts'
import { tiesOf } from './relatives.ts'

const mostShown = 12

const schema = z
  .object({
    other: optionalText(36),
    name: optionalText(120),
    sex: optionalChoice(['F', 'M', 'U']),
    born: optionalDay({ notAfterToday: 'A day to come belongs into the box for an unborn child' }),
    expected: optionalDay(),
    kind: choice(relationKinds, 'Choose what they are to each other'),
    words: optionalText(100),
    home: optionalChoice(['yes', 'no']),
    home_from: optionalDay({ notAfterToday: 'They cannot live together since a day to come' }),
    home_to: optionalDay({ notAfterToday: 'Say this when it has happened' }),
    from_day: optionalDay(),
    to_day: optionalDay(),
    ...originFields,
  })
  .refine(({ from_day, to_day }) => !from_day || !to_day || from_day <= to_day, {
    message: 'It ends before it begins',
    path: ['to_day'],
  })
  .refine(({ home_from, home_to }) => !home_from || !home_to || home_from <= home_to, {
    message: 'It ends before it begins',
    path: ['home_to'],
  })
  .refine(({ home, home_to }) => home !== 'yes' || !home_to, {
    message: 'Either they live in the same home or they no longer do',
    path: ['home_to'],
  })

/** The other of a relationship that is being recorded. */
interface Other {
  readonly id: string | undefined
  readonly name: string | undefined
  /** The id that a new person must be given. */
  readonly fresh?: string
}

/** Relationships: found among the people of the record or added with them, corrected, ended. */
export const relationshipPages: FastifyPluginAsync = async (app) => {
  const open = { config: { access: 'signed-in' } } as const
  const { now = () => new Date() } = app.deps

  app.get(paths.relativeFind.pattern, open, async (request, reply) => {
    const { person } = paths.relativeFind.read(request)
    const typed = typedIn(request, 'q')
    const question = questionOf(typed, (text) => parseDate(text, dayOf(now())))
    const found = typed
      ? await lookFor(request, [question], { most: mostShown, purpose: 'recording a relationship' })
      : undefined
    return showPart(
      request,
      reply,
      {
        person,
        purpose: 'recording a relationship',
        groups: ['F07'],
        heading: 'Who is it?',
        template: 'people/views/relative-find.njk',
      },
      async ({ opened }) => ({
        typed,
        restricted: found?.restricted,
        found: (found?.people ?? [])
          .filter(({ id }) => !opened.people.includes(id))
          .map((one) => ({ ...one, href: paths.relationshipAdd({ person }, { other: one.id }) })),
        newHref: paths.relationshipAdd({ person }, { name: typed || undefined }),
      }),
    )
  })

  factForm<typeof schema, Other>(app, {
    table: 'relationship',
    group: 'F07',
    add: paths.relationshipAdd,
    change: paths.relationship,
    done: (person) => paths.family({ person }),
    template: 'people/views/relationship.njk',
    headings: { add: 'Add somebody to the family or network', change: 'Correct or end a relationship' },
    schema,
    prepare: otherOf,
    blank: ({ prepared }) => ({ other: prepared.id ?? '', name: prepared.name ?? '' }),
    valuesOf: (row) => ({
      ...textValues(row, 'kind', 'words'),
      home: row.same_household === null ? '' : row.same_household ? 'yes' : 'no',
      ...dayValues(row, 'home_from', 'home_to', 'from_day', 'to_day'),
      ...originValues(row),
    }),
    data: async ({ row, prepared }) => ({
      kinds: relationOptions,
      other: prepared.id,
      otherName: row ? row.other_name : prepared.name,
    }),
    async wrong({ kind, name, other }, { trx, people, row, prepared }): Promise<Record<string, string>> {
      if (row) return {}
      if (!other && !name) return { name: 'Say what they are called, or find them in the record' }
      const ties = prepared.id ? await tiesOf(trx, people) : []
      const again = ties.find(
        (tie) =>
          tie.other === prepared.id &&
          !tie.to &&
          relationTo(tie.kind, { fromOtherEnd: tie.fromOtherEnd, ended: false }) ===
            relationTo(kind, { fromOtherEnd: false, ended: false }),
      )
      return again ? { kind: 'The record says so already' } : {}
    },
    async rowOf(value, { trx, row, prepared }) {
      const told = originRow(value)
      const columns = {
        kind: value.kind,
        words: value.words ?? null,
        same_household: value.home === undefined ? null : value.home === 'yes',
        home_from: value.home_from ?? null,
        home_to: value.home_to ?? null,
        from_day: value.from_day ?? null,
        to_day: value.to_day ?? null,
        ...told,
      }
      if (row) return columns
      if (prepared.id) return { ...columns, other_person_id: prepared.id, other_name: prepared.name ?? null }
      const { fresh } = prepared
      await trx
        .insertInto('person')
        .values({
          id: fresh,
          sex: value.sex ?? null,
          date_of_birth: value.born ?? null,
          expected_date_of_birth: value.born ? null : (value.expected ?? null),
        })
        .execute()
      await trx
        .insertInto('person_name')
        .values({ person_id: fresh, kind: 'legal', ...nameParts(value.name!) })
        .execute()
      return { ...columns, other_person_id: fresh, other_name: value.name }
    },
  })
}

/** The last word as the surname, as far as one can tell from a name in one box. */
function nameParts(name: string) {
  const words = name.split(/\s+/)
  return {
    full_name: name,
    forename: words.length > 1 ? words.slice(0, -1).join(' ') : name,
    surname: words.length > 1 ? words.at(-1) : null,
  }
}

const typedIn = (request: FastifyRequest, name: string): string => {
  const { [name]: typed } = request.query as Record<string, string | string[] | undefined>
  return ([typed].flat()[0] ?? '').trim().slice(0, 200)
}

/** Who the new relationship is with: somebody of the record by name, or somebody who is added with it. */
async function otherOf(request: FastifyRequest, _person: string, filing: boolean): Promise<Other> {
  const { db } = request.server.deps
  const session = sessionOf(request)
  const { fact } = request.params as { fact?: string }
  if (fact) return { id: undefined, name: undefined }
  const sent = request.body as { other?: string } | undefined
  const id = sent?.other || typedIn(request, 'other')
  if (id) {
    if (!isId(id)) throw notFound()
    return { id, name: await nameOf(request, id) }
  }
  if (!filing) return { id: undefined, name: typedIn(request, 'name') || undefined }
  const opened = await openNewPerson(db, session, {
    purpose: 'adding somebody to a family',
    correlation: request.id,
  })
  if (!opened.allowed) throw refusalOf(opened)
  return { id: undefined, name: undefined, fresh: opened.person }
}

/** @throws Refusal 404 for whoever is not there or may not be found */
async function nameOf(request: FastifyRequest, id: string): Promise<string> {
  const { db } = request.server.deps
  const session = sessionOf(request)
  const opened = await openList(db, session, 'search', {
    purpose: 'recording a relationship',
    correlation: request.id,
  })
  if (!opened.allowed) throw refusalOf(opened)
  const name = await reading(db, session, async (trx) => {
    const { rows } = await sql<{ name: string | null; localId: string | null; reference: string }>`
      select name, local_id as "localId", reference from index_card where person_id = ${id}`.execute(trx)
    return rows[0] && calledOf(rows[0])
  })
  if (name === undefined) throw notFound()
  await noteShown(db, session, 'search', [id], request.id)
  return name
}
