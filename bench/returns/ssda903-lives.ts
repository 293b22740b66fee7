import { dayNumber } from '../../src/returns/reading/days.ts'
import { birthday } from '../../src/returns/rules/calendar.ts'
import { startYear } from '../../src/returns/rules/collection.ts'
import { Chance } from './chance.ts'
import { upnOf } from './cin-census.ts'
import {
  childrensHome,
  fosterPlace,
  homePostcode,
  inHospital,
  type Place,
  supportedHome,
  withAdopters,
  withParents,
} from './places.ts'

/**
 * Invented lives of looked-after children. A life is told once, from the first day in care to the last; the returns
 * of two years are both made of it, so that they agree.
 */
export interface Life {
  id: string
  girl: boolean
  dob: number
  ethnic: string
  upn: string
  /** Came alone and seeks asylum. */
  uasc: boolean
  /** The day on which her first child was born. */
  firstChild: number | undefined
  home: string | undefined
  need: string
  /** In order. Without an end: still going on. */
  episodes: Spell[]
  /** The decision that the child should be placed for adoption, and the match with the adopters. */
  plan: number | undefined
  match: number | undefined
  permanence: { kind: string; authority: string | undefined; date: string | undefined }
  missing: { kind: string; start: number; end: number }[]
  /** Deprivation of liberty orders, while in a children's home that is not secure. */
  orders: { start: number; end: number }[]
  workers: { id: string; start: number; end: number | undefined; reason: string }[]
  /** What stays the same of how the child is, and how the reviews went: a number to make it of. */
  turn: number
}

export interface Spell {
  start: number
  why: 'S' | 'L' | 'P' | 'B'
  status: string
  place: Place | { PLACE: string; PLACE_PROVIDER: string; URN: undefined; PL_POST: undefined }
  end: number | undefined
  endReason: string | undefined
  moved: string | undefined
}

/** A year that is returned: its first day and its last. */
export interface Year {
  name: string
  first: number
  last: number
}

export const yearOf = (name: string): Year => ({
  name,
  first: dayNumber(startYear(name), 4, 1),
  last: dayNumber(startYear(name) + 1, 3, 31),
})

const ethnicities =
  'WBRI WBRI WBRI WBRI WBRI WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT'.split(
    ' ',
  )
const whyMoved = 'CARPL CARPL CARPL CLOSE ALLEG STAND CREQB CREQO CHILD LAREQ OTHER'.split(' ')
const whyWorkerChanged = 'MANAGE LEFTRL ORGRST TSPROC ABSENC OTHERS'.split(' ')

/** Begins no earlier than PREV_PERM is asked for, so that both kinds of children are there. */
const permanenceAsked = dayNumber(2016, 4, 1)

/** @param number its place in the return, from 0 */
export function inventLife(seed: number, number: number, year: Year): Life {
  const chance = new Chance(seed, number)
  const story = chance.weighted([
    [longInCare, 46],
    [cameThisYear, 17],
    [wentHome, 9],
    [turnedEighteen, 7],
    [cameBack, 3],
    [cameAlone, 6],
    [shortBreaks, 3],
    [forAdoption, 4],
    [careLeaver, 5],
  ])
  const life = story(chance, year, base(chance, number))
  life.missing = story === shortBreaks ? [] : missingSpells(chance, year, life)
  life.workers = story === shortBreaks ? [] : workersOf(chance, life)
  life.orders = ordersOf(life, year)
  return life
}

function base(chance: Chance, number: number): Life {
  return {
    id: String(100_000 + number),
    girl: chance.percent(45),
    ...{ dob: 0, ethnic: chance.one(ethnicities), upn: upnOf(number), uasc: false },
    firstChild: undefined,
    home: homePostcode(chance),
    need: chance.weighted([
      ['N1', 60],
      ['N2', 5],
      ['N3', 5],
      ['N4', 10],
      ['N5', 14],
      ['N6', 3],
      ['N8', 3],
    ]),
    episodes: [],
    ...{ plan: undefined, match: undefined },
    permanence: { kind: 'Z1', authority: undefined, date: undefined },
    ...{ missing: [], orders: [], workers: [], turn: chance.int(0, 1 << 30) },
  }
}

