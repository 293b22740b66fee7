import { birthday } from '../../src/returns/rules/calendar.ts'
import { Chance } from './chance.ts'
import { slashed } from './dates.ts'
import type { Fields } from './mistakes.ts'
import { isPermanenceAsked, type Life, type Spell, type Year } from './ssda903-lives.ts'

/** What one year's return says of a child: rows by table. */
export interface Rows903 {
  Header: Fields[]
  Episodes: Fields[]
  Reviews: Fields[]
  UASC: Fields[]
  OC2: Fields[]
  OC3: Fields[]
  AD1: Fields[]
  PlacedAdoption: Fields[]
  PrevPerm: Fields[]
  Missing: Fields[]
  SWEpisodes: Fields[]
  DoLo: Fields[]
}

const maybe = (day: number | undefined) => (day === undefined ? undefined : slashed(day))

const isShortBreak = ({ status }: Spell) => status === 'V3' || status === 'V4'

/** What the return of a year says of a life; nothing when the child is not in it. */
export function rowsOf(life: Life, year: Year): Rows903 {
  const spells = life.episodes
    .filter(({ start, end }) => start <= year.last && (end ?? year.last) >= year.first)
    .map((spell) => (spell.end !== undefined && spell.end > year.last ? stillOpen(spell) : spell))
  const oc3 = careLeaverOf(life, spells, year)
  const isThere = spells.length > 0 || oc3.length > 0
  const inCare = spells.some((spell) => !isShortBreak(spell))
  const key = { CHILD: life.id, DOB: slashed(life.dob) }
  return {
    Header: isThere ? [headerOf(life, inCare, year)] : [],
    Episodes: spells.map((spell) => episodeOf(life, spell)),
    Reviews: inCare ? reviewsOf(life, spells, year).map((review) => ({ ...key, ...review })) : [],
    UASC: life.uasc && inCare ? [{ ...key, SEX: sex(life, year), DUC: slashed(birthday(life.dob, 18)) }] : [],
    OC2: isAllYear(spells, year) ? [{ ...key, ...healthOf(life, year) }] : [],
    OC3: oc3.map((row) => ({ ...key, ...row })),
    AD1: adoptionOf(life, spells).map((row) => ({ ...key, ...row })),
    PlacedAdoption:
      life.plan !== undefined && life.plan <= year.last && inCare
        ? [{ ...key, DATE_PLACED: slashed(life.plan) }]
        : [],
    PrevPerm: spells.length > 0 && isPermanenceAsked(life, year) ? [{ ...key, ...permanence(life) }] : [],
    Missing: life.missing
      .filter(({ start, end }) => start >= year.first && end <= year.last)
      .map(({ kind, start, end }) => ({
        ...key,
        ...{ MISSING: kind, MIS_START: slashed(start), MIS_END: slashed(end) },
      })),
    SWEpisodes: inCare ? workersOf(life, year).map((row) => ({ ...key, ...row })) : [],
    DoLo: year.name < firstYearOfOrders ? [] : ordersOf(life, year).map((row) => ({ ...key, ...row })),
  }
}

/** The year from which deprivation of liberty orders are sent. */
export const firstYearOfOrders = '2026-27'

const ordersOf = ({ orders }: Life, { first, last }: Year): Fields[] =>
  orders
    .filter(({ start, end }) => start <= last && end >= first)
    .map(({ start, end }) => ({
      DOLO_START: slashed(start),
      DOLO_END: end <= last ? slashed(end) : undefined,
    }))

const stillOpen = (spell: Spell): Spell => ({
  ...spell,
  ...{ end: undefined, endReason: undefined, moved: undefined },
})

const sex = (life: Life, year: Year) =>
  year.name < '2024-25' ? (life.girl ? '2' : '1') : life.girl ? 'F' : 'M'

function headerOf(life: Life, inCare: boolean, year: Year): Fields {
  const { firstChild } = life
  const mother = firstChild !== undefined && firstChild <= year.last
  return {
    CHILD: life.id,
    SEX: sex(life, year),
    DOB: slashed(life.dob),
    ETHNIC: life.ethnic,
    UPN: birthday(life.dob, 4) > year.last ? 'UN1' : life.upn,
    MOTHER: life.girl && inCare ? (mother ? '1' : '0') : undefined,
    MC_DOB: life.girl && inCare && mother ? slashed(firstChild!) : undefined,
  }
}

const episodeOf = (life: Life, { start, why, status, place, end, endReason, moved }: Spell): Fields => ({
  CHILD: life.id,
  DECOM: slashed(start),
  RNE: why,
  LS: status,
  CIN: life.need,
  PLACE: place.PLACE,
  PLACE_PROVIDER: place.PLACE_PROVIDER,
  DEC: maybe(end),
  REC: endReason,
  REASON_PLACE_CHANGE: moved,
  HOME_POST: life.home,
  PL_POST: place.PL_POST,
  URN: place.URN,
})

