import { addDays, type Day, daysBetween } from '../web/words.ts'
import type { Chance } from './chance.ts'
import { postcodeOf } from './city.ts'
import { birthday, earliest, latest, returnYear, weekday } from './days.ts'
import type { Care, CareEpisode, PlaceOfCare } from './life.ts'

/** Who is cared for, as far as where they may live goes by it. */
export interface Cared {
  readonly born: Day
  /** The family's postcode; none for whoever came alone. */
  readonly home: string | undefined
  readonly today: Day
}

// ---------------------------------------------------------------------------------------------------------
// Where children live. Nobody but with parents is placed in a postcode of a family: FX8 and FX9 are carers', FY is far.

const near = (n: number) => postcodeOf(`FX${8 + (n % 2)}`, Math.floor(n / 2))
const far = (n: number) => postcodeOf(`FY${1 + (n % 5)}`, Math.floor(n / 5))
const urn = (n: number) => `SC${400_000 + n}`

/** The authority's own foster carers, or an agency's; kin are assessed and paid by the authority. */
function fosterPlace(chance: Chance, { kin = 0.18, longTerm = 0.35 } = {}): PlaceOfCare {
  const lasting = chance.happens(longTerm)
  if (chance.happens(kin))
    return {
      place: lasting ? 'U1' : 'U3',
      ...{ provider: 'PR1', postcode: near(chance.whole(0, 299)), urn: urn(0) },
    }
  const place = lasting ? 'U4' : 'U6'
  if (chance.happens(0.6))
    return { place, provider: 'PR1', postcode: near(chance.whole(300, 599)), urn: urn(0) }
  const agency = chance.whole(1, 12)
  return { place, provider: 'PR4', postcode: far(chance.whole(0, 499)), urn: urn(agency) }
}

/** A children's home, the authority's own or another's. */
export function childrensHome(chance: Chance): PlaceOfCare {
  const home = chance.whole(0, 39)
  return home < 6
    ? { place: 'K2', provider: 'PR1', postcode: near(600 + home), urn: urn(100 + home) }
    : {
        place: 'K2',
        provider: 'PR4',
        postcode: home < 20 ? near(600 + home) : far(600 + home),
        urn: urn(100 + home),
      }
}

function supported(chance: Chance): PlaceOfCare {
  const home = chance.whole(0, 19)
  return { place: 'K3', provider: 'PR4', postcode: near(700 + home), urn: urn(200 + home) }
}

const withParents = (home: string): PlaceOfCare => ({
  place: 'P1',
  provider: 'PR0',
  postcode: home,
  urn: undefined,
})
const inHospital = (chance: Chance): PlaceOfCare => ({
  ...{ place: 'T1', provider: undefined, urn: undefined, postcode: near(800 + chance.whole(0, 3)) },
})
const withAdopters = (chance: Chance): PlaceOfCare => ({
  place: 'A6',
  ...{ provider: 'PR5', urn: 'XXXXXXX', postcode: far(700 + chance.whole(0, 99)) },
})

/** A foster family who are strangers. */
export const withCarers = (chance: Chance): PlaceOfCare => fosterPlace(chance, { kin: 0, longTerm: 0 })

/** Supported accommodation has been in the return since then. */
const supportedSince = '2024-04-01'

function placeFor(chance: Chance, { born }: Cared, day: Day): PlaceOfCare {
  if (birthday(born, 16) <= day && day >= supportedSince && chance.happens(0.35)) return supported(chance)
  return birthday(born, 11) <= day && chance.happens(0.28) ? childrensHome(chance) : fosterPlace(chance)
}

/** A place that is not the one before. */
function another(before: PlaceOfCare, choose: () => PlaceOfCare): PlaceOfCare {
  for (;;) {
    const place = choose()
    if (place.postcode !== before.postcode) return place
  }
}

const whyMoved = 'CARPL CARPL CARPL CARPL CREQB CREQO CLOSE STAND CHILD LAREQ'.split(' ')

/** Episodes as they grow: each begins on the day on which the one before ends. */
class Stay {
  readonly episodes: CareEpisode[] = []
  constructor(private readonly chance: Chance) {}