const years = (howMany: number) => Math.floor(howMany * 365.25)

/** Where a child of this age may be placed. */
function placeFor(chance: Chance, age: number, year: Year): Place {
  if (age >= 16 && year.name >= '2024-25' && chance.percent(35)) return supportedHome(chance)
  return age >= 10 && chance.percent(25) ? childrensHome(chance) : fosterPlace(chance)
}

const ageAt = (life: Life, day: number) => Math.floor((day - life.dob) / 365.25)

/**
 * A stay in care with its changes.
 * @param howOften days between changes, about
 */
function stay(
  chance: Chance,
  life: Life,
  year: Year,
  start: number,
  end: number | undefined,
  howOften = 300,
) {
  const spells: Spell[] = []
  let status = life.uasc || chance.percent(30) ? 'V2' : 'C1'
  const begin = (day: number, why: Spell['why'], place: Spell['place']) => {
    const before = spells.at(-1)
    if (before !== undefined) {
      before.end = day
      before.endReason = 'X1'
      if (why !== 'L' && why !== 'S' && before.place.PLACE !== 'T1' && place.PLACE !== 'T1')
        before.moved = chance.one(whyMoved)
    }
    spells.push({ start: day, why, status, place, end: undefined, endReason: undefined, moved: undefined })
  }
  begin(start, 'S', placeFor(chance, ageAt(life, start), year))
  const until = (end ?? year.last) - 50
  for (let day = start + chance.int(20, howOften * 2); day < until; day += chance.int(60, howOften * 2)) {
    const { place } = spells.at(-1)!
    const change = chance.int(1, 100)
    if (change <= 35 && status === 'C1') {
      status = 'C2'
      begin(day, 'L', place)
    } else if (change <= 40 && status === 'C1') {
      status = 'C2'
      begin(
        day,
        'B',
        another(place, () => placeFor(chance, ageAt(life, day), year)),
      )
    } else if (change <= 44 && status === 'C2' && life.home !== undefined) {
      begin(
        day,
        'P',
        another(place, () => withParents(life.home!)),
      )
    } else if (change <= 47) {
      begin(day, 'P', inHospital(chance))
      begin(day + chance.int(2, 30), 'P', place)
    } else
      begin(
        day,
        'P',
        another(place, () => placeFor(chance, ageAt(life, day), year)),
      )
  }
  if (end !== undefined) spells.at(-1)!.end = end
  return spells
}

/** A place that is not the one before. */
function another(before: Spell['place'], choose: () => Place): Place {
  let place = choose()
  for (let tries = 0; place.PL_POST === before.PL_POST && tries < 9; tries++) place = choose()
  return place.PL_POST === before.PL_POST ? { ...place, PL_POST: 'RH1 0AA' } : place
}

/** An earlier permanence arrangement, of which it is asked when care starts. */
function permanenceOf(chance: Chance, life: Life): Life['permanence'] {
  const start = life.episodes[0]!.start
  if (!chance.percent(7) || start - life.dob < years(2)) return life.permanence
  const date = new Date((start - chance.int(30, 300)) * 86_400_000).toISOString()
  const [ofYear, month] = date.split('-')
  return {
    kind: chance.one(['P1', 'P2', 'P3']),
    authority: '846',
    date: chance.percent(30) ? `ZZ/ZZ/${Number(ofYear) - 1}` : `05/${month}/${Number(ofYear) - 1}`,
  }
}

/** In care since before last year, or since last year, and still. */
function longInCare(chance: Chance, year: Year, life: Life): Life {
  const start = year.first - (chance.percent(20) ? chance.int(10, 350) : chance.int(370, years(6)))
  life.dob = Math.min(start, year.last - years(17) + chance.int(0, years(15))) - chance.int(1, 40)
  life.episodes = stay(chance, life, year, start, undefined, 500)
  life.permanence = permanenceOf(chance, life)
  return asMother(chance, year, life)
}

