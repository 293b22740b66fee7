import { addDays, type Day } from '../web/words.ts'
import { Chance } from './chance.ts'
import { birthday, earliest, firstOf, lastOf } from './days.ts'
import type { Child } from './families.ts'
import { asKnownOn, type Care, type CareEpisode } from './life.ts'

/* The looked-after children return of a year: what its tables say of a child. */

type Row = Record<string, string | undefined>

/** Rows by table, in the tables' own names. */
export type ReturnRows = Readonly<Record<string, readonly Row[]>>

const british = (day: Day | undefined) => day?.split('-').reverse().join('/')

const isShortBreak = ({ status }: CareEpisode) => status === 'V3' || status === 'V4'

/**
 * @param home the family's postcode
 * @param worker the number of the social worker the child has now
 * @param ofYear the one in which the year ends
 * @returns undefined for a child who does not go in
 */
export function returnChild(
  child: Child,
  { home, worker }: { home: string; worker: string },
  ofYear: number,
  today: Day,
): ReturnRows | undefined {
  const [first, last] = [firstOf(ofYear), earliest(lastOf(ofYear), today)]
  const { care } = asKnownOn(child.life, last)
  if (!care || !child.born) return undefined
  const episodes = care.episodes.filter(({ end }) => end === undefined || end >= first)
  const leaver = leaverOf(child, care, { first, last: lastOf(ofYear) })
  if (episodes.length === 0 && !leaver) return undefined
  const inCare = episodes.some((episode) => !isShortBreak(episode))
  const within = (day: Day) => day >= first && day <= last
  const key = { CHILD: child.id, DOB: british(child.born) }
  const keyed = (rows: readonly Row[]): Row[] => rows.map((row) => ({ ...key, ...row }))
  return {
    Header: [headerOf(child, inCare, ofYear)],
    Episodes: episodes.map((episode) => episodeOf(child, care, home, episode)),
    Reviews: keyed(
      inCare
        ? care.reviews
            .filter(({ day }) => within(day))
            .map(({ day, code }) => ({ REVIEW: british(day), REVIEW_CODE: code }))
        : [],
    ),
    UASC: keyed(
      care.alone && inCare ? [{ SEX: sexOf(child, ofYear), DUC: british(birthday(child.born, 18)) }] : [],
    ),
    OC2: keyed(isAllYear(episodes, first) ? [healthOf(child, { first, last: lastOf(ofYear) })] : []),
    OC3: keyed(leaver ? [leaver] : []),
    AD1: keyed(
      episodes.some(({ endReason }) => endReason === 'E11' || endReason === 'E12')
        ? [adoptersOf(child, care)]
        : [],
    ),
    PlacedAdoption: keyed(care.adoption && inCare ? [{ DATE_PLACED: british(care.adoption.decided) }] : []),
    PrevPerm: keyed(episodes.length > 0 ? [{ PREV_PERM: 'Z1' }] : []),
    Missing: keyed(
      care.missing
        .filter(({ start, end }) => within(start) || (end === undefined && start <= last))
        .map(({ kind, start, end }) => ({ MISSING: kind, MIS_START: british(start), MIS_END: british(end) })),
    ),
    SWEpisodes: keyed(inCare && ofYear >= 2024 ? workersOf(child, worker, { first, last, today }) : []),
  }
}

const sexOf = (child: Child, ofYear: number) => (ofYear >= 2025 ? child.sex : child.sex === 'F' ? '2' : '1')

function headerOf(child: Child, inCare: boolean, ofYear: number): Row {
  const atSchool = birthday(child.born!, 4) <= lastOf(ofYear)
  const alone = child.life.care!.alone
  return {
    CHILD: child.id,
    SEX: sexOf(child, ofYear),
    DOB: british(child.born),
    ETHNIC: child.ethnicity,
    UPN: alone ? 'UN2' : ((atSchool ? child.pupilNumber : undefined) ?? 'UN1'),
    MOTHER: child.sex === 'F' && inCare ? '0' : undefined,
  }
}

const episodeOf = (child: Child, care: Care, home: string, episode: CareEpisode): Row => ({
  CHILD: child.id,
  DECOM: british(episode.start),
  RNE: episode.why,
  LS: episode.status,
  CIN: care.need,
  PLACE: episode.where.place,
  PLACE_PROVIDER: episode.where.provider,
  DEC: british(episode.end),
  REC: episode.endReason,
  REASON_PLACE_CHANGE: episode.moved,
  HOME_POST: care.alone || isShortBreak(episode) ? undefined : home,
  PL_POST: episode.where.postcode,
  URN: episode.where.urn,
})

/** In care on every day of the year, so far as it has come. */
const isAllYear = (episodes: readonly CareEpisode[], first: Day): boolean =>
  episodes.length > 0 &&
  episodes[0]!.start <= first &&
  episodes.at(-1)!.end === undefined &&
  !episodes.some((episode) => isShortBreak(episode) || (episode.why === 'S' && episode.start > first))

