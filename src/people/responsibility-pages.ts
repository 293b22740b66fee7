import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { openRecord } from '../access/opening.ts'
import { choice, optionalDay, optionalText, text } from '../web/form.ts'
import { sessionOf } from '../web/session.ts'
import { formatShortDate } from '../web/words.ts'
import { codesOf, dayValues, type FactContext, factForm, optionsOf } from './fact-form.ts'
import { originFields, originRow, originValues, textValues } from './origins.ts'
import { paths } from './paths.ts'
import { relationTo } from './relation-words.ts'
import { calledIn, openFamily, openOf, relativesNamed, type Sight, tiesOf } from './relatives.ts'
import { basisWords, unknownParents, whyUnknown } from './words.ts'

const responsibility = z
  .object({
    holder: optionalText(36),
    holder_name: optionalText(120),
    basis: choice(codesOf(basisWords), 'Choose by what they hold it'),
    evidence: optionalText(500),
    evidence_seen_on: optionalDay({ notAfterToday: 'Nobody can have seen it yet' }),
    evidence_seen_by: optionalText(120),
    limited_by: optionalText(500),
    from_day: optionalDay(),
    to_day: optionalDay(),
    ...originFields,
  })
  .refine(({ holder, holder_name }) => holder || holder_name, {
    message: 'Choose who holds it, or write their name',
    path: ['holder'],
  })
  .refine(({ evidence, evidence_seen_on }) => evidence || !evidence_seen_on, {
    message: 'Say what was seen',
    path: ['evidence'],
  })
  .refine(({ from_day, to_day }) => !from_day || !to_day || from_day <= to_day, {
    message: 'It ends before it begins',
    path: ['to_day'],
  })

const unknown = z
  .object({
    parent: choice(codesOf(unknownParents), 'Choose which parent'),
    why: choice(codesOf(whyUnknown), 'Choose why they are not known'),
    known: optionalText(1000),
    tried: text('Say what was tried to find them, or why nothing was', 2000),
    from_day: optionalDay({ notAfterToday: 'This is about what was known, not about a day to come' }),
    to_day: optionalDay({ notAfterToday: 'Say this when they are known' }),
    ...originFields,
  })
  .refine(({ from_day, to_day }) => !from_day || !to_day || from_day <= to_day, {
    message: 'It ends before it begins',
    path: ['to_day'],
  })

export interface Known {
  readonly sights: ReadonlyMap<string, Sight>
}

/** Who may decide for a child, by what evidence; and a parent whom nobody can name. */
export const responsibilityPages: FastifyPluginAsync = async (app) => {
  factForm<typeof responsibility, Known>(app, {
    table: 'parental_responsibility',
    group: 'F07',
    add: paths.responsibilityAdd,
    change: paths.responsibility,
    done: (person) => paths.family({ person }),
    template: 'people/views/responsibility.njk',
    headings: { add: 'Add parental responsibility', change: 'Correct or end parental responsibility' },
    schema: responsibility,
    prepare: familyOf,
    blank: () => ({}),
    valuesOf: (row) => ({
      holder: String(row.holder_person_id ?? ''),
      ...textValues(row, 'holder_name', 'basis', 'evidence', 'evidence_seen_by', 'limited_by'),
      ...dayValues(row, 'evidence_seen_on', 'from_day', 'to_day'),
      ...originValues(row),
    }),
    data: async (context) => ({ bases: optionsOf(basisWords), holders: await holdersOf(context) }),
    async wrong({ holder }, context): Promise<Record<string, string>> {
      if (!holder || holder === context.row?.holder_person_id) return {}
      const offered = await holdersOf(context)
      return offered.some(({ value }) => value === holder) ? {} : { holder: 'Choose somebody of the list' }
    },
    async rowOf(value, context) {
      const chosen = (await holdersOf(context)).find((one) => one.value === value.holder)
      return {
        holder_person_id: value.holder ?? null,
        holder_name: chosen?.name ?? value.holder_name ?? null,
        basis: value.basis,
        evidence: value.evidence ?? null,
        evidence_seen_on: value.evidence_seen_on ?? null,
        evidence_seen_by: value.evidence_seen_by ?? null,
        limited_by: value.limited_by ?? null,
        from_day: value.from_day ?? null,
        to_day: value.to_day ?? null,
        ...originRow(value),
      }
    },
  })

  factForm(app, {
    table: 'unknown_parent',
    group: 'F07',
    add: paths.unknownParentAdd,
    change: paths.unknownParent,
    done: (person) => paths.family({ person }),
    template: 'people/views/unknown-parent.njk',
    headings: { add: 'A parent who is not known', change: 'A parent who is, or was, not known' },
    schema: unknown,
    blank: ({ today }) => ({ from_day: formatShortDate(today) }),
    valuesOf: (row) => ({
      ...textValues(row, 'parent', 'why', 'known', 'tried'),
      ...dayValues(row, 'from_day', 'to_day'),
      ...originValues(row),
    }),
    data: async () => ({ parents: optionsOf(unknownParents), reasons: optionsOf(whyUnknown) }),
    rowOf: (value, { today }) => ({
      parent: value.parent,
      why: value.why,
      known: value.known ?? null,
      tried: value.tried,
      from_day: value.from_day ?? today,
      to_day: value.to_day ?? null,
      ...originRow(value),
    }),
  })
}

/** Opens the family by name, so that holders can be chosen from it. */
export async function familyOf(request: FastifyRequest, person: string): Promise<Known> {
  const { db } = request.server.deps
  const session = sessionOf(request)
  const opened = await openRecord(db, session, person, {
    purpose: 'recording in the record',
    groups: ['F07'],
    correlation: request.id,
  })
  if (!opened.allowed) return { sights: new Map() }
  return { sights: await openFamily(db, session, opened.people, { correlation: request.id }) }
}

/** Whoever of the family may hold it, as the form offers them. */
export async function holdersOf({
  trx,
  people,
  prepared,
}: Pick<FactContext<Known>, 'trx' | 'people' | 'prepared'>) {
  const { sights } = prepared
  const [ties, named] = [await tiesOf(trx, people), await relativesNamed(trx, openOf(sights))]
  const seen = new Set<string>()
  return ties.flatMap((tie) => {
    const called = calledIn(sights, named, tie)
    if (!called || seen.has(tie.other)) return []
    seen.add(tie.other)
    const is = relationTo(tie.kind, {
      fromOtherEnd: tie.fromOtherEnd,
      sex: named.get(tie.other)?.sex,
      ended: tie.to !== null,
    })
    return [{ value: tie.other, name: called.text, text: `${called.text} (${is.toLowerCase()})` }]
  })
}
