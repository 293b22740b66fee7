import type { CensusChild, CensusRow } from '../returns/reading/cin-census/listen.ts'
import { censusTables } from '../returns/reading/cin-census/tables.ts'
import { isoOfDay } from './days.ts'
import type { Fact, SourceRow, StatedPerson } from './model.ts'
import { calledOf, days, filledOf, type Shape, Stating, texts, valuesOf, wholes, yesNos } from './stating.ts'

/*
 * What a child in need census says, as facts of the record (the table in docs/import.md). A referral and the episode
 * that follows it are one fact; what is nested in an episode belongs to it.
 */

const identifiers = { 'la-child-id': 'LAchildID', upn: 'UPN', 'former-upn': 'FormerUPN' }

const shapes = {
  person: {
    ...texts({ sex: 'Sex', gender_current: 'GenderCurrent', upn_unknown: 'UPNunknown' }),
    ...days({
      date_of_birth: 'PersonBirthDate',
      expected_date_of_birth: 'ExpectedPersonBirthDate',
      died_on: 'PersonDeathDate',
    }),
  },
  characteristics: texts({ ethnicity: 'Ethnicity' }),
  disability: texts({ disability_code: 'Disability' }),
  referral: {
    ...days({ referral_date: 'CINreferralDate', close_date: 'CINclosureDate' }),
    ...texts({
      referral_source_code: 'ReferralSource',
      cin_primary_need_code: 'PrimaryNeedCode',
      close_reason: 'ReasonForClosure',
    }),
    ...yesNos({ referral_nfa: 'ReferralNFA' }),
  },
  assessment: days({
    assessment_start_date: 'AssessmentActualStartDate',
    assessment_internal_review_date: 'AssessmentInternalReviewDate',
    assessment_auth_date: 'AssessmentAuthorisationDate',
  }),
  cinPlan: days({ cin_plan_start_date: 'CINPlanStartDate', cin_plan_end_date: 'CINPlanEndDate' }),
  enquiry: {
    ...days({ s47_start_date: 'S47ActualStartDate', initial_cpc_target: 'InitialCPCtarget' }),
    ...yesNos({ icpc_not_required: 'ICPCnotRequired' }),
  },
  conference: days({ icpc_date: 'DateOfInitialCPC' }),
  plan: {
    ...days({ cp_plan_start_date: 'CPPstartDate', cp_plan_end_date: 'CPPendDate' }),
    ...texts({
      cp_plan_initial_category: 'InitialCategoryOfAbuse',
      cp_plan_latest_category: 'LatestCategoryOfAbuse',
    }),
    ...wholes({ number_of_previous_cpp: 'NumberOfPreviousCPP' }),
  },
  review: days({ cp_review_date: 'CPPreviewDate' }),
  preProceedings: {
    ...days({
      pp_start_date: 'PPStartDate',
      lbp_sent_date: 'LBPSentDate',
      initial_pp_meeting_date: 'InitialPPMeetingDate',
      step_decision_date: 'StepDecisionDate',
      court_app_date: 'CourtAppDate',
      letter_init_cp_date: 'LetterInitCPDate',
    }),
    ...yesNos({ fgdm_meeting_offer: 'FGDMMeetingOffer', fgdm_meeting_fac: 'FGDMMeetingFac' }),
    ...wholes({ review_meetings_count: 'ReviewMeetingsCount' }),
    ...texts({ pp_outcome: 'PPOutcome' }),
  },
} satisfies Record<string, Shape>

const called = Object.fromEntries(
  Object.entries(shapes).map(([name, shape]) => [name, calledOf(shape)]),
) as Record<keyof typeof shapes, Record<string, string>>

/** A child of the census as rows: an episode before what is nested in it, a plan before its reviews. */
export function rowsOfCensusChild({ rows }: CensusChild, file: string): SourceRow[] {
  const found: SourceRow[] = []
  const add = (table: string, row: CensusRow, inside?: number): number =>
    found.push({ table, file, line: row.line, values: textsOf(table, row), inside }) - 1
  const of = (table: string): CensusRow[] => rows[censusTables.findIndex(({ name }) => name === table)] ?? []
  for (const table of ['ChildIdentifiers', 'ChildCharacteristics', 'Disabilities'])
    for (const row of of(table)) add(table, row)
  for (const episode of of('CINdetails')) {
    const place = add('CINdetails', episode)
    const inIt = (table: string) => of(table).filter((row) => row.episode === episode.episode)
    for (const table of ['Assessments', 'CINPlanDates', 'Section47', 'PreProceedingsandFGDM'])
      for (const row of inIt(table)) add(table, row, place)
    for (const plan of inIt('ChildProtectionPlans')) {
      const planPlace = add('ChildProtectionPlans', plan, place)
      for (const review of inIt('Reviews').filter((row) => row.group === plan.group))
        add('Reviews', review, planPlace)
    }
  }
  return found
}

