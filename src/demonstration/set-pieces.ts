import { sql, type Transaction } from 'kysely'
import { declareConnection } from '../access/emergency-store.ts'
import { confirmRestriction, nameReader, restrict, restrictionsKnown } from '../access/restriction-store.ts'
import type { Vault } from '../casework/documents/vault.ts'
import { addDays, type Day } from '../web/words.ts'
import * as care from './care.ts'
import { Chance } from './chance.ts'
import { home } from './city.ts'
import { communityOf, type PersonName } from './communities.ts'
import { birthday, monthsBefore, weekday, workingDaysFrom } from './days.ts'
import { type Adult, type Child, type Family, inventAdult, type Numbers } from './families.ts'
import { asKnownOn, type Life, type NeedEpisode } from './life.ts'
import * as need from './need.ts'

/*
 * The set pieces: stories that whoever shows Cairn wants to find. Each is made of families like all others, brought in
 * by the same returns and files, and, where it needs more, by what a worker would do on the pages.
 */

/** What one account finds there. */
export interface Step {
  /** Of the cast. */
  readonly as: string
  readonly see: string
  /** Where it begins: the record, or a search for these words. */
  readonly search?: string
}

export interface SetPiece {
  readonly name: string
  readonly title: string
  readonly tells: string
  readonly steps: readonly Step[]
  /** Its families, each with who of the cast works with the children; the first child of the first is whom it is about. */
  make(making: Making): Made[]
  /** What workers do about it once it is in the record. */
  play?(stage: Stage): Promise<void>
}

export interface Made {
  readonly family: Family
  readonly worker: string | undefined
}

export interface Making {
  readonly chance: Chance
  readonly numbers: Numbers
  readonly today: Day
  /** Families of set pieces have numbers of their own, below nought. */
  readonly number: number
}

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Writing = Transaction<any>

/** Where a set piece, or a scene of another area, is played: a filled record, and a cast that can act in it. */
export interface Stage {
  readonly db: Parameters<typeof restrict>[0]
  readonly today: Day
  /** Whom the piece is about. */
  readonly person: string
  account(name: string): string
  /** Where documents are kept; nowhere in a test of nothing else. */
  readonly documents: Vault | undefined
  /** A session of somebody of the cast. */
  as(name: string): Promise<{ secret: string }>
  /** Work on the record as nobody’s, on the trail as filling a demonstration. */
  write<T>(work: (trx: Writing) => Promise<T>): Promise<T>
}

// ---------------------------------------------------------------------------------------------------------
// Making them.

interface Wanted {
  readonly name: PersonName
  readonly sex: 'F' | 'M'
  readonly born: Day
  readonly father?: Adult | undefined
  readonly ethnicity?: string
  readonly life: Life
}

function child(
  { numbers, today }: Making,
  { name, sex, born, father, ethnicity = 'WBRI', life }: Wanted,
): Child {
  const { id, nhs, pupilNumber } = numbers.child()
  return {
    ...{ id, name, sex, born, father, ethnicity, nhs },
    ...{ due: undefined, twin: false, disabilities: [] },
    pupilNumber: birthday(born, 4) <= today ? pupilNumber : undefined,
    life: asKnownOn(life, today),
  }
}

function adult(
  { chance, numbers, today }: Making,
  name: PersonName,
  sex: 'F' | 'M',
  age: number,
  community = 'white British',
): Adult {
  const born = yearsAgo(today, age, chance.whole(0, 364))
  return {
    ...inventAdult(chance, numbers, communityOf(community), sex, today),
    name,
    born,
    interpreter: false,
  }
}

function family(
  { chance, number }: Making,
  mother: Adult,
  children: Child[],
  more: Partial<Family> = {},
): Family {
  return {
    ...{ number, home: home(chance), mother, children, fathers: [], fatherAtHome: undefined },
    ...{ grandparent: undefined, hazard: undefined, ...more },
  }
}

const life = (needed: NeedEpisode[], cared?: Life['care'], died?: Day): Life => ({
  need: needed,
  care: cared,
  died,
})

/** Years and some days before today. */
const yearsAgo = (today: Day, years: number, days = 40) => addDays(birthday(today, -years), -days)