  begin(start: Day, why: CareEpisode['why'], status: string, where: PlaceOfCare): void {
    const before = this.episodes.at(-1)
    if (before) {
      const moves = why !== 'L' && before.where.place !== 'T1' && where.place !== 'T1'
      this.episodes[this.episodes.length - 1] = {
        ...before,
        end: start,
        endReason: 'X1',
        moved: moves ? this.chance.one(whyMoved) : undefined,
      }
    }
    this.episodes.push({ start, why, status, where, end: undefined, endReason: undefined, moved: undefined })
  }

  end(day: Day, reason: string): void {
    const last = this.episodes.pop()!
    this.episodes.push({ ...last, end: day, endReason: reason })
  }

  get last(): CareEpisode {
    return this.episodes.at(-1)!
  }
}

/**
 * A time in care with its changes of place and legal status.
 * @param steadiness days between changes, about
 */
function stay(
  chance: Chance,
  who: Cared,
  start: Day,
  end: { day: Day; reason: string } | undefined,
  { agreed = 0.28, steadiness = 620, place = placeFor(chance, who, start) } = {},
): CareEpisode[] {
  const told = new Stay(chance)
  const byAgreement = chance.happens(agreed)
  told.begin(start, 'S', byAgreement ? 'V2' : 'C1', place)
  const last = end?.day ?? who.today
  const ordered = byAgreement ? undefined : addDays(start, chance.whole(170, 300))
  if (ordered && ordered < addDays(last, -30)) told.begin(ordered, 'L', 'C2', told.last.where)
  let day = addDays(told.last.start, chance.whole(30, steadiness))
  for (; day < addDays(last, -45); day = addDays(day, chance.whole(60, steadiness * 2))) {
    const { where, status } = told.last
    if (chance.happens(0.05)) {
      told.begin(day, 'P', status, inHospital(chance))
      told.begin(addDays(day, chance.whole(2, 20)), 'P', status, where)
    } else if (status === 'C2' && who.home && chance.happens(0.08) && where.place !== 'P1') {
      told.begin(day, 'P', status, withParents(who.home))
    } else
      told.begin(
        day,
        'P',
        status,
        another(where, () => placeFor(chance, who, day)),
      )
  }
  if (end) told.end(end.day, end.reason)
  return told.episodes
}

/** First within 20 working days, the second within three months, then within six; one in fourteen late. */
function reviewsOf(chance: Chance, born: Day, from: Day, to: Day): Care['reviews'] {
  const reviews: { day: Day; code: string }[] = []
  const late = () => (chance.happens(0.07) ? chance.whole(8, 25) : 0)
  let day = weekday(addDays(from, chance.whole(18, 24) + late()))
  for (let step = 84; day < to; step = 176) {
    const code =
      birthday(born, 4) > day
        ? 'PN0'
        : chance.weighted([
            ['PN1', 45],
            ['PN2', 5],
            ['PN3', 4],
            ['PN4', 6],
            ['PN5', 8],
            ['PN6', 24],
            ['PN7', 8],
          ] as const)
    reviews.push({ day, code })
    day = weekday(addDays(day, step - chance.whole(0, 16) + late()))
  }
  return reviews
}

function care(
  chance: Chance,
  who: Cared,
  need: string,
  episodes: CareEpisode[],
  more: Partial<Care> = {},
): Care {
  const ends = episodes.at(-1)!.end ?? addDays(who.today, 1)
  const adopting = more.adoption !== undefined
  return {
    need,
    episodes,
    reviews: reviewsOf(chance, who.born, episodes[0]!.start, ends),
    missing: adopting ? [] : missingSpells(chance, who, episodes[0]!.start, ends),
    adoption: undefined,
    alone: false,
    ...more,
  }
}

/** One in eight of those over twelve goes missing, and whoever does does so again. */
function missingSpells(chance: Chance, { born, today }: Cared, from: Day, to: Day): Care['missing'] {
  const spells: { kind: 'M' | 'A'; start: Day; end: Day | undefined }[] = []
  const since = latest(birthday(born, 12), from, addDays(today, -700))
  if (since >= addDays(to, -30) || !chance.happens(0.14)) return spells
  for (
    let day = addDays(since, chance.whole(5, 120));
    day < addDays(to, -8);
    day = addDays(day, chance.whole(9, 160))
  ) {
    const end = addDays(
      day,
      chance.weighted([
        [1, 75],
        [2, 15],
        [4, 10],
      ] as const),
    )
    // One that lies over the turn of a return's year would be told in two returns.
    if (returnYear(day) === returnYear(end))
      spells.push({ kind: chance.happens(0.8) ? 'M' : 'A', start: day, end })
  }
  return spells
}

