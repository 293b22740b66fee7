import { sql, type Transaction } from 'kysely'
import type { Lane } from '../web/components/timeline.ts'
import { type Day, formatShortDate } from '../web/words.ts'
import { calledIn, type Relative, type Sight, type Tie } from './relatives.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** Somebody with whom this person shared an address, from one day to another. */
export interface Sharing {
  readonly other: string
  readonly from: Day | null
  readonly to: Day | null
}

interface Home {
  readonly address_lines: string | null
  readonly postcode: string | null
  readonly protected: boolean
  readonly from_day: Day | null
  readonly to_day: Day | null
}

/**
 * Who of these people lived at the same address as this person, and when: worked out from the addresses of both, as far
 * as they are open.
 */
export async function sharedAddresses(
  trx: Reading,
  people: readonly string[],
  others: readonly string[],
): Promise<Sharing[]> {
  const { rows } = await sql<Sharing>`
    select theirs.person_id as other, greatest(mine.from_day, theirs.from_day) as "from", least(mine.to_day, theirs.to_day) as "to"
      from address mine
      join address theirs on theirs.postcode = mine.postcode and lower(theirs.address_lines) = lower(mine.address_lines)
       and theirs.kind = 'home' and daterange(mine.from_day, mine.to_day) && daterange(theirs.from_day, theirs.to_day)
     where mine.person_id = any (${[...people]}::uuid[]) and mine.kind = 'home' and theirs.person_id = any (${[...others]}::uuid[])`.execute(
    trx,
  )
  return rows
}

interface Stretch {
  readonly from: Day
  readonly to: Day | null
}

/**
 * Home and household over time, for `drawTimeline`: where this person lived, and who lived with them from when to when,
 * by the relationship, by both addresses, or because both lived with a third. What has no day of its beginning cannot
 * be drawn; the tables tell it.
 * @param ties of anybody in the family
 */
export function householdLanes(
  people: readonly string[],
  homes: readonly Home[],
  ties: readonly Tie[],
  shared: readonly Sharing[],
  sights: ReadonlyMap<string, Sight>,
  named: ReadonlyMap<string, Relative>,
): Lane[] {
  const home: Lane = {
    name: 'Home',
    spans: homes.flatMap(({ address_lines, postcode, protected: kept, from_day, to_day }) =>
      from_day
        ? {
            from: from_day,
            to: to_day ?? undefined,
            text: kept
              ? 'Protected address'
              : [address_lines, postcode].filter(Boolean).join(', ') || 'Address',
            look: '2' as const,
          }
        : [],
    ),
  }
  const lanes = [...livedWith(people, ties, shared)].flatMap(([other, stretches]): Lane[] => {
    const told = ties.find((tie) => tie.other === other && tie.name)
    const called = calledIn(sights, named, { other, name: told?.name ?? null })
    return called ? [{ name: called.text, spans: merged(stretches).map(spanOf) }] : []
  })
  return [...(home.spans.length > 0 ? [home] : []), ...lanes]
}

const spanOf = ({ from, to }: Stretch) => ({
  from,
  to: to ?? undefined,
  text: 'Same home',
  more: to ? `until ${formatShortDate(to)}` : '',
})

/** Everybody who shared a home with a person, and when; through one third at most. */
function livedWith(
  people: readonly string[],
  ties: readonly Tie[],
  shared: readonly Sharing[],
): Map<string, Stretch[]> {
  const found = new Map<string, Stretch[]>()
  const add = (id: string, stretch: Stretch) => found.set(id, [...(found.get(id) ?? []), stretch])
  const living = ties.flatMap(({ self, other, homeFrom, homeTo }) =>
    homeFrom ? [{ self, other, from: homeFrom, to: homeTo }] : [],
  )
  for (const { self, other, from, to } of living) if (people.includes(self)) add(other, { from, to })
  for (const { other, from, to } of shared) if (from) add(other, { from, to })
  for (const [third, stretches] of [...found])
    for (const one of living)
      if (one.self === third && !people.includes(one.other))
        for (const stretch of stretches) {
          const both = overlapOf(stretch, one)
          if (both) add(one.other, both)
        }
  return found
}

function overlapOf(one: Stretch, other: Stretch): Stretch | undefined {
  const from = [one.from, other.from].sort()[1]!
  const to = [one.to, other.to].filter((day) => day !== null).sort()[0] ?? null
  return to !== null && to <= from ? undefined : { from, to }
}

/** Stretches that touch or overlap as one. */
export function merged(stretches: readonly Stretch[]): Stretch[] {
  const found: { from: Day; to: Day | null }[] = []
  for (const one of [...stretches].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = found.at(-1)
    if (!last || (last.to !== null && last.to < one.from)) found.push({ ...one })
    else if (last.to === null || one.to === null) last.to = null
    else if (one.to > last.to) last.to = one.to
  }
  return found
}