// ---------------------------------------------------------------------------------------------------------

const staffChild: SetPiece = {
  name: 'staff-child',
  title: 'A colleague’s child',
  tells:
    'Otto Brandt’s mother is a social worker of the neighbouring team. The record is restricted to those named; she has said herself that it is her family, and it is closed to her whatever else is true.',
  steps: [
    { as: 'Tom Eccles', see: 'Tom works with Otto, and is named: he reads all of it' },
    { as: 'Lena Brandt', see: 'Otto’s mother is refused, and asking in an emergency would not help' },
    {
      as: 'Dev Malik',
      see: 'The front door is told that a restricted record may exist, and no more',
      search: 'Otto Brandt',
    },
    { as: 'Priya Shah', see: 'A manager of another team finds nobody', search: 'Otto Brandt' },
  ],
  make(making) {
    const mother = adult(making, { forename: 'Lena', surname: 'Brandt' }, 'F', 38)
    const one = child(making, {
      ...{ name: { forename: 'Otto', surname: 'Brandt' }, sex: 'M', born: yearsAgo(making.today, 9) },
      life: life(need.inNeed(making.chance, making.today)),
    })
    return [{ family: family(making, mother, [one]), worker: 'Tom Eccles' }]
  },
  async play({ db, as, person, today }) {
    const asked = { level: 2, sections: [], reason: 'His mother works for this service' }
    mustBe('allowed', (await restrict(db, await as('Tom Eccles'), person, asked)).outcome)
    await confirm({ db, as, person, today }, 'Greta Osei', addDays(today, 85))
    await declareConnection(db, await as('Lena Brandt'), person, { kind: 'relative', words: 'My son' })
  },
}

const hiddenAddress: SetPiece = {
  name: 'hidden-address',
  title: 'An address that nobody may learn',
  tells:
    'Kirsty Naylor left with Jasmine this summer. Where they live is a part of the record of its own, open to the child’s worker and to hardly anybody else; no list, letter or family page says it.',
  steps: [
    { as: 'Sam Okoro', see: 'Sam visits, and sees where they live' },
    { as: 'Dev Malik', see: 'The front door finds Jasmine, and no address', search: 'Jasmine Naylor' },
  ],
  make(making) {
    const mother = adult(making, { forename: 'Kirsty', surname: 'Naylor' }, 'F', 29)
    const father = adult(making, { forename: 'Dean', surname: 'Naylor' }, 'M', 33)
    const one = child(making, {
      ...{ name: { forename: 'Jasmine', middle: 'Rose', surname: 'Naylor' }, sex: 'F', father },
      born: yearsAgo(making.today, 6, 200),
      life: life(need.protectedChild(making.chance, making.today, { age: 130 })),
    })
    const more = {
      ...{ fathers: [father], addressHidden: true },
      hazard: { kind: 'address-not-to-be-told', words: 'Tell nobody the address: her father looks for them' },
    }
    return [{ family: family(making, mother, [one], more), worker: 'Sam Okoro' }]
  },
}

