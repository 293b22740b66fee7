import type { Entry } from './reconciliation-model.ts'

/** A row of a return, whoever made it: days as 'yyyy-mm-dd'. */
export interface ToldRow {
  table: string
  values: Readonly<Record<string, string>>
}

/** Which rows of a return are one module, and what of them is counted and compared. */
interface Module {
  module: string
  table: string
  key?: readonly string[]
  codes?: readonly string[]
  days?: readonly string[]
}

const censusModules: readonly Module[] = [
  {
    module: 'Children',
    table: 'ChildIdentifiers',
    codes: ['Sex', 'GenderCurrent', 'UPNunknown'],
    days: ['PersonBirthDate', 'ExpectedPersonBirthDate', 'PersonDeathDate', 'UPN'],
  },
  { module: 'Ethnicity', table: 'ChildCharacteristics', codes: ['Ethnicity'] },
  { module: 'Disabilities', table: 'Disabilities', key: ['Disability'], codes: ['Disability'] },
  {
    module: 'Referrals',
    table: 'CINdetails',
    key: ['CINreferralDate'],
    codes: ['ReferralSource', 'PrimaryNeedCode', 'ReferralNFA', 'ReasonForClosure'],
    days: ['CINclosureDate'],
  },
  {
    module: 'Assessments',
    table: 'Assessments',
    key: ['AssessmentActualStartDate'],
    days: ['AssessmentInternalReviewDate', 'AssessmentAuthorisationDate'],
  },
  {
    module: 'Child in need plans',
    table: 'CINPlanDates',
    key: ['CINPlanStartDate'],
    days: ['CINPlanEndDate'],
  },
  {
    module: 'Section 47 enquiries',
    table: 'Section47',
    key: ['S47ActualStartDate'],
    codes: ['ICPCnotRequired'],
    days: ['InitialCPCtarget', 'DateOfInitialCPC'],
  },
  {
    module: 'Child protection plans',
    table: 'ChildProtectionPlans',
    key: ['CPPstartDate'],
    codes: ['InitialCategoryOfAbuse', 'LatestCategoryOfAbuse', 'NumberOfPreviousCPP'],
    days: ['CPPendDate'],
  },
  { module: 'Child protection reviews', table: 'Reviews', key: ['CPPreviewDate'] },
  {
    module: 'Pre-proceedings',
    table: 'PreProceedingsandFGDM',
    key: ['PPStartDate'],
    codes: ['PPOutcome'],
    days: ['LBPSentDate', 'StepDecisionDate', 'CourtAppDate'],
  },
]

const careModules: readonly Module[] = [
  {
    module: 'Children',
    table: 'Header',
    codes: ['SEX', 'ETHNIC', 'MOTHER', 'UASC'],
    days: ['DOB', 'UPN', 'MC_DOB'],
  },
  {
    module: 'Episodes',
    table: 'Episodes',
    key: ['DECOM'],
    codes: ['RNE', 'LS', 'CIN', 'PLACE', 'PLACE_PROVIDER', 'REC', 'REASON_PLACE_CHANGE'],
    days: ['DEC'],
  },
  { module: 'Reviews', table: 'Reviews', key: ['REVIEW'], codes: ['REVIEW_CODE'] },
  { module: 'Missing and away', table: 'Missing', key: ['MIS_START'], codes: ['MISSING'], days: ['MIS_END'] },
  {
    module: 'Health, offending and difficulties',
    table: 'OC2',
    codes: [
      'CONVICTED',
      'HEALTH_CHECK',
      'IMMUNISATIONS',
      'TEETH_CHECK',
      'HEALTH_ASSESSMENT',
      'SUBSTANCE_MISUSE',
      'INTERVENTION_RECEIVED',
      'INTERVENTION_OFFERED',
      'SDQ_REASON',
    ],
    days: ['SDQ_SCORE'],
  },
  { module: 'Care leavers', table: 'OC3', codes: ['IN_TOUCH', 'ACTIV', 'ACCOM'] },
  { module: 'Seeking asylum alone', table: 'UASC', days: ['DUC'] },
  {
    module: 'Adoptions',
    table: 'AD1',
    codes: ['FOSTER_CARE', 'NB_ADOPTR', 'SEX_ADOPTR', 'LS_ADOPTR'],
    days: ['DATE_INT', 'DATE_MATCH'],
  },
  {
    module: 'Decisions to place for adoption',
    table: 'PlacedAdoption',
    key: ['DATE_PLACED'],
    codes: ['REASON_PLACED_CEASED'],
    days: ['DATE_PLACED_CEASED'],
  },
  { module: 'Earlier permanence', table: 'PrevPerm', codes: ['PREV_PERM', 'LA_PERM'], days: ['DATE_PERM'] },
]