function cameThisYear(chance: Chance, year: Year, life: Life): Life {
  const start = chance.int(year.first, year.last)
  life.dob = start - chance.int(1, years(17) - 400)
  life.episodes = stay(chance, life, year, start, undefined, 200)
  life.permanence = permanenceOf(chance, life)
  return life
}

function wentHome(chance: Chance, year: Year, life: Life): Life {
  const start = year.first - chance.int(-100, years(3))
  const end = chance.int(Math.max(year.first, start + 30), year.last - 2)
  life.dob = start - chance.int(1, years(12))
  life.episodes = stay(chance, life, year, start, end)
  life.episodes.at(-1)!.endReason = chance.one(['E4A', 'E4A', 'E4B', 'E13', 'E41', 'E47', 'E8'])
  life.permanence = permanenceOf(chance, life)
  return life
}

function turnedEighteen(chance: Chance, year: Year, life: Life): Life {
  const end = chance.int(year.first + 1, year.last - 2)
  life.dob = eighteenBefore(end)
  const start = Math.max(end - chance.int(400, years(5)), life.dob + years(12))
  life.episodes = stay(chance, life, year, start, birthday(life.dob, 18), 400)
  life.episodes.at(-1)!.endReason = chance.one(['E5', 'E6', 'E8', 'E7'])
  life.permanence = permanenceOf(chance, life)
  return life
}

/** Born so that the 18th birthday is that day or, where there is no such day, the one before. */
function eighteenBefore(day: number): number {
  const date = new Date(day * 86_400_000)
  return dayNumber(date.getUTCFullYear() - 18, date.getUTCMonth() + 1, Math.min(28, date.getUTCDate()))
}

/** Went home this year and came into care again. */
function cameBack(chance: Chance, year: Year, life: Life): Life {
  const start = year.first - chance.int(20, 500)
  const end = chance.int(year.first + 5, year.first + 120)
  const again = end + chance.int(10, 100)
  life.dob = start - chance.int(100, years(11))
  const first = stay(chance, life, year, start, end)
  first.at(-1)!.endReason = chance.one(['E4A', 'E4B'])
  life.episodes = [...first, ...stay(chance, life, year, again, undefined)]
  return life
}

/** Unaccompanied, seeking asylum. */
function cameAlone(chance: Chance, year: Year, life: Life): Life {
  const start = chance.int(year.first - 300, year.last - 10)
  life.dob = year.last - years(18) + chance.int(10, years(2) - 10)
  life.uasc = true
  life.home = undefined
  life.upn = 'UN2'
  life.need = 'N8'
  life.episodes = stay(chance, life, year, start, undefined, 400)
  return life
}

/** A series of short breaks, each told for itself or all as one agreement. */
function shortBreaks(chance: Chance, year: Year, life: Life): Life {
  life.dob = year.first - chance.int(years(4), years(14))
  life.home = undefined
  life.need = 'N2'
  const place = { PLACE: 'R1', PLACE_PROVIDER: 'PR5', URN: undefined, PL_POST: undefined }
  const spell = (start: number, status: string, end?: number): Spell => ({
    ...{ start, why: 'S', status, place, end, endReason: end === undefined ? undefined : 'E4A' },
    moved: undefined,
  })
  if (chance.percent(40)) life.episodes = [spell(year.first - chance.int(10, 500), 'V4')]
  else
    for (let day = year.first - 200; day < year.last - 20; day += chance.int(30, 70)) {
      const start = day < year.first && day > year.first - 10 ? year.first + 1 : day
      life.episodes.push(spell(start, 'V3', start + chance.int(2, 6)))
      day = start
    }
  return life
}