const sealedAdoption: SetPiece = {
  name: 'sealed-adoption',
  title: 'A sealed adoption',
  tells:
    'Ellie was adopted five weeks ago. Her record up to then is sealed: no search finds it and no hint is given, though her brother’s worker knew her well.',
  steps: [
    { as: 'Iris Coleman', see: 'The adoption worker holds the record' },
    {
      as: 'Dev Malik',
      see: 'The front door finds nobody, and is not told that there is somebody',
      search: 'Ellie Firth',
    },
    { as: 'Sam Okoro', see: 'Her brother’s worker is told that there is no such record' },
  ],
  make(making) {
    const { chance, today } = making
    const mother = adult(making, { forename: 'Shannon', surname: 'Firth' }, 'F', 27)
    const came = addDays(today, -700)
    const born = addDays(came, -240)
    const place = home(chance)
    const told = care.forAdoption(
      chance,
      { born, home: place.postcode, today: addDays(today, -15) },
      came,
      'N1',
      true,
    )
    const order = told.episodes.at(-1)!.end!
    const ellie = child(making, {
      ...{ name: { forename: 'Ellie', surname: 'Firth' }, sex: 'F', born },
      life: life(
        need.beforeCare(chance, { born, came, today, need: 'N1' }, { day: order, because: 'RC1' }),
        told,
      ),
    })
    const kai = child(making, {
      ...{ name: { forename: 'Kai', surname: 'Firth' }, sex: 'M', born: yearsAgo(today, 8) },
      life: life(need.inNeed(chance, today)),
    })
    return [{ family: { ...family(making, mother, [ellie, kai]), home: place }, worker: 'Sam Okoro' }]
  },
  async play({ db, as, account, person, today, write }) {
    await write((trx) =>
      sql`insert into involvement (person_id, kind, account_id, from_day)
          values (${person}, 'adoption-worker', ${account('Iris Coleman')}, ${addDays(today, -300)})`.execute(
        trx,
      ),
    )
    const asked = { level: 3, sections: [], reason: 'Adoption order made' }
    mustBe('allowed', (await restrict(db, await as('Iris Coleman'), person, asked)).outcome)
    const beth = await as('Beth Arnott')
    for (const { id } of await restrictionsKnown(db, beth, person))
      mustBe(undefined, await nameReader(db, beth, id, account('Iris Coleman'), true))
    await confirm({ db, as, person, today }, 'Beth Arnott', undefined)
  },
}

const missingTonight: SetPiece = {
  name: 'missing-tonight',
  title: 'Missing tonight',
  tells:
    'Kayden, fifteen, lives in a children’s home and has not come back since this morning. It is the fourth time this autumn.',
  steps: [
    { as: 'Nadia Rahman', see: 'His social worker sees it at the head of his record' },
    { as: 'Wendy Marsh', see: 'Tonight’s duty worker opens him with a reason', search: 'Kayden Lumb' },
  ],
  make(making) {
    const { chance, today } = making
    const mother = adult(making, { forename: 'Tracey', surname: 'Lumb' }, 'F', 41)
    const born = yearsAgo(today, 15, 100)
    const place = home(chance)
    const came = addDays(today, -520)
    const who = { born, home: place.postcode, today }
    const told = care.inCare(chance, who, came, 'N5', care.childrensHome(chance))
    const spells = [70, 48, 21].map((days) => ({
      kind: 'M' as const,
      start: addDays(today, -days),
      end: addDays(today, 1 - days),
    }))
    const missing = [...spells, { kind: 'M' as const, start: today, end: undefined }]
    const kayden = child(making, {
      ...{ name: { forename: 'Kayden', surname: 'Lumb' }, sex: 'M', born },
      life: life(need.beforeCare(chance, { born, came, today, need: 'N5' }), { ...told, missing }),
    })
    return [{ family: { ...family(making, mother, [kayden]), home: place }, worker: 'Nadia Rahman' }]
  },
}

const enquiryDay14: SetPiece = {
  name: 'section-47-day-14',
  title: 'A section 47 enquiry on its fourteenth day',
  tells: 'The strategy discussion about Zara was fourteen working days ago. The conference is due tomorrow.',
  steps: [{ as: 'Sam Okoro', see: 'Sam has today and tomorrow' }],
  make(making) {
    const { chance, today } = making
    const mother = adult(making, { forename: 'Nazia', surname: 'Bibi' }, 'F', 30, 'Pakistani')
    const father = adult(making, { forename: 'Mohammed', surname: 'Akhtar' }, 'M', 34, 'Pakistani')
    const start = workingDaysFrom(today, -14)
    const one = child(making, {
      ...{ name: { forename: 'Zara', surname: 'Akhtar' }, sex: 'F', father, ethnicity: 'APKN' },
      born: yearsAgo(today, 4, 90),
      life: life([
        need.referred(chance, addDays(start, -1), {
          ...{ need: 'N1', source: '2A' },
          assessments: [{ start, signed: undefined, factors: [] }],
          enquiries: [need.enquiredFrom(start, workingDaysFrom(today, 1))],
        }),
      ]),
    })
    const more = { fathers: [father], fatherAtHome: father }
    return [{ family: family(making, mother, [one], more), worker: 'Sam Okoro' }]
  },
}

