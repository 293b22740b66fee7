import { censusTables } from '../returns/reading/cin-census/tables.ts'
import { ssda903Tables } from '../returns/reading/ssda903/tables.ts'
import { collectionYear, type Load, type Source } from './model.ts'
import { peopleColumns } from './people.ts'
import type { ProblemRow, ProblemState } from './problem-store.ts'
import type { KeptRow } from './problems.ts'
import { nameOf } from './reading.ts'
import type { RunRow } from './store.ts'

/** Words of pages about imports. */

export const sourceWords: Record<Source, string> = {
  'cin-census': 'Children in need census',
  ssda903: 'Looked-after children return (SSDA903)',
  people: 'File of people',
}

/** What problems are of. */
export const problemSourceWords: Record<ProblemRow['source'], string> = {
  ...sourceWords,
  ssd: 'Load from another system',
}

export const sourceHints: Record<Source, string> = {
  'cin-census': 'One XML file: the return of one year',
  ssda903: 'All CSV files of one return together, or its XML',
  people: 'CSV: numbers, names, addresses, relationships',
}

export const stateWords: Record<RunRow['state'], string> = {
  waiting: 'Waits for its turn',
  reading: 'Being read',
  entering: 'Being entered',
  finished: 'Finished',
  unusable: 'Could not be used',
  failed: 'Stopped',
}

export const problemStateWords: Record<ProblemState, string> = {
  open: 'To be put right',
  retrying: 'Being tried again',
  mended: 'Put right',
  dismissed: 'Dismissed',
  replaced: 'Gone from a newer file',
}

export const kindWords: Record<KeptRow['kind'], string> = {
  held: 'Could not be entered',
  above: 'Where it belongs: in the record already',
  below: 'Waits with it',
}

/** The record's tables as people speak of them. */
const tableWords: Record<string, string> = {
  person: 'People',
  person_identifier: 'Numbers',
  person_name: 'Names',
  gender_identity: 'Gender identity',
  address: 'Addresses',
  contact_detail: 'Telephone and e-mail',
  person_characteristics: 'Ethnicity, language, religion',
  disability: 'Disabilities',
  mother_status: 'Mothers',
  relationship: 'Relationships',
  parental_responsibility: 'Parental responsibility',
  referral: 'Referrals',
  assessment: 'Assessments',
  assessment_factor: 'Factors found at assessment',
  cin_plan: 'Child in need plans',
  section_47: 'Section 47 enquiries',
  initial_conference: 'Initial conferences',
  child_protection_plan: 'Child protection plans',
  child_protection_review: 'Child protection reviews',
  pre_proceedings: 'Pre-proceedings',
  episode: 'Episodes of care',
  placement_whereabouts: 'Whereabouts in care',
  looked_after_review: 'Looked-after reviews',
  missing_episode: 'Missing and away',
  deprivation_of_liberty: 'Deprivation of liberty',
  uasc_status: 'Seeking asylum alone',
  previous_permanence: 'Earlier permanence',
  social_worker_episode: 'Social workers as reported',
  health_outcome: 'Health in a year',
  substance_misuse_outcome: 'Substance misuse in a year',
  conviction_outcome: 'Convictions in a year',
  sdq: 'Strengths and difficulties',
  adoption: 'Adoptions',
  placed_for_adoption: 'Decisions to place for adoption',
  care_leaver_outcome: 'Care leavers in a year',
}

export const inWords = (table: string): string => tableWords[table] ?? table

export const runName = ({ source, period }: { source: Source | Load; period: string }): string =>
  nameOf(source, period)

export const yearWords = (period: string): string => (period === '' ? '' : collectionYear(period))

/** Every column the row could have, in the order of the file; of a file of people, those that speak of the matter. */
export function columnsOf(source: ProblemRow['source'], row: KeptRow, reason: string): string[] {
  if (source === 'people')
    return peopleColumns.filter((column) => row.values[column] !== undefined || reason.includes(column))
  if (source === 'ssd') return Object.keys(row.values).filter((column) => row.values[column] !== '')
  const tables: readonly { name: string; columns: readonly string[] }[] =
    source === 'ssda903' ? ssda903Tables : censusTables
  return [...(tables.find(({ name }) => name === row.table)?.columns ?? Object.keys(row.values))]
}

/** The years a return can be said to be of, latest first: from 2015-16. */
export function yearsUntil(today: string): { value: string; text: string }[] {
  const last = Number(today.slice(0, 4)) + (today.slice(5) >= '04-01' ? 1 : 0)
  return Array.from({ length: last - 2015 }, (_, i) => String(last - i)).map((value) => ({
    value,
    text: collectionYear(value),
  }))
}