const chanceOf = (child: Child, year: Day) =>
  new Chance(Number(child.id.replace(/\D/g, '')), Number(year.slice(0, 4)))

function healthOf(child: Child, { first, last }: { first: Day; last: Day }): Row {
  const chance = chanceOf(child, first)
  const turned = (age: number) => birthday(child.born!, age) <= last
  const yes = (share: number) => (chance.happens(share) ? '1' : '0')
  const scored = turned(4) && birthday(child.born!, 17) >= first
  const withScore = chance.happens(0.82)
  const misuse = turned(10) && chance.happens(0.04)
  const received = chance.happens(0.5)
  return {
    SDQ_SCORE:
      scored && withScore ? String(Math.min(40, chance.whole(2, 16) + chance.short(0, 20))) : undefined,
    SDQ_REASON: scored && !withScore ? chance.one(['SDQ2', 'SDQ3', 'SDQ4', 'SDQ5']) : undefined,
    CONVICTED: turned(10) ? yes(0.03) : undefined,
    HEALTH_CHECK: turned(5) ? undefined : yes(0.92),
    IMMUNISATIONS: yes(0.84),
    TEETH_CHECK: yes(0.78),
    HEALTH_ASSESSMENT: yes(0.91),
    SUBSTANCE_MISUSE: misuse ? '1' : '0',
    INTERVENTION_RECEIVED: misuse ? (received ? '1' : '0') : undefined,
    INTERVENTION_OFFERED: misuse && !received ? yes(0.7) : undefined,
  }
}

/** Of somebody who left at eighteen the year before, and turns nineteen in this one. */
function leaverOf(child: Child, care: Care, { first, last }: { first: Day; last: Day }): Row | undefined {
  const left = care.episodes.at(-1)!.end
  const nineteen = birthday(child.born!, 19)
  if (left !== birthday(child.born!, 18) || nineteen < first || nineteen > last) return undefined
  const chance = chanceOf(child, first)
  if (chance.happens(0.07)) return { IN_TOUCH: chance.one(['NO', 'REFU', 'NREQ']), ACTIV: '0', ACCOM: '0' }
  return {
    IN_TOUCH: 'YES',
    ACTIV: chance.weighted([
      ['F1', 7],
      ['F2', 22],
      ['P2', 4],
      ['F4', 4],
      ['F5', 18],
      ['P5', 6],
      ['G4', 9],
      ['G5', 24],
      ['G6', 6],
    ] as const),
    ACCOM: chance.weighted([
      ['U1', 34],
      ['D1', 18],
      ['B1', 14],
      ['Z1', 14],
      ['E1', 5],
      ['K1', 4],
      ['C1', 3],
      ['S2', 2],
      ['X2', 3],
      ['V2', 3],
    ] as const),
  }
}

function adoptersOf(child: Child, { adoption }: Care): Row {
  const chance = chanceOf(child, adoption!.decided)
  const single = chance.happens(0.14)
  return {
    DATE_INT: british(adoption!.decided),
    DATE_MATCH: british(adoption!.matched),
    FOSTER_CARE: '0',
    NB_ADOPTR: single ? '1' : '2',
    SEX_ADOPTR: single ? 'F1' : 'MF',
    LS_ADOPTR: single ? 'L0' : 'L11',
  }
}

const whyWorkerChanged = 'MANAGE LEFTRL LEFTRL ORGRST TSPROC ABSENC OTHERS'.split(' ')

/** Social workers from the first day in care, the present one last. */
function workersOf(
  child: Child,
  now: string,
  { first, last, today }: { first: Day; last: Day; today: Day },
): Row[] {
  const chance = chanceOf(child, '2000-01-01')
  const { episodes } = child.life.care!
  const end = episodes.at(-1)!.end ?? addDays(today, 1)
  const rows: { id: string; start: Day; end: Day | undefined; reason: string }[] = []
  for (let start = episodes[0]!.start; ; ) {
    const next = addDays(start, chance.whole(200, 700))
    const reason = rows.length === 0 ? 'FCONTA' : chance.one(whyWorkerChanged)
    const isLast = next >= addDays(end, -30)
    rows.push({
      id: isLast ? now : `SW${chance.whole(10_000, 69_999)}`,
      start,
      end: isLast ? undefined : next,
      reason,
    })
    if (isLast) break
    start = next
  }
  return rows
    .filter((row) => row.start <= last && (row.end === undefined || row.end >= first))
    .map((row) => ({
      SW_ID: row.id,
      SW_DECOM: british(row.start),
      SW_DEC: row.end && row.end <= last ? british(row.end) : undefined,
      SW_REASON: row.reason,
    }))
}