const longPlan: SetPiece = {
  name: 'plan-of-16-months',
  title: 'A child protection plan of sixteen months',
  tells:
    'Freya and Archie have been on a plan for neglect for sixteen months. Reviews were held, one of them late, and little changed: where does it drift to?',
  steps: [
    { as: 'Sam Okoro', see: 'Sam’s own view of it: one family, two children, one chronology' },
    { as: 'Priya Shah', see: 'The manager, who is asked at fifteen months' },
    { as: 'Hamid Yusuf', see: 'The chair of their conferences' },
  ],
  make(making) {
    const { chance, today } = making
    const mother = adult(making, { forename: 'Leanne', surname: 'Greaves' }, 'F', 31)
    const father = adult(making, { forename: 'Craig', surname: 'Midgley' }, 'M', 30)
    const conference = weekday(monthsBefore(today, 16))
    const enquiry = need.enquiredFrom(addDays(conference, -16), conference)
    const told = life([
      need.referred(chance, addDays(enquiry.start, -2), {
        ...{ need: 'N1', source: '2A', enquiries: [enquiry] },
        assessments: [need.assessedWith(chance, enquiry)],
        protection: [
          {
            ...{ start: conference, end: undefined, category: 'NEG', latest: 'NEG', previous: 1 },
            reviews: [86, 86 + 196, 86 + 196 + 170].map((days) => weekday(addDays(conference, days))),
          },
        ],
      }),
    ])
    const [freya, archie] = [
      ['Freya', 'F', 7, mother.name.surname],
      ['Archie', 'M', 4, 'Midgley'],
    ].map(([forename, sex, years, surname]) =>
      child(making, {
        name: { forename, surname } as PersonName,
        ...{ sex: sex as 'F' | 'M', born: yearsAgo(today, years as number, 150), life: told },
        father: surname === 'Midgley' ? father : undefined,
      }),
    )
    return [{ family: family(making, mother, [freya!, archie!], { fathers: [father] }), worker: 'Sam Okoro' }]
  },
}

const death: SetPiece = {
  name: 'death',
  title: 'A child who died',
  tells:
    'Noah died at home six weeks ago, at seven months. Nothing reminds of his birthday, no letter goes out, and his sister’s record goes on.',
  steps: [
    { as: 'Tom Eccles', see: 'Tom goes on working with his sister' },
    { as: 'Greta Osei', see: 'What a manager has to see through after a death' },
  ],
  make(making) {
    const { chance, today } = making
    const mother = adult(making, { forename: 'Abbie', surname: 'Ogden' }, 'F', 24)
    const died = addDays(today, -42)
    const born = addDays(died, -215)
    const referral = addDays(died, -120)
    const signed = weekday(addDays(referral, 40))
    const assessments = [{ start: referral, signed, factors: ['1B', '4B'] }]
    const plan = addDays(signed, 2)
    const noah = child(making, {
      ...{ name: { forename: 'Noah', surname: 'Ogden' }, sex: 'M', born },
      life: life(
        [
          need.referred(chance, referral, {
            ...{ need: 'N3', source: '3B', assessments, needPlans: [{ start: plan, end: died }] },
            ...{ close: died, closedBecause: 'RC2' },
          }),
        ],
        undefined,
        died,
      ),
    })
    const ella = child(making, {
      ...{ name: { forename: 'Ella', surname: 'Ogden' }, sex: 'F', born: yearsAgo(today, 5) },
      life: life([
        need.referred(chance, referral, {
          ...{ need: 'N3', source: '3B', assessments, needPlans: [{ start: plan, end: undefined }] },
        }),
      ]),
    })
    return [{ family: family(making, mother, [noah, ella]), worker: 'Tom Eccles' }]
  },
}

