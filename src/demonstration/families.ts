import { addDays, type Day } from '../web/words.ts'
import { Chance } from './chance.ts'
import { home, type Place } from './city.ts'
import { aCommunity, alone, type Community, ethnicityOf, type PersonName } from './communities.ts'
import { birthday } from './days.ts'
import { asKnownOn, type Life } from './life.ts'
import { mobileNumber, nhsNumber, pupilNumber, telephoneNumber } from './numbers.ts'
import { ofOneChild, type Story, stories, storyOfSibling, tell, tellUnborn } from './stories.ts'

export interface Adult {
  /** The authority's own number for the person. */
  readonly id: string
  readonly name: PersonName
  readonly sex: 'F' | 'M'
  readonly born: Day
  readonly community: Community
  readonly mobile: string
  readonly telephone?: string | undefined
  /** Speaks English with an interpreter beside. */
  readonly interpreter: boolean
}

export interface Child {
  readonly id: string
  readonly name: PersonName
  /** U before birth. */
  readonly sex: 'F' | 'M' | 'U'
  readonly born: Day | undefined
  readonly due: Day | undefined
  /** Known, or not. */
  readonly father: Adult | undefined
  readonly twin: boolean
  readonly ethnicity: string
  readonly disabilities: readonly string[]
  readonly pupilNumber: string | undefined
  readonly nhs: string | undefined
  readonly life: Life
  /** The rule of the Department that finds a slip somebody made about this child. */
  readonly mistake?: string
  /** The same child, entered a second time by somebody who did not find them. */
  readonly enteredTwice?: boolean
}

export interface Family {
  /** Its place in the authority: the same family at the same place, however many there are. */
  readonly number: number
  readonly home: Place
  /** Nobody but who works with the child may know it. */
  readonly addressHidden?: boolean
  /** None where a young person came alone. */
  readonly mother: Adult | undefined
  readonly fathers: readonly Adult[]
  /** Of the fathers, who lives with the children. */
  readonly fatherAtHome: Adult | undefined
  /** Cares for the children in the mother's place. */
  readonly grandparent: Adult | undefined
  readonly children: readonly Child[]
  readonly hazard: { kind: string; words: string } | undefined
}

const hazards = [
  { kind: 'animal', words: 'Large dog in the yard, not on a lead' },
  { kind: 'visit-in-pairs', words: 'Visit in pairs: threats to workers in spring' },
  { kind: 'other', words: 'Steep outside stairs, no light after dark' },
  { kind: 'person-at-address', words: 'An uncle who is not to meet workers alone sometimes stays here' },
  { kind: 'infection', words: 'Ask about the baby’s oxygen before a visit with a cold' },
] as const

/** Gives numbers, one after the other: of children and of adults. */
export class Numbers {
  #children = 0
  #adults = 0

  child() {
    this.#children += 1
    const n = this.#children
    return { id: `FELL${1000 + n}`, nhs: nhsNumber(n), pupilNumber: pupilNumber(n) }
  }

  adult() {
    this.#adults += 1
    const n = this.#adults
    return {
      id: `FELLA${String(n).padStart(3, '0')}`,
      mobile: mobileNumber(n),
      telephone: telephoneNumber(n),
    }
  }
}

/**
 * Invents families, one after the other, until there are so many children.
 * @param children how many at the least
 * @param today the day that everything hangs on
 * @param numbers where they go on from, when there are people already
 */
export function* inventFamilies(
  children: number,
  today: Day,
  seed = 1,
  numbers = new Numbers(),
): Generator<Family> {
  for (let number = 0, made = 0; made < children; number += 1) {
    const family = inventFamily(seed, number, today, numbers)
    made += family.children.length
    yield family
  }
}

function inventFamily(seed: number, number: number, today: Day, numbers: Numbers): Family {
  const chance = new Chance(seed, number)
  const story = chance.weighted(stories)
  const place = home(chance)
  if (story === 'came-alone') return cameAlone(chance, number, place, today, numbers)
  const told = tellChildren(chance, { seed, number, story, today, home: place.postcode })
  const eldest = told[0]!.born ?? today
  const community = aCommunity(chance)
  const mother = inventAdult(chance, numbers, community, 'F', eldest)
  const howMany = chance.weighted([
    [1, 62],
    [2, 24],
    [3, 5],
    [0, 9],
  ] as const)
  const fathers = Array.from({ length: howMany }, () =>
    inventAdult(chance, numbers, chance.happens(0.12) ? aCommunity(chance) : community, 'M', eldest),
  )
  const taken = new Set<string>()
  const children = told.map((one, index) => {
    const father =
      fathers.length > 0 ? fathers[Math.floor((index * fathers.length) / told.length)] : undefined
    return inventChild(chance, numbers, { ...one, mother, father, taken, story, today })
  })
  const grandparent = chance.happens(0.06)
    ? inventAdult(chance, numbers, community, chance.happens(0.85) ? 'F' : 'M', mother.born)
    : undefined
  return {
    ...{ number, home: place, mother, fathers, grandparent, children },
    fatherAtHome: !grandparent && chance.happens(0.42) ? fathers.at(-1) : undefined,
    hazard: chance.happens(0.1) ? chance.one(hazards) : undefined,
  }
}

