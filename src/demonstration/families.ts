import { addDays, type Day } from '../web/words.ts'
import { Chance } from './chance.ts'

/** How far a child's story has come. */
export type Story =
  | 'referred'
  | 'assessed'
  | 'in-need'
  | 'protected'
  | 'looked-after'
  | 'left-care'
  | 'closed'

export interface Adult {
  readonly id: string
  readonly forename: string
  readonly surname: string
  readonly sex: 'F' | 'M'
  readonly born: Day
  readonly mobile: string
}

export interface Child {
  readonly id: string
  readonly forename: string
  readonly surname: string
  readonly sex: 'F' | 'M'
  readonly born: Day
  readonly ethnicity: string
  readonly upn: string | undefined
  readonly nhs: string
  readonly disability: string | undefined
  readonly story: Story
  /** The day the present story began. */
  readonly since: Day
  readonly need: string
  readonly category: string
}

/** An invented family of an invented northern city. */
export interface Family {
  readonly address: string
  readonly postcode: string
  readonly mother: Adult
  readonly father: Adult | undefined
  readonly fatherAtHome: boolean
  readonly children: readonly Child[]
  readonly hazard: string | undefined
}

interface Community {
  readonly surnames: readonly string[]
  readonly mothers: readonly string[]
  readonly fathers: readonly string[]
  readonly girls: readonly string[]
  readonly boys: readonly string[]
  readonly ethnicity: string
}

const communities: readonly Community[] = [
  {
    surnames: ['Thwaite', 'Brackenbury', 'Holroyd', 'Sutcliffe', 'Ackroyd', 'Fellside', 'Midgley', 'Greaves'],
    mothers: ['Kelly', 'Donna', 'Stacey', 'Rachel', 'Leanne'],
    fathers: ['Darren', 'Lee', 'Craig', 'Mark', 'Shaun'],
    girls: ['Imogen', 'Ruby', 'Maisie', 'Freya', 'Lacey', 'Poppy', 'Evie'],
    boys: ['Jonah', 'Alfie', 'Kai', 'Tobias', 'Reece', 'Archie', 'Jude'],
    ethnicity: 'WBRI',
  },
  {
    surnames: ['Hussain', 'Mahmood', 'Akhtar', 'Rehman', 'Iqbal', 'Begum Shah'],
    mothers: ['Shazia', 'Nasreen', 'Rukhsana', 'Samina'],
    fathers: ['Tariq', 'Imran', 'Asif', 'Nadeem'],
    girls: ['Aisha', 'Zara', 'Maryam', 'Hafsa', 'Iqra'],
    boys: ['Mohammed', 'Yusuf', 'Ibrahim', 'Hamza', 'Bilal'],
    ethnicity: 'APKN',
  },
  {
    surnames: ['Kowalska', 'Nowak', 'Wiśniewski', 'Zielińska'],
    mothers: ['Agnieszka', 'Magdalena', 'Katarzyna'],
    fathers: ['Paweł', 'Tomasz', 'Marcin'],
    girls: ['Zofia', 'Maja', 'Hanna', 'Oliwia'],
    boys: ['Kacper', 'Szymon', 'Filip', 'Antoni'],
    ethnicity: 'WOTH',
  },
  {
    surnames: ['Okafor', 'Adeyemi', 'Mensah', 'Tesfaye'],
    mothers: ['Grace', 'Blessing', 'Selam'],
    fathers: ['Emeka', 'Kofi', 'Dawit'],
    girls: ['Amara', 'Esther', 'Hana', 'Adaeze'],
    boys: ['Daniel', 'Kwame', 'Samuel', 'Yonas'],
    ethnicity: 'BAFR',
  },
  {
    surnames: ['Horváth', 'Lakatos', 'Baláž'],
    mothers: ['Renáta', 'Monika'],
    fathers: ['Rudolf', 'Jozef'],
    girls: ['Vanesa', 'Sabina', 'Nikola', 'Ema'],
    boys: ['Denis', 'Kevin', 'Patrik', 'Erik'],
    ethnicity: 'WROM',
  },
]

const streets = [
  'Beck Row',
  'Quarry Lane',
  'Tannery Street',
  'Fell View',
  'Chapel Fold',
  'Mill Bank',
  'Weavers Court',
  'Ings Road',
  'Station Parade',
  'Moorside Avenue',
]
const hazards = [
  'Large dog in the yard, not on a lead',
  'Visit in pairs: threats to workers in spring',
  'Steep outside stairs, no light after dark',
]
const needs = ['N1', 'N1', 'N1', 'N2', 'N3', 'N4', 'N5', 'N6']
const categories = ['NEG', 'NEG', 'EMO', 'EMO', 'PHY', 'SAB']

/** What becomes of the youngest: proportions of an ordinary service, so far as so few can show them. */
const stories: readonly Story[] = [
  ...['referred', 'referred', 'assessed', 'assessed'],
  ...['in-need', 'in-need', 'in-need', 'in-need'],
  ...['protected', 'protected', 'protected'],
  ...['looked-after', 'looked-after', 'looked-after'],
  ...['closed', 'closed', 'left-care'],
] as readonly Story[]