// ---------------------------------------------------------------------------------------------------------
// Whole times in care.

/** In care since then, and still. @param place where the first placement is, when it matters */
export function inCare(chance: Chance, who: Cared, start: Day, need: string, place?: PlaceOfCare): Care {
  return care(
    chance,
    who,
    need,
    stay(chance, who, start, undefined, place ? { place, steadiness: 4000 } : {}),
  )
}

/** Went home, to a special guardian or to relatives on that day. */
export function cameOut(chance: Chance, who: Cared, start: Day, end: Day, need: string) {
  const told = stay(chance, who, start, { day: end, reason: 'E4A' }, { steadiness: 900 })
  const last = told.pop()!
  // Whoever fostered the child may have become the guardian.
  const fostered = { U1: 'E45', U3: 'E45', U4: 'E46', U6: 'E46' }[last.where.place as 'U1']
  const guardians = fostered && fostered === 'E45' ? 45 : 8
  const reason = chance.weighted([
    ['E4A', 50],
    ['E4B', 8],
    [fostered ?? 'E4A', guardians],
    ['E47', 5],
    ['E13', 8],
    ['E41', 12],
  ])
  return { reason, care: care(chance, who, need, [...told, { ...last, endReason: reason }]) }
}

/** To the eighteenth birthday. */
export function grewUpInCare(chance: Chance, who: Cared, start: Day, need: string): Care {
  const reason = chance.weighted([
    ['E17', 34],
    ['E5', 46],
    ['E6', 8],
    ['E7', 6],
    ['E8', 6],
  ] as const)
  return care(
    chance,
    who,
    need,
    stay(chance, who, start, { day: birthday(who.born, 18), reason }, { steadiness: 1100 }),
  )
}

/** Came alone to this country, at sixteen or so. */
export function cameAlone(chance: Chance, who: Cared, start: Day): Care {
  const turns = birthday(who.born, 18)
  const end = turns <= who.today ? { day: turns, reason: 'E5' } : undefined
  const episodes = stay(chance, { ...who, home: undefined }, start, end, { agreed: 1, steadiness: 500 })
  return care(chance, who, 'N8', episodes, { alone: true })
}

/** Short breaks by one agreement. */
export function shortBreaks(chance: Chance, who: Cared, start: Day): Care {
  const where = { place: 'R1', provider: 'PR5', postcode: undefined, urn: undefined }
  const told = new Stay(chance)
  told.begin(start, 'S', 'V4', where)
  return { ...care(chance, who, 'N2', told.episodes), reviews: [], missing: [] }
}

/**
 * From care to adoption: interim care order, the decision, a placement order, adopters; the order a half year later.
 * @param start the day in care, of a child under four
 * @param byToday whether the adoption order is to be made before today
 */
export function forAdoption(chance: Chance, who: Cared, start: Day, need: string, byToday: boolean): Care {
  const told = new Stay(chance)
  const decided = addDays(start, chance.whole(110, 170))
  const ordered = addDays(decided, chance.whole(12, 40))
  const placed = addDays(ordered, chance.whole(40, 75))
  const fostered = fosterPlace(chance, { kin: 0, longTerm: 0 })
  const adoption = { decided, matched: addDays(placed, -chance.whole(4, 14)) }
  told.begin(start, 'S', 'C1', fostered)
  told.begin(ordered, 'L', 'E1', fostered)
  told.begin(placed, 'P', 'E1', withAdopters(chance))
  told.episodes[1] = { ...told.episodes[1]!, moved: 'CARPL' }
  const order = addDays(placed, chance.whole(160, 260))
  if (byToday) told.end(earliest(order, addDays(who.today, -20)), chance.one(['E11', 'E12']))
  return care(chance, who, need, told.episodes, { adoption })
}

/** Days a child has to be in care for all of it to come about, before the adoption order. */
export const daysToAdoption = 170 + 40 + 75 + 260

/** How long children have been in care who are in care on a day: a third less than a year, some from their early years. */
export const daysInCare = (chance: Chance, born: Day, today: Day): number =>
  Math.min(chance.short(4, 3_600), Math.max(3, daysBetween(born, today) - 2))
