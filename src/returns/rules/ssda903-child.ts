import { ssda903Tables } from '../reading/ssda903/tables.ts'
import type { Collection } from './collection.ts'
import type { Row } from './row.ts'
import {
  type AD1Row,
  type AdoptionPlan,
  type DeprivationOfLiberty,
  type Episode,
  HeaderRow,
  type MissingSpell,
  type OC2Row,
  type OC3Row,
  type PreviousPermanence,
  type Review,
  type SocialWorkerSpell,
  type TableName,
  type UascRow,
} from './ssda903-rows.ts'
import { codes, type Day, isDate } from './words.ts'

const nobodyElse: readonly Child[] = []

/** Stands for the Header row of a child who has none: everything in it is blank. */
const noHeader = Object.freeze(new HeaderRow([], 0))

/** An unbroken run of a child's episodes. */
export interface PeriodOfCare {
  /** In order. */
  episodes: Episode[]
  start: Day
  /** DEC of its last episode; blank (or unreadable) when the period is open. */
  end: Day
}

/** LS of short breaks. A blank is neither. */
export const shortBreaks = codes('V3 V4')

/** The tables of last year's return that rules look at. The others are not read. */
export const tablesOfLastYear = [
  'Header',
  'Episodes',
  'UASC',
  'OC3',
  'PlacedAdoption',
  'Missing',
  'DoLo',
] as const satisfies readonly TableName[]

/** What last year's return says of a child. */
export type LastYear = Pick<
  Child,
  | (typeof tablesOfLastYear)[number]
  | 'header'
  | 'firstEpisode'
  | 'latestEpisode'
  | 'periodsOfCare'
  | 'withEachHeader'
>

/** Everything that one return says of one child, and what many rules ask about it. */
export class Child {
  /** As it stands in the files; null for rows without a CHILD. */
  readonly id: string | null
  readonly Header: readonly HeaderRow[]
  /** In order of DECOM; without a readable DECOM last; as in the file where DECOM is the same. */
  readonly Episodes: readonly Episode[]
  /** In the order of the file, as all that follow. */
  readonly Reviews: readonly Review[]
  readonly UASC: readonly UascRow[]
  readonly OC2: readonly OC2Row[]
  readonly OC3: readonly OC3Row[]
  readonly AD1: readonly AD1Row[]
  readonly PlacedAdoption: readonly AdoptionPlan[]
  readonly PrevPerm: readonly PreviousPermanence[]
  readonly Missing: readonly MissingSpell[]
  readonly SWEpisodes: readonly SocialWorkerSpell[]
  readonly DoLo: readonly DeprivationOfLiberty[]
  /** The child's Header row; one of blanks when there is none. */
  readonly header: HeaderRow
  /** The same child in the previous year's return; without any rows when it is not there. */
  readonly lastYear: LastYear
  #periods: PeriodOfCare[] | undefined

  /** A child of whom a return says nothing. */
  static readonly nobody: LastYear = new Child(
    null,
    ssda903Tables.map(() => []),
  )

  /** @param tables rows by place of their table in `ssda903Tables`, in the order of the file */
  constructor(id: string | null, tables: readonly (readonly Row[])[], lastYear?: LastYear) {
    this.id = id
    this.Header = tables[0] as HeaderRow[]
    this.Episodes = inOrder(tables[1] as Episode[])
    this.Reviews = tables[2] as Review[]
    this.UASC = tables[3] as UascRow[]
    this.OC2 = tables[4] as OC2Row[]
    this.OC3 = tables[5] as OC3Row[]
    this.AD1 = tables[6] as AD1Row[]
    this.PlacedAdoption = tables[7] as AdoptionPlan[]
    this.PrevPerm = tables[8] as PreviousPermanence[]
    this.Missing = tables[9] as MissingSpell[]
    this.SWEpisodes = tables[10] as SocialWorkerSpell[]
    this.DoLo = tables[11] as DeprivationOfLiberty[]
    this.header = this.Header.length > 0 ? this.Header[0]! : noHeader
    this.lastYear = lastYear ?? Child.nobody ?? this
  }