function textsOf(table: string, { cells, factors, odd }: CensusRow): Record<string, string> {
  const values: Record<string, string> = {}
  const { columns } = censusTables.find(({ name }) => name === table)!
  columns.forEach((column, i) => {
    const cell = cells[i]
    if (odd?.has(i)) values[column] = odd.get(i)!
    else if (cell !== undefined) values[column] = typeof cell === 'number' ? isoOfDay(cell) : cell
  })
  if (factors.length > 0) values.AssessmentFactors = factors.join(' ')
  return values
}

/** @param source how the record names the file: 'CIN census 2024-25' */
export function stateCensusChild(rows: SourceRow[], source: string): StatedPerson {
  const stating = new Stating(rows)
  for (const row of rows) {
    if (row.table === 'ChildIdentifiers') stateIdentifiers(stating, row)
    else if (row.table === 'ChildCharacteristics')
      stating.add('person_characteristics', null, row, filledOf(row, shapes.characteristics), {
        called: called.characteristics,
      })
    else if (row.table === 'Disabilities') {
      const values = valuesOf(row, shapes.disability)
      stating.add('disability', String(values.disability_code), row, values, { called: called.disability })
    } else if (row.table === 'CINdetails') stateEpisode(stating, row, source)
  }
  const localId = rows.find(({ table }) => table === 'ChildIdentifiers')?.values.LAchildID ?? null
  return stating.person(localId)
}

function stateIdentifiers(stating: Stating, row: SourceRow): void {
  const values = filledOf(row, shapes.person)
  // Born: the due date has had its day. A number: no reason for its absence any more.
  if (values.date_of_birth !== undefined) values.expected_date_of_birth ??= null
  if (row.values.UPN !== undefined) values.upn_unknown ??= null
  stating.add('person', null, row, values, { called: called.person })
  for (const [kind, column] of Object.entries(identifiers)) {
    const value = row.values[column]
    if (value === undefined) continue
    stating.add('person_identifier', `${kind} ${value}`, row, { kind, value }, { called: { value: column } })
  }
}

function stateEpisode(stating: Stating, row: SourceRow, source: string): void {
  const episode = stating.add(
    'referral',
    row.values.CINreferralDate ?? '',
    row,
    valuesOf(row, shapes.referral),
    {
      called: called.referral,
    },
  )
  const under = { referral_id: episode }
  stateConference(stating, row, under)
  const place = stating.rows.indexOf(row)
  for (const inner of stating.rows) if (inner.inside === place) stateInEpisode(stating, inner, under, source)
}

function stateInEpisode(
  stating: Stating,
  row: SourceRow,
  under: { referral_id: Fact },
  source: string,
): void {
  const add = (table: string, shape: keyof typeof shapes, toldBy: string, more = {}) =>
    stating.add(
      table,
      row.values[toldBy] ?? '',
      row,
      { ...valuesOf(row, shapes[shape]), ...more },
      {
        under,
        called: called[shape],
      },
    )
  switch (row.table) {
    case 'Assessments':
      stateFactors(stating, row, add('assessment', 'assessment', 'AssessmentActualStartDate'))
      break
    case 'CINPlanDates':
      add('cin_plan', 'cinPlan', 'CINPlanStartDate')
      break
    case 'Section47': {
      const enquiry = add('section_47', 'enquiry', 'S47ActualStartDate')
      stateConference(stating, row, { ...under, section_47_id: enquiry })
      break
    }
    case 'PreProceedingsandFGDM':
      add('pre_proceedings', 'preProceedings', 'PPStartDate')
      break
    case 'ChildProtectionPlans': {
      // The count cannot be worked out here: plans held elsewhere count too. It is kept with who said it.
      const whoCounted = row.values.NumberOfPreviousCPP === undefined ? null : source
      const more = { number_of_previous_cpp_source: whoCounted }
      stateReviews(stating, row, add('child_protection_plan', 'plan', 'CPPstartDate', more))
    }
  }
}

function stateConference(stating: Stating, row: SourceRow, under: Record<string, Fact>): void {
  const date = row.values.DateOfInitialCPC
  if (date === undefined) return
  stating.add('initial_conference', date, row, valuesOf(row, shapes.conference), {
    under,
    called: called.conference,
  })
}

function stateFactors(stating: Stating, row: SourceRow, assessment: Fact): void {
  const codes = row.values.AssessmentFactors?.split(/[\s,]+/).filter(Boolean) ?? []
  const twice = codes.find((code, i) => codes.indexOf(code) !== i)
  if (twice !== undefined)
    stating.refuse(row, `AssessmentFactors: ‘${twice}’ stands twice, and was entered once`)
  for (const code of new Set(codes)) {
    stating.add(
      'assessment_factor',
      `${assessment.key} ${code}`,
      row,
      { assessment_factor: code },
      {
        under: { assessment_id: assessment },
        called: { assessment_factor: 'AssessmentFactors' },
      },
    )
  }
}

function stateReviews(stating: Stating, plan: SourceRow, fact: Fact): void {
  const place = stating.rows.indexOf(plan)
  for (const row of stating.rows) {
    if (row.inside !== place) continue
    stating.add(
      'child_protection_review',
      row.values.CPPreviewDate ?? '',
      row,
      valuesOf(row, shapes.review),
      {
        under: { child_protection_plan_id: fact },
        called: called.review,
      },
    )
  }
}
