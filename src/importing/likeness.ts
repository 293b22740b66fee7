import { sql } from 'kysely'
import { nearDays } from '../people/near-days.ts'
import type { StatedPerson } from './model.ts'
import type { Transaction } from './store.ts'

/** What was decided of somebody whom another system calls by a number. */
export interface Decided {
  /** Null: none of the candidates. */
  readonly person: string | null
  readonly candidates: readonly string[]
}

/** Days after the file's day are no birth dates; expected ones lie a few months ahead at most. */
export const lastDay = () => new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10)

/**
 * What of a stated person can be like somebody: undefined where there is neither a name nor a number. Pupil numbers have
 * a rule of their own (identifying.ts).
 */
function likenessOf(person: StatedPerson) {
  const valuesOf = (table: string) =>
    person.facts.flatMap((fact) => (fact.table === table ? [fact.values] : []))
  const names = valuesOf('person_name')
  const name = names.find(({ kind }) => kind === 'legal') ?? names[0]
  const called = name && ([name.forename, name.surname].filter(Boolean).join(' ') || name.full_name)
  const numbers = valuesOf('person_identifier').flatMap(({ kind, value }) =>
    kind === 'nhs-number' ? [String(value)] : [],
  )
  if (!called && numbers.length === 0) return undefined
  const day = valuesOf('person')[0]?.date_of_birth
  const born = typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : null
  return {
    name: called ? String(called) : null,
    day: born,
    near: born ? nearDays(born, lastDay()).map((near) => near.day) : [],
    postcode: (valuesOf('address').find(({ postcode }) => postcode)?.postcode as string) ?? null,
    numbers,
  }
}

/**
 * Who in the record each of these people may be, by name, birth date, postcode and national numbers.
 * @param kind the identifier by which the source calls people: whoever has one is somebody else to it
 * @returns by place in the list; people like nobody are left out
 */
export async function alikePeople(
  trx: Transaction,
  kind: string,
  people: readonly StatedPerson[],
): Promise<Map<number, string[]>> {
  const asked = people.flatMap((person, place) => {
    const likeness = likenessOf(person)
    return likeness ? [{ place, ...likeness }] : []
  })
  return peopleAlike(trx, kind, asked)
}

/** What tells somebody: their name, first and last; birth date and the days one slip away; numbers as cards have them. */
export interface Likeness {
  readonly place: number
  readonly name: string | null
  readonly day: string | null
  readonly near: readonly string[]
  readonly postcode: string | null
  readonly numbers: readonly string[]
}

/** As alikePeople, of what is known to be asked. */
export async function peopleAlike(
  trx: Transaction,
  kind: string,
  asked: readonly Likeness[],
): Promise<Map<number, string[]>> {
  const found = new Map<number, string[]>()
  if (asked.length === 0) return found
  const { rows } = await sql<{ place: number; person: string }>`
    select place, person_id as person from importing.people_alike(${JSON.stringify(asked)}::jsonb, ${kind})
     order by place, person_id`.execute(trx)
  for (const { place, person } of rows) found.set(place, [...(found.get(place) ?? []), person])
  return found
}

/** What was decided before of people of a source (or 'ssd ' and a load's system), by the source's own number. */
export async function decisions(
  trx: Transaction,
  source: string,
  localIds: readonly string[],
): Promise<Map<string, Decided>> {
  const { rows } = await sql<{ localId: string } & Decided>`
    select d.local_id as "localId", d.person_id as person, d.candidates from importing.identity_decision d
     where d.source = ${source} and d.local_id = any (${localIds}::text[])`.execute(trx)
  return new Map(rows.map(({ localId, ...decided }) => [localId, decided]))
}

/** Notes of people that came in that those who were shown as alike are others. */
export async function tellApart(
  trx: Transaction,
  told: readonly { person: string; candidates: readonly string[] }[],
): Promise<void> {
  const pairs = told.flatMap(({ person, candidates }) => candidates.map((other) => ({ person, other })))
  if (pairs.length === 0) return
  await sql`
    insert into record.told_apart (person_id, other_person_id, occasion)
    select t.person, t.other, 'importing' from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as t (person uuid, other uuid)
     where exists (select from record.person p where p.id = t.person) and t.person <> t.other
    on conflict (person_id, other_person_id) do nothing`.execute(trx)
}