  /**
   * The same child with one Header row alone, once for each pair of one of this year's and one of last year's, where
   * there are several: rows are joined on CHILD, so every pair counts. (Several are a fault of their own: INT32.) Of a
   * child with more than ten, the first ten.
   */
  get byEachHeader(): readonly Child[] {
    if (this.Header.length < 2 && this.lastYear.Header.length < 2) return nobodyElse
    const lastYears = this.lastYear.withEachHeader(undefined)
    return lastYears.flatMap((lastYear) => this.withEachHeader(lastYear))
  }

  /** With each Header row alone, and this beside it as last year's. */
  withEachHeader(lastYear: LastYear | undefined): readonly Child[] {
    const [, ...others] = ssda903Tables.map(({ name }): readonly Row[] => this[name as TableName])
    const headers = this.Header.length === 0 ? [[]] : this.Header.slice(0, 10).map((header) => [header])
    return headers.map((Header) => new Child(this.id, [Header, ...others], lastYear))
  }

  /** The episode with the earliest readable DECOM; on a tie, the first in the file. */
  get firstEpisode(): Episode | undefined {
    const first = this.Episodes[0]
    return first !== undefined && isDate(first.DECOM) ? first : undefined
  }

  /** The episode with the latest readable DECOM (never mind DEC); on a tie, the first in the file. */
  get latestEpisode(): Episode | undefined {
    let latest: Episode | undefined
    for (const episode of this.Episodes) {
      if (isDate(episode.DECOM) && (latest === undefined || episode.DECOM > latest.DECOM)) latest = episode
    }
    return latest
  }

  /**
   * Unbroken runs of episodes. A new one begins only when DECOM is later than the DEC of the episode before: on the
   * same day, over an overlap and behind an open episode the period goes on. Episodes without a readable DECOM are
   * left out; RNE, REC and LS play no part.
   */
  get periodsOfCare(): readonly PeriodOfCare[] {
    if (this.#periods === undefined) this.#periods = periodsOf(this.Episodes)
    return this.#periods
  }

  /** Looked after all through the year: it trusts RNE and REC and does not look for gaps. */
  isContinuouslyLookedAfter({ firstDay, lastDay }: Collection): boolean {
    let touches = false
    for (const { DECOM, DEC, RNE, REC, LS } of this.Episodes) {
      const touchesYear = DECOM <= lastDay && (!isDate(DEC) || DEC >= firstDay)
      if (touchesYear && shortBreaks.has(LS)) return false
      if (RNE === 'S' && DECOM > firstDay && DECOM <= lastDay) return false
      if (REC !== 'X1' && DEC >= firstDay && DEC < lastDay) return false
      if (touchesYear) touches = true
    }
    return touches
  }
}

/** Orders episodes by DECOM and links neighbours. */
function inOrder(episodes: readonly Episode[]): readonly Episode[] {
  let ordered = episodes
  for (let i = 1; i < episodes.length; i++) {
    if (place(episodes[i - 1]!) <= place(episodes[i]!)) continue
    ordered = [...episodes].sort((one, other) => place(one) - place(other))
    break
  }
  for (let i = 1; i < ordered.length; i++) {
    const before = ordered[i - 1]!
    const episode = ordered[i]!
    if (episode.previous === before) continue
    episode.previous = before
    before.next = episode
  }
  return ordered
}

const place = ({ DECOM }: Episode) => (isDate(DECOM) ? DECOM : Number.MAX_SAFE_INTEGER)

function periodsOf(episodes: readonly Episode[]): PeriodOfCare[] {
  const periods: PeriodOfCare[] = []
  let open: PeriodOfCare | undefined
  for (const episode of episodes) {
    if (!isDate(episode.DECOM)) continue
    if (open === undefined || episode.DECOM > open.end) {
      open = { episodes: [episode], start: episode.DECOM, end: episode.DEC }
      periods.push(open)
    } else {
      open.episodes.push(episode)
      open.end = episode.DEC
    }
  }
  return periods
}