function forAdoption(chance: Chance, year: Year, life: Life): Life {
  const start = year.first - chance.int(250, 340)
  const plan = start + chance.int(90, 160)
  const order = plan + chance.int(10, 40)
  const placed = order + chance.int(30, 60)
  life.dob = start - chance.int(1, years(4))
  life.plan = plan
  life.match = placed - chance.int(1, 12)
  const fostered = fosterPlace(chance)
  const adopters = withAdopters(chance)
  const end = chance.percent(60) ? chance.int(year.first + 100, year.last - 5) : undefined
  const between = { end: undefined, endReason: undefined, moved: undefined } as const
  life.episodes = [
    { start, why: 'S', status: 'C1', place: fostered, ...between, end: order, endReason: 'X1' },
    {
      ...{ start: order, why: 'L', status: 'E1', place: fostered },
      ...{ end: placed, endReason: 'X1', moved: 'CARPL' },
    },
    { start: placed, why: 'P', status: 'E1', place: adopters, ...between, end },
  ]
  if (end !== undefined) life.episodes[2]!.endReason = chance.one(['E11', 'E12'])
  return life
}

/** Left care at 18 last year. */
function careLeaver(chance: Chance, year: Year, life: Life): Life {
  const end = chance.int(year.first - 265, year.first - 3)
  life.dob = eighteenBefore(end)
  const start = end - chance.int(200, years(3))
  life.episodes = stay(chance, life, year, start, birthday(life.dob, 18), 500)
  life.episodes.at(-1)!.endReason = chance.one(['E5', 'E6', 'E8'])
  return life
}

/** Some girls have a child while in care. */
function asMother(chance: Chance, year: Year, life: Life): Life {
  const start = life.episodes[0]!.start
  const earliest = Math.max(start, life.dob + years(14))
  if (life.girl && earliest < year.last - 60 && chance.percent(10))
    life.firstChild = chance.int(Math.max(earliest, year.first - 300), year.last - 5)
  return life
}

function missingSpells(chance: Chance, year: Year, life: Life): Life['missing'] {
  if (ageAt(life, year.last) < 11 || !chance.percent(20)) return []
  const spells: Life['missing'] = []
  for (const spell of life.episodes) {
    const until = (spell.end ?? year.last) - 8
    for (let day = Math.max(spell.start, year.first - 365) + chance.int(3, 90); day < until; ) {
      const end = day + chance.int(0, 3)
      if (end < year.first === day < year.first)
        spells.push({ kind: chance.percent(70) ? 'M' : 'A', start: day, end: Math.max(end, day + 1) })
      day += chance.int(8, 200)
    }
  }
  return spells.filter(({ start, end }) => end < year.first || start >= year.first)
}

/** One order, or another on the day it ends, in some of the longer stays in a children's home. */
function ordersOf(life: Life, year: Year): Life['orders'] {
  const chance = new Chance(life.turn, 3)
  const orders: Life['orders'] = []
  for (const spell of life.episodes) {
    const last = (spell.end ?? year.last + 200) - 5
    if (spell.place.PLACE !== 'K2' || !chance.percent(60)) continue
    for (let start = spell.start + chance.int(5, 40), turn = 0; turn < 2; turn++) {
      const end = start + chance.int(28, 90)
      if (end > last) break
      orders.push({ start, end })
      if (chance.percent(60)) break
      start = end
    }
  }
  return orders
}

function workersOf(chance: Chance, life: Life): Life['workers'] {
  const workers: Life['workers'] = []
  const end = life.episodes.at(-1)!.end ?? Number.POSITIVE_INFINITY
  const worker = () => `SW${chance.int(10_000, 99_999)}`
  let start = life.episodes[0]!.start
  for (let turn = 0; ; turn++) {
    const again = life.episodes.find((spell) => spell.why === 'S' && spell.start > start)
    const next = Math.min(start + chance.int(180, 600), again?.start ?? Number.POSITIVE_INFINITY)
    const goesOn = next > Math.min(end, life.episodes.at(-1)!.start + 300)
    workers.push({
      ...{ id: worker(), start, end: goesOn ? undefined : next },
      reason: turn === 0 ? 'FCONTA' : chance.one(whyWorkerChanged),
    })
    if (goesOn) return workers
    start = next
  }
}

export const isPermanenceAsked = (life: Life, year: Year): boolean =>
  life.episodes.filter(({ start }) => start <= year.last).at(-1)!.start >= permanenceAsked
