import { sql, type Transaction } from 'kysely'
import { labelOf } from '../codes/codes.ts'
import { needsOf, spokenTo, toldByReturns } from '../people/communication.ts'
import { householdOf, unnamedRelatives } from '../people/relatives.ts'
import { basisWords } from '../people/words.ts'
import { type Day, dayOf } from '../web/words.ts'
import type { KnownFact } from './flow.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** What the record says of a child that a form need not ask again, each with the day it was recorded; as far as it is open. */
export async function knownFacts(
  trx: Trx,
  people: readonly string[],
  on: Day,
): Promise<ReadonlyMap<string, KnownFact>> {
  const facts = new Map<string, KnownFact>()
  const say = (name: string, title: string, lines: readonly string[], days: readonly Day[]) => {
    if (lines.length > 0)
      facts.set(name, { title, words: lines.join('\n'), day: days.toSorted().at(-1) ?? on })
  }
  const unnamed = await unnamedRelatives(trx)
  const holders = await responsibility(trx, people, on, unnamed)
  say(
    'responsibility',
    'Parental responsibility, on the record',
    holders.map(({ name, basis }) => `${name}: ${basisWords[basis] ?? basis}`),
    holders.map(({ recorded }) => dayOf(recorded)),
  )
  const home = (await householdOf(trx, people, on, unnamed)).filter(({ name }) => name)
  say(
    'household',
    'Who lives at home, on the record',
    home.map(({ name, kind }) => `${name} (${kind})`),
    home.flatMap(({ recorded_at: recorded }) => (recorded ? [dayOf(recorded)] : [])),
  )
  const needs = await needsOf(trx, people)
  const spoken = spokenTo(needs, await toldByReturns(trx, people), on)
  say(
    'communication',
    'How they are spoken to, on the record',
    spoken.flatMap(({ heading, said }) => said.map(({ text }) => `${heading}: ${text}`)),
    needs.map(({ asked_on: asked }) => asked),
  )
  const traits = await characteristics(trx, people)
  say(
    'characteristics',
    'Ethnicity, religion and disability, on the record',
    traits.map(({ words }) => words),
    traits.map(({ recorded }) => dayOf(recorded)),
  )
  return facts
}

/** Holders by what this record calls them; nobody whom a page must not name. */
async function responsibility(trx: Trx, people: readonly string[], on: Day, unnamed: readonly string[]) {
  const { rows } = await sql<{ name: string; basis: string; recorded: Date }>`
    select named.name, r.basis, r.recorded_at as recorded
      from parental_responsibility r
      cross join lateral (
        select coalesce(r.holder_name, (select k.other_name from relationship k
                 where k.person_id = r.person_id and k.other_person_id = r.holder_person_id and k.other_name is not null limit 1)) as name
      ) named
     where r.person_id = any (${[...people]}::uuid[]) and (r.to_day is null or r.to_day > ${on}::date)
       and named.name is not null and (r.holder_person_id is null or r.holder_person_id <> all (${[...unnamed]}::uuid[]))
     order by r.recorded_at`.execute(trx)
  return rows
}

async function characteristics(trx: Trx, people: readonly string[]) {
  const { rows } = await sql<{
    ethnicity: string | null
    religion: string | null
    disabilities: string[]
    recorded: Date
  }>`
    select c.ethnicity, c.religion, c.recorded_at as recorded,
           array(select d.disability_code from disability d where d.person_id = c.person_id order by 1)::text[] as disabilities
      from person_characteristics c where c.person_id = any (${[...people]}::uuid[]) limit 1`.execute(trx)
  return rows.flatMap(({ ethnicity, religion, disabilities, recorded }) =>
    [
      ethnicity ? `Ethnicity: ${labelOf('ethnicity', ethnicity)}` : '',
      religion ? `Religion: ${religion}` : '',
      ...disabilities
        .filter((code) => code !== 'NONE')
        .map((code) => `Disability: ${labelOf('disability', code)}`),
    ]
      .filter((words) => words !== '')
      .map((words) => ({ words, recorded })),
  )
}
