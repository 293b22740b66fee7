/**
 * The CIN census as it stands in its file: which group stands in which, which of them are rows of a table, and
 * which fields are dates. Years differ only in what is there, so one shape reads them all, the provisional group
 * of 2026-27 and the `GenderCurrent` of earlier years included.
 */
export interface Group {
  kind: 'group'
  name: string
  /** The table of which each such group is one row; -1 when it only holds others or fills the row around it. */
  table: number
  /** What may stand in it: other groups, and fields. */
  holds: Map<string, Group | Field>
  /** Whether a second one in the same place is expected. */
  repeats: boolean
}

export interface Field {
  kind: 'field'
  name: string
  /** Whose row it belongs to, and which cell of it. */
  table: number
  column: number
  date: boolean
  /** `row`: each one is a row of its own; `list`: the cell is a list; `one`: a second one is a mistake. */
  times: 'one' | 'list' | 'row'
}

export interface CensusTable {
  name: string
  columns: readonly string[]
}

const columns: Record<string, string> = {
  Header: 'Collection Year ReferenceDate SourceLevel LEA SoftwareCode Release SerialNo DateTime',
  ChildIdentifiers:
    'LAchildID UPN FormerUPN UPNunknown PersonBirthDate ExpectedPersonBirthDate Sex GenderCurrent PersonDeathDate',
  ChildCharacteristics: 'Ethnicity',
  Disabilities: 'Disability',
  CINdetails:
    'CINreferralDate ReferralSource PrimaryNeedCode CINclosureDate ReasonForClosure DateOfInitialCPC ReferralNFA',
  Assessments:
    'AssessmentActualStartDate AssessmentInternalReviewDate AssessmentAuthorisationDate AssessmentFactors',
  CINPlanDates: 'CINPlanStartDate CINPlanEndDate',
  Section47: 'S47ActualStartDate InitialCPCtarget DateOfInitialCPC ICPCnotRequired',
  ChildProtectionPlans:
    'CPPstartDate CPPendDate InitialCategoryOfAbuse LatestCategoryOfAbuse NumberOfPreviousCPP',
  Reviews: 'CPPreviewDate',
  PreProceedingsandFGDM:
    'PPStartDate LBPSentDate FGDMMeetingOffer FGDMMeetingFac InitialPPMeetingDate ReviewMeetingsCount StepDecisionDate PPOutcome CourtAppDate LetterInitCPDate',
}

export const censusTables: readonly CensusTable[] = Object.entries(columns).map(([name, list]) => ({
  name,
  columns: list.split(' '),
}))

const dates = new Set(
  ['ReferenceDate', 'DateOfInitialCPC', 'InitialCPCtarget'].concat(
    Object.values(columns)
      .flatMap((list) => list.split(' '))
      .filter((name) => /Date$/.test(name)),
  ),
)

export const tableNumber = (name: string): number => censusTables.findIndex((table) => table.name === name)

interface Holding {
  holds?: string
  times?: Field['times']
  groups?: Group[]
  isRow?: boolean
  repeats?: boolean
}

function group(
  name: string,
  table: string,
  { holds = '', times = 'one', groups = [], isRow = false, repeats = isRow }: Holding = {},
): Group {
  const number = tableNumber(table)
  const fields = holds
    .split(' ')
    .filter(Boolean)
    .map((field): Field => {
      const column = censusTables[number]!.columns.indexOf(field)
      return { kind: 'field', name: field, table: number, column, date: dates.has(field), times }
    })
  return {
    kind: 'group',
    name,
    table: isRow ? number : -1,
    holds: new Map([...fields, ...groups].map((inner) => [inner.name, inner])),
    repeats,
  }
}

/** A group whose fields are the columns of the table that has its name. */
const rows = (name: string, groups: Group[] = [], repeats = true): Group => {
  const inner = groups.flatMap((one) => [...one.holds.values()])
  const taken = inner
    .filter((one) => one.kind === 'field' && one.table === tableNumber(name))
    .map((one) => one.name)
  const holds = columns[name]!.split(' ').filter((column) => !taken.includes(column))
  return group(name, name, { holds: holds.join(' '), groups, isRow: true, repeats })
}

const child = group('Child', 'ChildIdentifiers', {
  repeats: true,
  groups: [
    rows('ChildIdentifiers', [], false),
    rows(
      'ChildCharacteristics',
      [group('Disabilities', 'Disabilities', { holds: 'Disability', times: 'row' })],
      false,
    ),
    rows('CINdetails', [
      rows('Assessments', [
        group('FactorsIdentifiedAtAssessment', 'Assessments', { holds: 'AssessmentFactors', times: 'list' }),
      ]),
      rows('CINPlanDates'),
      rows('Section47'),
      rows('ChildProtectionPlans', [
        // One group with all the dates, or a group for each date: both are sent.
        group('Reviews', 'Reviews', { holds: 'CPPreviewDate', times: 'row', repeats: true }),
      ]),
      rows('PreProceedingsandFGDM'),
    ]),
  ],
})

const children = group('Children', 'ChildIdentifiers', { groups: [child] })

const header: Group = {
  ...group('Header', 'Header', {
    isRow: true,
    repeats: false,
    groups: [
      group('CollectionDetails', 'Header', { holds: 'Collection Year ReferenceDate' }),
      group('Source', 'Header', { holds: 'SourceLevel LEA SoftwareCode Release SerialNo DateTime' }),
      // Sent up to 2020-21; it tells nothing.
      group('Content', 'Header', { groups: [group('CBDSLevels', 'Header')] }),
    ],
  }),
}

/** The whole file. */
export const message = group('Message', 'Header', { groups: [header, children] })

/** What stands around the children, for a piece of a file that holds only children. */
export const aroundChildren = children