/** What a census says of one child, module by module. */
export function entriesOfCensus(rows: readonly ToldRow[]): Entry[] {
  return [
    ...entriesOf(censusModules, rows),
    ...rows.flatMap(({ table, values }) => {
      const conference = table === 'CINdetails' || table === 'Section47' ? values.DateOfInitialCPC : undefined
      return conference ? [bare('Initial conferences', conference)] : []
    }),
    ...rows.flatMap(({ table, values }) =>
      table === 'Assessments'
        ? (values.AssessmentFactors ?? '')
            .split(' ')
            .filter(Boolean)
            .map((factor) => ({
              ...bare('Factors found at assessment', `${values.AssessmentActualStartDate ?? ''} ${factor}`),
              codes: { AssessmentFactors: factor },
            }))
        : [],
    ),
  ]
}

/**
 * What a looked-after return says of one child, with who was looked after on 31 March, who began and who ceased.
 * @param period the year in which the collection ends
 */
export function entriesOfCare(rows: readonly ToldRow[], period: string): Entry[] {
  const first = `${Number(period) - 1}-04-01`
  const last = `${period}-03-31`
  const within = (day = '') => day >= first && day <= last
  const episodes = rows
    .filter(({ table }) => table === 'Episodes')
    .map(({ values }) => values)
    .sort((a, b) => ((a.DECOM ?? '') < (b.DECOM ?? '') ? -1 : 1))
  const then = episodes.findLast(({ DECOM = '', DEC }) => DECOM <= last && (!DEC || DEC > last))
  return [
    ...(then
      ? [
          {
            ...bare('Looked after on 31 March', ''),
            codes: filled(then, ['LS', 'PLACE', 'PLACE_PROVIDER', 'CIN']),
          },
        ]
      : []),
    ...episodes
      .filter(({ RNE, DECOM }) => RNE === 'S' && within(DECOM))
      .map((one) => ({
        ...bare('Began to be looked after in the year', one.DECOM!),
        codes: filled(one, ['CIN']),
      })),
    // X1: the care goes on in another episode.
    ...episodes
      .filter(({ REC, DEC }) => REC && REC !== 'X1' && within(DEC))
      .map((one) => ({
        ...bare('Ceased to be looked after in the year', one.DEC!),
        codes: filled(one, ['REC']),
      })),
    ...entriesOf(careModules, rows),
  ]
}

const bare = (module: string, key: string): Entry => ({ module, key, codes: {}, days: {} })

const entriesOf = (modules: readonly Module[], rows: readonly ToldRow[]): Entry[] =>
  modules.flatMap(({ module, table, key = [], codes = [], days = [] }) =>
    rows
      .filter((row) => row.table === table)
      .map(({ values }) => ({
        module,
        key: key.map((column) => values[column] ?? '').join(' '),
        codes: filled(values, codes),
        days: filled(values, days),
      })),
  )

/** Yes and no are sent as words too. */
const asSent: Readonly<Record<string, string>> = { true: '1', false: '0' }

const filled = (values: ToldRow['values'], columns: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    columns.flatMap((column) => {
      const value = (values[column] ?? '').trim()
      return value === '' ? [] : [[column, asSent[value.toLowerCase()] ?? value]]
    }),
  )
