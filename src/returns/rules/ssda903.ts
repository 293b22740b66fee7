/** All that a rule of the looked-after children return is written with. See README.md. */

import { ssda903Tables } from '../reading/ssda903/tables.ts'
import { day } from './calendar.ts'
import type { Collection } from './collection.ts'
import { inOrderOf, latestOf } from './in-order.ts'
import {
  type Found,
  makeRule,
  type ReturnShape,
  type RowTest,
  type Rule,
  type RuleDefinition,
  type VersionFacts,
} from './rule.ts'
import type { Child, LastYear } from './ssda903-child.ts'
import type {
  AD1Row,
  AdoptionPlan,
  DeprivationOfLiberty,
  Episode,
  OC2Row,
  OC3Row,
  RowOf,
  SocialWorkerSpell,
} from './ssda903-rows.ts'
import { blank, codes, type Day, filled, isDate, type Text } from './words.ts'

export * from './calendar.ts'
export { Collection } from './collection.ts'
export * from './in-order.ts'
export { only, type Row } from './row.ts'
export type { Found, Rule } from './rule.ts'
export { Child, type LastYear, type PeriodOfCare, shortBreaks, tablesOfLastYear } from './ssda903-child.ts'
export * from './ssda903-orders.ts'
export * from './ssda903-rows.ts'
export * from './unknown-parts.ts'
export * from './words.ts'

/** Temporary placements. */
export const temporaryPlacements = codes('T0 T1 T2 T3 T4')

/** Placed for adoption. */
export const adoptivePlacements = codes('A3 A4 A5 A6')

/** REC of a child who was adopted. */
export const adoptedCodes = codes('E11 E12')

/** REC of a special guardianship. */
export const specialGuardianshipCodes = codes('E45 E46 E47 E48')

/** In place of a UPN: why there is none. */
export const reasonsForNoUpn = codes('UN1 UN2 UN3 UN4 UN5')

/** Yes and no, where a field takes nothing else. */
export const yesOrNoCodes = codes('0 1')

/** Whether Ofsted's number of a provider is given, and not the seven Xs of a placement that Ofsted does not inspect. */
export const hasOfstedUrn = ({ URN }: Episode): boolean => URN !== undefined && URN !== 'XXXXXXX'

/** V3 or V4: a series of short breaks. A blank LS is none. */
export const isShortBreak = (episode: Episode): boolean => episode.LS === 'V3' || episode.LS === 'V4'

/** Whether the child ceased to be looked after with this episode: REC is filled in and is not X1. */
export const endsCare = ({ REC }: Episode): boolean => REC !== undefined && REC !== 'X1'

/**
 * The episode with which last year's return left off: its latest, when that has no readable DEC. This year's first
 * episode should be the same one.
 */
export function openLastYear(child: Child): Episode | undefined {
  const latest = child.lastYear.latestEpisode
  return latest === undefined || isDate(latest.DEC) ? undefined : latest
}

/**
 * Whether the child is unaccompanied and seeking asylum, or was last year: by the marker of the Header or, in a year
 * without that table, by a UASC row that holds more than CHILD. The DfE also counts the year before last, whose return
 * is not at hand.
 */
export const hasBeenUasc = (child: Child, collection: Collection): boolean =>
  isUasc(child, 'Header', collection) || isUasc(child.lastYear, 'Header_last', collection)

const isUasc = ({ header, UASC }: LastYear, headerTable: string, collection: Collection) =>
  header.UASC === '1' ||
  (UASC.length > 0 &&
    !collection.holds(headerTable) &&
    UASC.some(({ DOB, SEX, DUC }) => filled(DOB) || filled(SEX) || filled(DUC)))

/**
 * The UASC marker in this year's return. In a return without the Header table it is 1 for a child whose UASC row holds
 * more than CHILD and DOB, and 0 for any other.
 */
export const uascMarker = (child: Child, collection: Collection): Text =>
  collection.holds('Header') ? child.header.UASC : uascMarkerByItsTable(child)

/** The UASC marker in last year's return. */
export const uascMarkerLastYear = ({ lastYear }: Child, collection: Collection): Text =>
  collection.holds('Header_last') ? lastYear.header.UASC : uascMarkerByItsTable(lastYear)

const uascMarkerByItsTable = ({ UASC }: LastYear) =>
  UASC.some(({ SEX, DUC }) => filled(SEX) || filled(DUC)) ? '1' : '0'

