import { addDays, type Day } from '../web/words.ts'
import { Chance } from './chance.ts'
import { home } from './city.ts'
import type { PersonName } from './communities.ts'
import type { Adult, Child, Family } from './families.ts'

/* Names, numbers, addresses and relationships, which no return carries (docs/import.md). */

/** The columns that are filled, in the order of the file. */
export const peopleColumns = [
  ...[
    'local_id',
    'forename',
    'middle_names',
    'surname',
    'name_kind',
    'date_of_birth',
    'expected_date_of_birth',
    'sex',
  ],
  ...['ethnicity', 'first_language', 'interpreter_needed', 'religion', 'nhs_number'],
  ...['address', 'postcode', 'address_from', 'address_to', 'address_protected', 'mobile', 'telephone'],
  ...['related_to', 'related_name', 'relationship', 'relationship_words', 'same_household'],
  ...['responsibility_basis', 'responsibility_evidence', 'responsibility_evidence_seen'],
] as const

export type PeopleRow = Partial<Record<(typeof peopleColumns)[number], string>>

const british = (day: Day | undefined) => day?.split('-').reverse().join('/')
const yes = (is: boolean) => (is ? 'yes' : 'no')

const named = ({ forename, middle, surname }: PersonName): PeopleRow => ({
  forename,
  ...(middle ? { middle_names: middle } : {}),
  ...(surname ? { surname } : {}),
})

/** What a file of people says of a family, a person's rows one below the other. */
export function peopleOf(family: Family, today: Day, seed: number): PeopleRow[] {
  const chance = new Chance(seed + 303, family.number)
  const places = placesOf(family, chance, today)
  return [
    ...adultsOf(family).flatMap((adult) => adultRows(adult, adult.lives ? places : [])),
    ...family.children.flatMap((child) => childRows(child, family, places, chance)),
    ...family.children.flatMap((child) => (child.enteredTwice ? [secondEntry(child, family)] : [])),
  ]
}

/** Where the family lives, and for one in four where it lived before. */
function placesOf({ home: now, addressHidden = false }: Family, chance: Chance, today: Day): PeopleRow[] {
  const moved = addDays(today, -chance.whole(60, 2400))
  const present = {
    address: now.address,
    postcode: now.postcode,
    ...(addressHidden ? { address_protected: 'yes' } : {}),
  }
  if (!chance.happens(0.25)) return [present]
  const before = home(chance)
  return [
    { ...present, address_from: british(moved)! },
    {
      address: before.address,
      postcode: before.postcode,
      address_from: british(addDays(moved, -chance.whole(200, 1500)))!,
      address_to: british(moved)!,
    },
  ]
}

const adultsOf = ({ mother, fathers, fatherAtHome, grandparent }: Family) => [
  ...(mother ? [{ ...mother, lives: !grandparent }] : []),
  ...fathers.map((father) => ({ ...father, lives: father === fatherAtHome })),
  ...(grandparent ? [{ ...grandparent, lives: true }] : []),
]

function adultRows(adult: Adult, places: readonly PeopleRow[]): PeopleRow[] {
  const { language, religion } = adult.community
  const [place = {}, ...earlier] = places
  return [
    {
      local_id: adult.id,
      ...named(adult.name),
      date_of_birth: british(adult.born)!,
      sex: adult.sex,
      mobile: adult.mobile,
      ...(adult.telephone ? { telephone: adult.telephone } : {}),
      ...(adult.interpreter && language ? { first_language: language, interpreter_needed: 'yes' } : {}),
      ...(adult.interpreter && religion ? { religion } : {}),
      ...place,
    },
    ...earlier.map((one) => ({ local_id: adult.id, ...one })),
  ]
}

interface Other {
  readonly id: string
  readonly name: PersonName
}

function childRows(child: Child, family: Family, places: readonly PeopleRow[], chance: Chance): PeopleRow[] {
  const { mother, fatherAtHome, grandparent, children } = family
  const isHome = !child.life.care || child.life.care.episodes.at(-1)!.end !== undefined
  const tie = (to: Other, relationship: string, together: boolean, words?: string): PeopleRow => ({
    related_to: to.id,
    related_name: [to.name.forename, to.name.surname].filter(Boolean).join(' '),
    relationship,
    same_household: yes(together && isHome),
    ...(words ? { relationship_words: words } : {}),
  })
  const [place, ...earlier] = places
  const rows: PeopleRow[] = []
  if (mother)
    rows.push({
      ...tie(mother, 'mother', !grandparent),
      responsibility_basis: 'mother',
      responsibility_evidence: 'Birth certificate',
      ...(child.born ? { responsibility_evidence_seen: british(child.life.need[0]?.referral)! } : {}),
    })
  if (child.father)
    rows.push({
      ...tie(child.father, 'father', child.father === fatherAtHome),
      ...(chance.happens(0.7)
        ? {
            responsibility_basis: 'on-birth-certificate',
            responsibility_evidence: 'Birth certificate',
          }
        : {}),
    })
  if (fatherAtHome && child.father !== fatherAtHome)
    rows.push(tie(fatherAtHome, 'step-parent', true, 'Mother’s partner'))
  if (grandparent)
    rows.push(
      tie(
        grandparent,
        'grandparent',
        true,
        grandparent.sex === 'F'
          ? 'Grandmother, cares for the children'
          : 'Grandfather, cares for the children',
      ),
    )
  for (const other of children.slice(children.indexOf(child) + 1))
    rows.push(
      tie(other, siblingOf(child, other), isHomeToo(other), child.twin && other.twin ? 'Twins' : undefined),
    )
  const alone = child.life.care?.alone ?? false
  const known = chance.happens(0.7)
  const { language, religion } = (child.father ?? mother)?.community ?? {}
  return [
    {
      ...named(child.name),
      ...(child.born
        ? { date_of_birth: british(child.born)! }
        : { expected_date_of_birth: british(child.due)! }),
      ...(child.sex === 'U' ? {} : { sex: child.sex }),
      ...(child.nhs ? { nhs_number: child.nhs } : {}),
      ...(known && language && child.born ? { first_language: language } : {}),
      ...(known && religion && child.born ? { religion } : {}),
      ...(alone ? {} : place),
      ...rows.shift(),
    },
    ...rows,
    ...(alone ? [] : earlier),
  ].map((row) => ({ local_id: child.id, ...row }))
}

const isHomeToo = (child: Child) => !child.life.care || child.life.care.episodes.at(-1)!.end !== undefined

function siblingOf(child: Child, other: Child): string {
  if (child.father !== other.father) return 'half-sibling'
  return other.sex === 'F' ? 'sister' : other.sex === 'M' ? 'brother' : 'sibling'
}

/** As somebody heard the name who did not find the child: a letter doubled, day and month exchanged where they can be. */
function secondEntry(child: Child, { home: place }: Family): PeopleRow {
  const [year, month, day] = child.born!.split('-') as [string, string, string]
  const { forename, surname } = child.name
  return {
    local_id: `${child.id}B`,
    forename: forename.replace(/([lmnrst])(?=[aeiouy])/, '$1$1'),
    ...(surname ? { surname } : {}),
    date_of_birth: Number(day) <= 12 ? `${month}/${day}/${year}` : british(child.born)!,
    sex: child.sex,
    address: place.address,
    postcode: place.postcode,
  }
}
