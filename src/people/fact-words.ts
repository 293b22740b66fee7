import { codeSets, labelOf } from '../codes/codes.ts'
import { formatMoment, formatShortDate } from '../web/words.ts'
import type { Column } from './facts-store.ts'
import { relationTo } from './relation-words.ts'
import { yesNo } from './sources.ts'
import { basisWords, kindWords } from './words.ts'

/** A day of a fact as a cell that sorts by the day: empty where there is none. */
export const dayCell = (day: string | null) =>
  day ? { text: formatShortDate(day), value: day } : { text: '', value: '' }

/** What a code says, with the code beneath it: analysts read codes, workers words. */
export const codeCell = (set: string, code: string | null) => {
  if (!code) return ''
  const label = labelOf(set, code)
  return label === code ? code : { text: label, sub: code }
}

/** What columns whose names say nothing to a reader hold. */
const columnWords: Readonly<Record<string, string>> = {
  account_id: 'Worker',
  team_id: 'Team',
  other_person_id: 'Who',
  holder_person_id: 'Who holds it',
  other_name: 'Name as this record has it',
  from_day: 'From',
  to_day: 'To',
  decom: 'Began',
  rne: 'Why a new episode began',
  ls: 'Legal status',
  cin: 'Category of need',
  place: 'Kind of placement',
  place_provider: 'Provided by',
  dec: 'Ended',
  rec: 'Why it ended',
  reason_place_change: 'Why the placement changed',
  home_post: 'Home postcode',
  pl_post: 'Placed at',
  urn: 'Ofsted number of the place',
  review: 'Held on',
  review_code: 'How the child took part',
  missing: 'Missing or away',
  mis_start: 'Missing from',
  mis_end: 'Missing to',
  mis_start_at: 'Missing from, at',
  mis_end_at: 'Missing to, at',
  rhi_offered: 'Return interview offered',
  rhi_accepted: 'Return interview accepted',
  dolo_start: 'Order began',
  dolo_end: 'Order ended',
  duc: 'Ceased to be unaccompanied',
  uasc: 'Unaccompanied and seeking asylum',
  prev_perm: 'Earlier order',
  la_perm: 'Authority of the earlier order',
  date_perm: 'Date of the earlier order',
  sw_id: 'Social worker',
  sw_decom: 'Began',
  sw_dec: 'Ended',
  sw_reason: 'Why the worker changed',
  teeth_check: 'Dental check',
  sdq_completed_date: 'Questionnaire completed',
  sdq_score: 'Score of 40',
  sdq_reason: 'Why there is no score',
  date_int: 'Decided on',
  date_match: 'Matched on',
  foster_care: 'Adopted by the foster carer',
  nb_adoptr: 'Adopters',
  sex_adoptr: 'Sex of adopters',
  ls_adoptr: 'Standing of adopters',
  activ: 'Doing',
  accom: 'Lives in',
  mc_dob: 'Birth of the first child',
  upn_unknown: 'Why no pupil number is known',
  gender_current: 'Gender, as reported to 2023-24',
  referral_nfa: 'No further action',
  cin_primary_need_code: 'Primary need',
  assessment_auth_date: 'Signed off',
  icpc_date: 'Held on',
  icpc_transfer_in: 'On moving here',
  icpc_outcome_cp: 'A plan was made',
  icpc_not_required: 'Ended without a conference',
  initial_cpc_target: 'Conference due',
  lbp_sent_date: 'Letter before proceedings sent',
  fgdm_meeting_offer: 'Family meeting offered',
  fgdm_meeting_fac: 'Family meeting held',
  court_app_date: 'Application to the court',
  letter_init_cp_date: 'Letter that care proceedings begin',
}

/** Words that only say of which table a column is, and abbreviations a worker would not write. */
const beginnings = /^(cp_plan|cp_review|cin_plan|pp|s47|contact|assessment)_/

/** What a column of the record is called on a page. */
export function columnName(name: string): string {
  const known = columnWords[name]
  if (known) return known
  const plain = name
    .replace(beginnings, '')
    .replace(/_(date|code)$/, '')
    .replaceAll('_', ' ')
  return plain[0]!.toUpperCase() + plain.slice(1)
}

/** What a table of the record holds, one row of it. */
const tableWords: Readonly<Record<string, string>> = {
  person: 'Who somebody is',
  person_name: 'Name',
  person_identifier: 'Number',
  person_characteristics: 'Ethnicity, language, religion',
  contact_detail: 'Telephone or e-mail',
  involvement: 'Worker or team',
  cin_plan: 'Child in need plan',
  section_47: 'Section 47 enquiry',
  initial_conference: 'Initial child protection conference',
  sdq: 'Strengths and difficulties questionnaire',
  uasc_status: 'Unaccompanied and seeking asylum',
  period_of_care: 'Period of care',
  social_worker_episode: 'Social worker as reported',
  health_outcome: 'Health checks of a year',
  care_leaver_outcome: 'About a birthday after care',
}

/** What a fact of a table is called on a page. */
export const tableName = (table: string): string => {
  const plain = table.replaceAll('_', ' ')
  return tableWords[table] ?? plain[0]!.toUpperCase() + plain.slice(1)
}

/** What words of the program, and not of a national code set, say. */
const saidOf = (table: string, column: string, text: string): string | undefined =>
  column === 'basis'
    ? basisWords[text]
    : column === 'kind'
      ? table === 'relationship'
        ? relationTo(text, { fromOtherEnd: false, ended: false })
        : kindWords[text]
      : undefined

/** A value as a page says it; empty where there is none. */
export function valueWords(table: string, { name, codes }: Column, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return yesNo(value)
  const text = Array.isArray(value) ? value.join(', ') : String(value)
  if (codes && codeSets.has(codes)) {
    const label = labelOf(codes, text)
    return label === text ? text : `${label} (${text})`
  }
  const said = saidOf(table, name, text)
  if (said !== undefined) return said
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatShortDate(text)
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return formatMoment(text)
  return text
}