const placedAbroad: SetPiece = {
  name: 'placed-abroad',
  title: 'A child placed abroad',
  tells: 'Maja lives with her aunt near Poznań, under a care order and with the court’s leave.',
  steps: [{ as: 'Nadia Rahman', see: 'Her social worker, who visits by air' }],
  make(making) {
    const { chance, today } = making
    const mother = adult(making, { forename: 'Ewelina', surname: 'Sikora' }, 'F', 36, 'Polish')
    const born = yearsAgo(today, 11)
    const place = home(chance)
    const came = addDays(today, -480)
    const aunt = { place: 'U3', provider: 'PR1', postcode: undefined, urn: 'XXXXXXX' }
    const fostered = care.inCare(
      chance,
      { born, home: place.postcode, today },
      came,
      'N1',
      care.withCarers(chance),
    )
    const order = addDays(came, 220)
    const moved = addDays(order, 45)
    const [first] = fostered.episodes
    const told = {
      ...fostered,
      missing: [],
      episodes: [
        { ...first!, end: order, endReason: 'X1', moved: undefined, status: 'C1' },
        {
          ...first!,
          start: order,
          why: 'L' as const,
          status: 'C2',
          end: moved,
          endReason: 'X1',
          moved: 'CARPL',
        },
        {
          ...first!,
          start: moved,
          why: 'P' as const,
          status: 'C2',
          where: aunt,
          end: undefined,
          endReason: undefined,
          moved: undefined,
        },
      ],
    }
    const one = child(making, {
      ...{ name: { forename: 'Maja', surname: 'Sikora' }, sex: 'F', born, ethnicity: 'WOTH' },
      life: life(need.beforeCare(chance, { born, came, today, need: 'N1' }), told),
    })
    return [{ family: { ...family(making, mother, [one]), home: place }, worker: 'Nadia Rahman' }]
  },
}

const oneFather: SetPiece = {
  name: 'father-in-two-families',
  title: 'One father, two families',
  tells:
    'Wayne Clegg is father in two households that two teams work with. What is known of him stands on both children’s records.',
  steps: [
    { as: 'Sam Okoro', see: 'Tyler’s worker reads the warning' },
    { as: 'Tom Eccles', see: 'So does Skye’s, of the other team', search: 'Skye Haigh' },
    { as: 'Dev Malik', see: 'Whoever looks him up sees both families', search: 'Wayne Clegg' },
  ],
  make(making) {
    const { chance, today } = making
    const wayne = adult(making, { forename: 'Wayne', surname: 'Clegg' }, 'M', 29)
    const tyler = child(making, {
      ...{ name: { forename: 'Tyler', surname: 'Pickles' }, sex: 'M', father: wayne },
      born: yearsAgo(today, 5, 20),
      life: life(need.inNeed(chance, today)),
    })
    const skye = child(making, {
      ...{ name: { forename: 'Skye', surname: 'Haigh' }, sex: 'F', father: wayne },
      born: yearsAgo(today, 2, 60),
      life: life(need.protectedChild(chance, today, { age: 60 })),
    })
    const toni = adult(making, { forename: 'Toni', surname: 'Pickles' }, 'F', 26)
    const chantelle = adult(making, { forename: 'Chantelle', surname: 'Haigh' }, 'F', 23)
    return [
      { family: family(making, toni, [tyler], { fathers: [wayne] }), worker: 'Sam Okoro' },
      { family: family({ ...making, number: making.number - 100 }, chantelle, [skye]), worker: 'Tom Eccles' },
    ]
  },
  async play({ account, person, today, write }) {
    await write((trx) =>
      sql`insert into risk_posed (person_id, kind, called, words, owner_id, agreed_by, agreed_on, from_day, review_on)
          select r.other_person_id, 'domestic-abuse', 'Wayne Clegg',
                 'Convicted of an assault on a former partner, with the child in the room. Not to be met alone at home.',
                 ${account('Sam Okoro')}, 'Priya Shah', ${addDays(today, -70)}, ${addDays(today, -70)}, ${addDays(today, 20)}
            from relationship r where r.person_id = ${person} and r.kind = 'father'`.execute(trx),
    )
  },
}