/** DUC, the day on which the child ceased to be unaccompanied; blank when it is not said. */
export const endOfUasc = ({ UASC }: LastYear): Day => UASC[0]?.DUC as Day

/** Whether an episode overlaps the collection year, first and last day included. An open one goes on. */
export const isInYear = ({ DECOM, DEC }: Episode, { firstDay, lastDay }: Collection): boolean =>
  DECOM <= lastDay && (blank(DEC) || DEC >= firstDay)

/** Whether any item about a care leaver is filled in. */
export const careLeaverDetailsGiven = (oc3: OC3Row): boolean =>
  filled(oc3.IN_TOUCH) || filled(oc3.ACTIV) || filled(oc3.ACCOM)

/** Whether any item about an adoption is filled in. */
export const adoptionDetailsGiven = (ad1: AD1Row): boolean =>
  filled(ad1.DATE_INT) ||
  filled(ad1.DATE_MATCH) ||
  filled(ad1.FOSTER_CARE) ||
  filled(ad1.NB_ADOPTR) ||
  filled(ad1.SEX_ADOPTR) ||
  filled(ad1.LS_ADOPTR)

/** Whether all items about an adoption are filled in. */
export const adoptionDetailsComplete = (ad1: AD1Row): boolean =>
  filled(ad1.DATE_INT) &&
  filled(ad1.DATE_MATCH) &&
  filled(ad1.FOSTER_CARE) &&
  filled(ad1.NB_ADOPTR) &&
  filled(ad1.SEX_ADOPTR) &&
  filled(ad1.LS_ADOPTR)

/** Whether any of the items of OC2 but the SDQ is filled in. */
export const healthItemsGiven = (oc2: OC2Row): boolean =>
  filled(oc2.CONVICTED) ||
  filled(oc2.HEALTH_CHECK) ||
  filled(oc2.IMMUNISATIONS) ||
  filled(oc2.TEETH_CHECK) ||
  filled(oc2.HEALTH_ASSESSMENT) ||
  filled(oc2.SUBSTANCE_MISUSE) ||
  filled(oc2.INTERVENTION_RECEIVED) ||
  filled(oc2.INTERVENTION_OFFERED)

/** Whether the four items of OC2 that are asked of every child in care all year are filled in. */
export const coreHealthItemsComplete = (oc2: OC2Row): boolean =>
  filled(oc2.IMMUNISATIONS) &&
  filled(oc2.TEETH_CHECK) &&
  filled(oc2.HEALTH_ASSESSMENT) &&
  filled(oc2.SUBSTANCE_MISUSE)

/** The authority an episode's placement lies in (PL_LA). For rules that need `postcodes`. */
export const placementAuthority = (episode: Episode, { postcodes }: Collection): Text =>
  postcodes.authority(episode.PL_POST)

/** IN when the placement lies in the authority that makes the return, OUT when elsewhere (PL_LOCATION). */
export function placementLocation(episode: Episode, collection: Collection): Text {
  const authority = placementAuthority(episode, collection)
  if (authority === undefined) return undefined
  return authority === collection.authority ? 'IN' : 'OUT'
}

/** Miles between home and placement, to one decimal place (PL_DISTANCE). For rules that need `postcodes`. */
export const placementDistance = (episode: Episode, { postcodes }: Collection): number =>
  postcodes.miles(episode.HOME_POST, episode.PL_POST)

/**
 * Whether a placement is at another distance from home than it was last year: by 0.2 miles or more, or because the
 * distance was not known then. One that is not known now is not told.
 */
export function distanceChanged(before: Episode, now: Episode, collection: Collection): boolean {
  const [was, is] = [placementDistance(before, collection), placementDistance(now, collection)]
  return filled(is) && (blank(was) || Math.round(Math.abs(is - was) * 10) >= 2)
}

/** Whether two episodes name the same placement: its type, postcode, URN and provider, of which two blanks are the same. */
export const samePlacement = (one: Episode, other: Episode): boolean =>
  one.PLACE === other.PLACE &&
  one.PL_POST === other.PL_POST &&
  one.URN === other.URN &&
  one.PLACE_PROVIDER === other.PLACE_PROVIDER

/** Whether an adoption plan is said to have ended: by a date, readable or not, or by a reason. */
export const planEnded = ({ DATE_PLACED_CEASED, REASON_PLACED_CEASED }: AdoptionPlan): boolean =>
  filled(DATE_PLACED_CEASED) || filled(REASON_PLACED_CEASED)