/** The first after four weeks, then twice a year. */
function reviewsOf(life: Life, spells: Spell[], year: Year): Fields[] {
  const chance = new Chance(life.turn, 1)
  const reviews: Fields[] = []
  const start = life.episodes[0]!.start
  const isInCare = (day: number) =>
    spells.some((spell) => day >= spell.start && day <= (spell.end ?? year.last))
  for (let day = start + 20; day <= year.last; day += chance.int(150, 183)) {
    const code = chance.int(1, 7)
    if (day < year.first || !isInCare(day)) continue
    reviews.push({ REVIEW: slashed(day), REVIEW_CODE: birthday(life.dob, 4) > day ? 'PN0' : `PN${code}` })
  }
  return reviews
}

const isAllYear = (spells: Spell[], { first, last }: Year): boolean =>
  spells.length > 0 &&
  !spells.some(
    (spell) =>
      isShortBreak(spell) ||
      (spell.why === 'S' && spell.start > first) ||
      (spell.endReason !== 'X1' && spell.end !== undefined && spell.end < last),
  )

function healthOf(life: Life, { first, last }: Year): Fields {
  const chance = new Chance(life.turn, first)
  const turned = (age: number) => birthday(life.dob, age) <= last
  const scored = turned(4) && birthday(life.dob, 17) >= first
  const withScore = chance.percent(85)
  const misuse = turned(10) && chance.percent(6)
  const received = chance.percent(60)
  const yes = (share: number) => (chance.percent(share) ? '1' : '0')
  return {
    SDQ_SCORE: scored && withScore ? String(chance.int(0, 40)) : undefined,
    SDQ_REASON: scored && !withScore ? chance.one(['SDQ2', 'SDQ3', 'SDQ4', 'SDQ5']) : undefined,
    CONVICTED: turned(10) ? yes(4) : undefined,
    HEALTH_CHECK: turned(5) ? undefined : yes(90),
    IMMUNISATIONS: yes(90),
    TEETH_CHECK: yes(80),
    HEALTH_ASSESSMENT: yes(90),
    SUBSTANCE_MISUSE: misuse ? '1' : '0',
    INTERVENTION_RECEIVED: misuse ? (received ? '1' : '0') : undefined,
    INTERVENTION_OFFERED: misuse && !received ? yes(70) : undefined,
  }
}

/** Of someone who left at 18 in an earlier year and is a year older now. */
function careLeaverOf(life: Life, spells: Spell[], { first, last }: Year): Fields[] {
  const nineteen = birthday(life.dob, 19)
  const end = life.episodes.at(-1)!.end
  if (spells.length > 0 || end === undefined || end >= first || nineteen < first || nineteen > last) return []
  const chance = new Chance(life.turn, first)
  if (chance.percent(8)) return [{ IN_TOUCH: chance.one(['NO', 'REFU', 'NREQ']), ACTIV: '0', ACCOM: '0' }]
  const activity = chance.one('F1 F2 P2 F4 F5 P5 G4 G5 G6'.split(' '))
  const accommodation = chance.one('B1 C1 D1 E1 K1 U1 U1 U2 Y1 Z1 S2'.split(' '))
  return [{ IN_TOUCH: 'YES', ACTIV: activity, ACCOM: accommodation }]
}

function adoptionOf(life: Life, spells: Spell[]): Fields[] {
  if (!spells.some(({ endReason }) => endReason === 'E11' || endReason === 'E12')) return []
  const chance = new Chance(life.turn, 2)
  const single = chance.percent(20)
  return [
    {
      DATE_INT: slashed(life.plan!),
      DATE_MATCH: slashed(life.match!),
      FOSTER_CARE: '0',
      NB_ADOPTR: single ? '1' : '2',
      SEX_ADOPTR: single ? 'F1' : 'MF',
      LS_ADOPTR: single ? 'L0' : 'L11',
    },
  ]
}

const permanence = ({ permanence: { kind, authority, date } }: Life): Fields => ({
  PREV_PERM: kind,
  ...{ LA_PERM: authority, DATE_PERM: date },
})

const workersOf = (life: Life, { first, last }: Year): Fields[] =>
  life.workers
    .filter(({ start, end }) => start <= last && (end ?? last) >= first)
    .map(({ id, start, end, reason }) => ({
      ...{ SW_ID: id, SW_DECOM: slashed(start) },
      ...{ SW_DEC: end !== undefined && end <= last ? slashed(end) : undefined, SW_REASON: reason },
    }))