const malicious: SetPiece = {
  name: 'malicious-referral',
  title: 'Referrals made in bad faith',
  tells:
    'Three anonymous callers in ten weeks, each saying the same of Logan; the assessment found nothing at all. Is it known at the next call?',
  steps: [{ as: 'Dev Malik', see: 'The screener who takes the next call', search: 'Logan Kaye' }],
  make(making) {
    const { chance, today } = making
    const mother = adult(making, { forename: 'Hayley', surname: 'Kaye' }, 'F', 32)
    const father = adult(making, { forename: 'Nathan', surname: 'Kaye' }, 'M', 33)
    const assessed = addDays(today, -150)
    const signed = weekday(addDays(assessed, 30))
    const call = (days: number) =>
      need.referred(chance, addDays(today, -days), {
        ...{ source: '9', need: undefined, noFurtherAction: true },
      })
    const one = child(making, {
      ...{ name: { forename: 'Logan', surname: 'Kaye' }, sex: 'M', father },
      born: yearsAgo(today, 8),
      life: life([
        need.referred(chance, assessed, {
          ...{ source: '9', need: 'N1', close: signed, closedBecause: 'RC8' },
          assessments: [{ start: assessed, signed, factors: ['21'] }],
        }),
        call(72),
        call(41),
        call(5),
      ]),
    })
    const more = { fathers: [father], fatherAtHome: father }
    return [{ family: family(making, mother, [one], more), worker: undefined }]
  },
}

const asksForHerFile: SetPiece = {
  name: 'care-leaver-asks',
  title: 'A care leaver who asks for her file',
  tells:
    'Jade is twenty, grew up in three foster families, and wants to read what was written about her. Her request lets one officer in, for as long as it takes.',
  steps: [
    { as: 'Joan Whitelaw', see: 'The officer who answers requests opens this record and no other' },
    { as: 'Callum Reid', see: 'Her personal adviser' },
  ],
  make(making) {
    const { chance, today } = making
    const mother = adult(making, { forename: 'Donna', surname: 'Booth' }, 'F', 42)
    const born = yearsAgo(today, 20, 100)
    const came = addDays(birthday(born, 9), 30)
    const place = home(chance)
    const close = { day: weekday(addDays(birthday(born, 18), 10)), because: 'RC7' }
    const one = child(making, {
      ...{ name: { forename: 'Jade', surname: 'Booth' }, sex: 'F', born },
      life: life(
        need.beforeCare(chance, { born, came, today, need: 'N1' }, close),
        care.grewUpInCare(chance, { born, home: place.postcode, today }, came, 'N1'),
      ),
    })
    return [{ family: { ...family(making, mother, [one]), home: place }, worker: 'Callum Reid' }]
  },
  async play({ db, as, account, person, today }) {
    const { secret } = await as('Ruth Fenn')
    const { rows } = await sql<{ outcome: string }>`
      select outcome from access.make_tie(${secret}, ${account('Joan Whitelaw')}, ${person}, 'rights-request',
        ${today}::date, ${addDays(today, 90)}::date, 'She asked for her file on the telephone and proved who she is')`.execute(
      db,
    )
    mustBe('allowed', rows[0]!.outcome)
  },
}

/** In the order of the page. */
export const setPieces: readonly SetPiece[] = [
  staffChild,
  hiddenAddress,
  sealedAdoption,
  missingTonight,
  enquiryDay14,
  longPlan,
  death,
  placedAbroad,
  oneFather,
  malicious,
  asksForHerFile,
]

/** The families of every set piece, the same for the same seed and day. */
export function* makeSetPieces(
  numbers: Numbers,
  today: Day,
  seed: number,
): Generator<{ piece: SetPiece; made: Made[] }> {
  for (const [index, piece] of setPieces.entries()) {
    const making = { chance: new Chance(seed + 606, index), numbers, today, number: -1 - index }
    yield { piece, made: piece.make(making) }
  }
}

/** Somebody above makes a restriction last, as nobody does alone. */
async function confirm(
  { db, as, person }: Pick<Stage, 'db' | 'as' | 'person' | 'today'>,
  name: string,
  reviewOn: Day | undefined,
): Promise<void> {
  const session = await as(name)
  for (const { id, confirmedAt } of await restrictionsKnown(db, session, person))
    if (!confirmedAt) mustBe(undefined, await confirmRestriction(db, session, id, reviewOn))
}

/** A set piece that was refused what it needs would show something else than it says. */
function mustBe(wanted: string | undefined, outcome: string | undefined): void {
  if (outcome !== wanted) throw new Error(`The demonstration was refused: ${outcome}`)
}