/** @param child the birth date of their eldest child: they are seventeen to 41 years older, most of them in their twenties */
export function inventAdult(
  chance: Chance,
  numbers: Numbers,
  community: Community,
  sex: 'F' | 'M',
  child: Day,
): Adult {
  const { id, mobile, telephone } = numbers.adult()
  return {
    ...{ id, sex, community, mobile, name: community.adult(chance, sex) },
    born: addDays(child, -chance.short(17 * 365, 41 * 365)),
    telephone: chance.happens(0.15) ? telephone : undefined,
    interpreter: community.language !== undefined && chance.happens(0.3),
  }
}

interface Told {
  readonly born: Day | undefined
  readonly due: Day | undefined
  readonly life: Life
  readonly twin: 1 | 2 | undefined
}

interface Wanted {
  readonly seed: number
  readonly number: number
  readonly story: Story
  readonly today: Day
  readonly home: string
}

/** The lives of a family's children, the eldest first. */
function tellChildren(chance: Chance, { seed, number, story, today, home }: Wanted): Told[] {
  const telling = () => ({ ofFamily: new Chance(seed + 101, number), own: chance, today, home })
  const count = ofOneChild.has(story)
    ? 1
    : chance.weighted([
        [1, 40],
        [2, 30],
        [3, 18],
        [4, 8],
        [5, 4],
      ] as const)
  const told: Told[] = []
  if (story === 'unborn') told.push({ ...tellUnborn(telling()), born: undefined, twin: undefined })
  while (told.length < count) {
    const before = told.at(-1)
    const own = told.length === 0 ? story : storyOfSibling(chance, story)
    const { born, life } = tell(own, telling(), before?.born)
    told.push({ born, life, due: undefined, twin: undefined })
    if (told.length < count && !ofOneChild.has(own) && own === story && chance.happens(0.03)) {
      const again = tell(own, { ...telling(), own: new Chance(seed + 202, number) }, undefined)
      // Where care begins by the child's own age, a twin is a sister like others.
      const shared = again.life.need[0]?.referral === life.need[0]?.referral && !life.care
      if (shared) {
        told[told.length - 1] = { born, life, due: undefined, twin: 1 }
        told.push({ born, life: again.life, due: undefined, twin: 2 })
      }
    }
  }
  return told.sort((one, other) => ((one.born ?? one.due!) < (other.born ?? other.due!) ? -1 : 1))
}

interface Making extends Told {
  readonly mother: Adult
  readonly father: Adult | undefined
  readonly taken: Set<string>
  readonly story: Story
  readonly today: Day
}

const disabilities = [
  ['LD', 30],
  ['AUT', 30],
  ['BEH', 12],
  ['COMM', 10],
  ['MOB', 8],
  ['PC', 6],
  ['HEAR', 4],
  ['VIS', 3],
  ['CON', 4],
] as const

function inventChild(chance: Chance, numbers: Numbers, making: Making): Child {
  const { born, due, life, twin, mother, father, taken, story, today } = making
  const { id, nhs, pupilNumber: upn } = numbers.child()
  const of = (father ?? mother).community
  const base = { id, father, twin: twin !== undefined, life: asKnownOn(life, today) }
  if (!born) {
    const name = { forename: 'Unborn', surname: mother.name.surname ?? mother.name.forename }
    return {
      ...base,
      name,
      sex: 'U',
      born,
      due,
      ethnicity: 'NOBT',
      disabilities: [],
      nhs: undefined,
      pupilNumber: undefined,
    }
  }
  const sex = chance.happens(0.51) ? 'M' : 'F'
  const forename = freshName(chance, sex === 'F' ? of.girls : of.boys, taken)
  const share = story === 'short-breaks' ? 1 : 0.12
  return {
    ...base,
    name: of.child(chance, { forename, sex, born, twin, mother: mother.name, father: father?.name }),
    ...{ sex, born, due },
    ethnicity: chance.happens(0.02)
      ? chance.one(['REFU', 'NOBT'])
      : ethnicityOf(mother.community, father?.community),
    disabilities: chance.happens(share)
      ? [
          ...new Set([
            chance.weighted(disabilities),
            ...(chance.happens(0.3) ? [chance.weighted(disabilities)] : []),
          ]),
        ].sort()
      : [],
    nhs: chance.happens(0.93) ? nhs : undefined,
    pupilNumber: birthday(born, 4) <= today ? upn : undefined,
  }
}

/** No two of a family are called the same. */
function freshName(chance: Chance, names: readonly string[], taken: Set<string>): string {
  const free = names.filter((name) => !taken.has(name))
  const name = chance.one(free.length > 0 ? free : names)
  taken.add(name)
  return name
}

/** Nobody of the family is here; the birth date is as the young person says, and one name may be all there is. */
function cameAlone(chance: Chance, number: number, place: Place, today: Day, numbers: Numbers): Family {
  const { born, life } = tell('came-alone', { ofFamily: chance, own: chance, today, home: place.postcode })
  const { id, nhs } = numbers.child()
  const sex = chance.happens(0.93) ? 'M' : 'F'
  const forename = chance.one(sex === 'F' ? alone.girls : alone.boys)
  return {
    ...{
      number,
      home: place,
      mother: undefined,
      fathers: [],
      fatherAtHome: undefined,
      grandparent: undefined,
      hazard: undefined,
    },
    children: [
      {
        ...{ id, sex, born, due: undefined, father: undefined, twin: false, nhs, disabilities: [] },
        name: { forename },
        ethnicity: alone.ethnicity,
        pupilNumber: undefined,
        life: asKnownOn(life, today),
      },
    ],
  }
}