/** The adoption plan with the latest readable DATE_PLACED; on a tie, the first in the file. */
export const latestPlan = ({ PlacedAdoption }: Child): AdoptionPlan | undefined =>
  latestOf(PlacedAdoption, ({ DATE_PLACED }) => DATE_PLACED)

/** Whether the child was adopted in the collection year, and so left care. */
export const adoptedInYear = ({ REC, DEC }: Episode, collection: Collection): boolean =>
  adoptedCodes.has(REC) && collection.within(DEC)

/**
 * Whether a row has another date of birth than the child's Header. It is not known when either is blank or unreadable,
 * or when there is no Header.
 */
export function hasOtherBirthDate({ DOB }: { DOB: Day }, { Header }: Child): boolean {
  for (const header of Header) if (header.DOB < DOB || header.DOB > DOB) return true
  return false
}

/** Spells of social workers that began on this day or later are to be told in full. */
export const socialWorkersToldFrom = day('2023-04-01')

/** Spells of social workers in order of SW_DECOM; without a readable one last; on a tie as in the file. */
export const spellsInOrder = ({ SWEpisodes }: Child): readonly SocialWorkerSpell[] =>
  inOrderOf(SWEpisodes, ({ SW_DECOM }) => SW_DECOM)

/**
 * Whether an episode overlaps a deprivation of liberty order of which both dates are filled in; one day is enough. An
 * episode without a readable end goes on.
 */
export const isUnderOrder = (
  { DECOM, DEC }: Episode,
  { DOLO_START, DOLO_END }: DeprivationOfLiberty,
): boolean => filled(DOLO_START) && DOLO_END >= DECOM && (!isDate(DEC) || DOLO_START <= DEC)

/** The tests a rule may have of single rows: it may have several. */
interface RowTests<V> {
  eachHeader?: RowTest<RowOf<'Header'>, Child, V>
  eachEpisode?: RowTest<RowOf<'Episodes'>, Child, V>
  eachReview?: RowTest<RowOf<'Reviews'>, Child, V>
  eachUASC?: RowTest<RowOf<'UASC'>, Child, V>
  eachOC2?: RowTest<RowOf<'OC2'>, Child, V>
  eachOC3?: RowTest<RowOf<'OC3'>, Child, V>
  eachAD1?: RowTest<RowOf<'AD1'>, Child, V>
  eachPlacedAdoption?: RowTest<RowOf<'PlacedAdoption'>, Child, V>
  eachPrevPerm?: RowTest<RowOf<'PrevPerm'>, Child, V>
  eachMissing?: RowTest<RowOf<'Missing'>, Child, V>
  eachSWEpisode?: RowTest<RowOf<'SWEpisodes'>, Child, V>
  eachDoLo?: RowTest<RowOf<'DoLo'>, Child, V>
  /** Compares each episode with the one directly before it in order of DECOM. `true` marks the later one. */
  eachNextEpisode?: (
    previous: Episode,
    episode: Episode,
    child: Child,
    collection: Collection,
    version: V,
  ) => Found
}

/** What is worked out and may be flagged though no file holds it. */
const workedOut: Record<string, string[]> = { Episodes: ['PL_LA', 'PL_LOCATION', 'PL_DISTANCE'] }

const shape: ReturnShape = {
  columns: new Map(
    ssda903Tables.map(({ name, columns }) => [name, [...columns, ...(workedOut[name] ?? [])]]),
  ),
  rowTests: {
    eachHeader: 'Header',
    eachEpisode: 'Episodes',
    eachReview: 'Reviews',
    eachUASC: 'UASC',
    eachOC2: 'OC2',
    eachOC3: 'OC3',
    eachAD1: 'AD1',
    eachPlacedAdoption: 'PlacedAdoption',
    eachPrevPerm: 'PrevPerm',
    eachMissing: 'Missing',
    eachSWEpisode: 'SWEpisodes',
    eachDoLo: 'DoLo',
  },
  pairTests: { eachNextEpisode: 'Episodes' },
}

/** Makes a rule of the looked-after children return. */
export const rule = <V extends VersionFacts = VersionFacts>(
  definition: RuleDefinition<Child, V> & RowTests<V>,
): Rule => makeRule(shape, definition as never)