/**
 * Invents families.
 * @param count how many
 * @param today the day that everything hangs on
 */
export function inventFamilies(count: number, today: Day, seed = 1): Family[] {
  const chance = new Chance(seed)
  const numbers = { child: 0, adult: 0 }
  return Array.from({ length: count }, (_, index) => inventFamily(chance, numbers, index, today))
}

function inventFamily(
  chance: Chance,
  numbers: { child: number; adult: number },
  index: number,
  today: Day,
): Family {
  const community = index < 3 ? communities[index]! : chance.one(communities)
  const surname = chance.one(community.surnames)
  const adult = (sex: 'F' | 'M', younger: number): Adult => {
    numbers.adult += 1
    return {
      id: `FELLA${String(numbers.adult).padStart(3, '0')}`,
      forename: chance.one(sex === 'F' ? community.mothers : community.fathers),
      surname: sex === 'F' || chance.happens(0.7) ? surname : chance.one(community.surnames),
      sex,
      born: addDays(today, -Math.round(365.25 * chance.whole(24, 44) + younger)),
      // Numbers that the regulator keeps free for drama.
      mobile: `07700 900${String(100 + numbers.adult).padStart(3, '0')}`,
    }
  }
  const mother = adult('F', 120)
  const father = chance.happens(0.75) ? adult('M', 40) : undefined
  const first = chance.one(stories)
  const taken = new Set<string>()
  const children = Array.from({ length: chance.whole(1, first === 'left-care' ? 1 : 4) }, (_, n) =>
    inventChild(
      chance,
      numbers,
      community,
      { surname, taken, story: n === 0 ? first : near(chance, first) },
      n,
      today,
    ),
  )
  return {
    address: `${chance.whole(1, 88)} ${chance.one(streets)}, Fellby`,
    postcode: `FX${chance.whole(1, 9)} ${chance.whole(1, 9)}${chance.one(['AB', 'DE', 'LN', 'PQ', 'ST', 'WX'])}`,
    mother,
    father,
    fatherAtHome: chance.happens(0.5),
    children,
    hazard: chance.happens(0.12) ? chance.one(hazards) : undefined,
  }
}

/** Brothers and sisters mostly share a story; one may be further on. */
const near = (chance: Chance, story: Story): Story =>
  chance.happens(0.8)
    ? story
    : story === 'protected'
      ? 'in-need'
      : story === 'looked-after'
        ? 'protected'
        : 'assessed'

function inventChild(
  chance: Chance,
  numbers: { child: number },
  { girls, boys, ethnicity }: Community,
  { surname, story, taken }: { surname: string; story: Story; taken: Set<string> },
  place: number,
  today: Day,
): Child {
  numbers.child += 1
  const n = numbers.child
  const sex = chance.happens(0.5) ? 'F' : 'M'
  const years = story === 'left-care' ? chance.whole(18, 20) : Math.max(1, chance.whole(2, 15) - place * 2)
  const days = {
    referred: 20,
    assessed: 60,
    'in-need': 260,
    protected: 240,
    'looked-after': 700,
    'left-care': 2400,
    closed: 400,
  }
  const born = addDays(today, -Math.round(365.25 * years + chance.whole(5, 350)))
  // Nothing begins before a child is some months old.
  const soonest = addDays(born, 120)
  const began = addDays(today, -Math.round(days[story] * (0.5 + chance.next())))
  return {
    id: `FELL${String(1000 + n)}`,
    forename: freshName(chance, sex === 'F' ? girls : boys, taken),
    surname,
    sex,
    born,
    ethnicity: chance.happens(0.1) ? 'MOTH' : ethnicity,
    upn: years >= 5 ? upnOf(n) : undefined,
    nhs: nhsNumber(n),
    disability: chance.happens(0.15) ? chance.one(['LD', 'AUT', 'HEAR', 'MOB']) : undefined,
    story,
    since: [began, soonest].sort().at(-1)!,
    need: chance.one(needs),
    category: chance.one(categories),
  }
}

/** No two of a family are called the same. */
function freshName(chance: Chance, names: readonly string[], taken: Set<string>): string {
  const free = names.filter((name) => !taken.has(name))
  const name = chance.one(free.length > 0 ? free : names)
  taken.add(name)
  return name
}

/** A number from the range kept for tests (999 …), with its check digit (modulus 11). */
function nhsNumber(n: number): string {
  for (let serial = 999_001_000 + n * 7; ; serial += 1) {
    const digits = String(serial)
    const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
    const check = (11 - (sum % 11)) % 11
    if (check < 10) return `${digits}${check}`
  }
}

const letters = 'ABCDEFGHJKLMNPQRTUVWXYZ'

/** A unique pupil number of an authority that is none, with its check letter. */
function upnOf(n: number): string {
  const digits = `999${String(1_000 + n).padStart(4, '0')}${String(25_000 + n).padStart(5, '0')}`
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place + 2), 0)
  return `${letters[sum % 23]}${digits}`
}
