import { paths as adoption } from '../../adoption/paths.ts'
import { paths as childInNeed } from '../../child-in-need/paths.ts'
import { paths as childProtection } from '../../child-protection/paths.ts'
import { paths as leavingCare } from '../../leaving-care/paths.ts'
import { paths as lookedAfter } from '../../looked-after/paths.ts'
import { paths as people } from '../../people/paths.ts'
import { formatShortDate } from '../../web/words.ts'
import type { ReturnName } from '../rules/registered.ts'
import type { Finding } from './found.ts'
import type { CheckedChild } from './of-record.ts'
import { columnsOf, type ShownRow } from './shown-rows.ts'
import { kindWords } from './words.ts'

/** What a row of a return is on the record: what it is called, where it stands, and by which of its fields it is known. */
interface FactOf {
  name: string
  href: (person: { person: string }) => string
  /** The field of the return that holds its day. */
  day?: string
  /** The table of the record, and the column that holds the day, or the year of the return. */
  table?: string
  column?: string
  /** Fields that are facts of another table, of another part. */
  fields?: Readonly<Record<string, Pick<FactOf, 'table' | 'href'>>>
}

const numbers = { table: 'person_identifier', href: people.education }

const census: Record<string, FactOf> = {
  ChildIdentifiers: {
    name: 'Who the child is',
    href: people.record,
    fields: { UPN: numbers, FormerUPN: numbers, UPNunknown: numbers },
  },
  ChildCharacteristics: { name: 'Ethnicity and disability', href: people.record },
  Disabilities: { name: 'Ethnicity and disability', href: people.record },
  CINdetails: {
    name: 'Referral',
    href: childInNeed.need,
    day: 'CINreferralDate',
    table: 'referral',
    column: 'referral_date',
  },
  Assessments: {
    name: 'Assessment',
    href: childInNeed.need,
    day: 'AssessmentActualStartDate',
    table: 'assessment',
    column: 'assessment_start_date',
  },
  CINPlanDates: {
    name: 'Child in need plan',
    href: childInNeed.need,
    day: 'CINPlanStartDate',
    table: 'cin_plan',
    column: 'cin_plan_start_date',
  },
  Section47: {
    name: 'Section 47 enquiry',
    href: childProtection.protection,
    day: 'S47ActualStartDate',
    table: 'section_47',
    column: 's47_start_date',
  },
  ChildProtectionPlans: {
    name: 'Child protection plan',
    href: childProtection.protection,
    day: 'CPPstartDate',
    table: 'child_protection_plan',
    column: 'cp_plan_start_date',
  },
  Reviews: {
    name: 'Review of the plan',
    href: childProtection.protection,
    day: 'CPPreviewDate',
    table: 'child_protection_review',
    column: 'cp_review_date',
  },
  PreProceedingsandFGDM: {
    name: 'Pre-proceedings',
    href: childProtection.protection,
    day: 'PPStartDate',
    table: 'pre_proceedings',
    column: 'pp_start_date',
  },
}

const ofTheYear = (table: string, href: FactOf['href']) => ({ table, href })
const misuse = ofTheYear('substance_misuse_outcome', lookedAfter.health)
const questionnaire = ofTheYear('sdq', lookedAfter.health)

const ssda903: Record<string, FactOf> = {
  Header: { name: 'Who the child is', href: people.record, fields: { UPN: numbers } },
  Episodes: {
    name: 'Episode of care',
    href: lookedAfter.care,
    day: 'DECOM',
    table: 'episode',
    column: 'decom',
  },
  Reviews: {
    name: 'Review',
    href: lookedAfter.care,
    day: 'REVIEW',
    table: 'looked_after_review',
    column: 'review',
  },
  UASC: { name: 'Unaccompanied and seeking asylum', href: lookedAfter.care },
  OC2: {
    name: 'Health and outcomes of the year',
    href: lookedAfter.health,
    table: 'health_outcome',
    column: 'collection_year',
    fields: {
      SDQ_SCORE: questionnaire,
      SDQ_REASON: questionnaire,
      CONVICTED: ofTheYear('conviction_outcome', lookedAfter.health),
      SUBSTANCE_MISUSE: misuse,
      INTERVENTION_RECEIVED: misuse,
      INTERVENTION_OFFERED: misuse,
    },
  },
  OC3: {
    name: 'Care leaver',
    href: leavingCare.leavingCare,
    table: 'care_leaver_outcome',
    column: 'collection_year',
  },
  AD1: { name: 'Adoption', href: adoption.adoption, table: 'adoption' },
  PlacedAdoption: {
    name: 'Plan for adoption',
    href: adoption.adoption,
    day: 'DATE_PLACED',
    table: 'placed_for_adoption',
    column: 'date_placed',
  },
  PrevPerm: { name: 'Permanence before this care', href: lookedAfter.care, table: 'previous_permanence' },
  Missing: {
    name: 'Missing',
    href: lookedAfter.care,
    day: 'MIS_START',
    table: 'missing_episode',
    column: 'mis_start',
  },
  SWEpisodes: { name: 'Social worker', href: lookedAfter.care, day: 'SW_DECOM' },
  DoLo: {
    name: 'Deprivation of liberty',
    href: lookedAfter.care,
    day: 'DOLO_START',
    table: 'deprivation_of_liberty',
    column: 'dolo_start',
  },
}

const factsOf: Record<ReturnName, Record<string, FactOf>> = { 'cin-census': census, ssda903 }

/** What a table of a return is called on the record. */
export const factName = (of: ReturnName, table: string): string => factsOf[of][table]?.name ?? table

/** Findings brought together under the fact that causes them, in the order of the return. */
export function byFact({ return: of, findings, rows }: CheckedChild, person: string) {
  const groups = new Map<string, { name: string; href: string; findings: ReturnType<typeof shown>[] }>()
  const place = ({ places: [first] }: Finding) => rows.findIndex((row) => isAt(row, first))
  for (const finding of [...findings].sort((one, other) => place(one) - place(other))) {
    const row = rows[place(finding)]
    const fact = factsOf[of][row?.table ?? finding.places[0]?.table ?? '']
    const name = fact === undefined ? 'The record as a whole' : nameOf(of, fact, row)
    const href = (fact?.href ?? people.record)({ person })
    const group = groups.get(`${name} ${href}`) ?? { name, href, findings: [] }
    groups.set(`${name} ${href}`, group)
    group.findings.push(shown(of, finding, rows))
  }
  return [...groups.values()]
}

const isAt = ({ table, row }: ShownRow, place: Finding['places'][number] | undefined) =>
  place !== undefined && table === place.table && row === place.row

function nameOf(of: ReturnName, { name, day }: FactOf, row: ShownRow | undefined): string {
  if (day === undefined || row === undefined) return name
  const said = dayOf(of, row, day)
  return said ? `${name}, ${formatShortDate(said)}` : `${name}, no date`
}

/** A day that a row says, as the record has it: 2024-05-06; undefined when it says none. */
function dayOf(of: ReturnName, row: ShownRow, field: string): string | undefined {
  const said = row.cells[columnsOf(of, row.table).indexOf(field)]
  return said ? said.split('/').reverse().join('-') : undefined
}

/** A place of a finding, by what the record knows the fact by: its day, or the year of the return. */
export interface FactPlace {
  table: string
  day: string | null
  fields: readonly string[]
}

/** The places of a finding, as they can be found again when rows are no longer numbered. */
export function factPlaces(
  of: ReturnName,
  year: string,
  { places }: Pick<Finding, 'places'>,
  rows: readonly ShownRow[],
): FactPlace[] {
  return places.map((place) => {
    const fact = factsOf[of][place.table]
    const row = rows.find((one) => isAt(one, place))
    const day = fact?.day !== undefined && row !== undefined ? dayOf(of, row, fact.day) : undefined
    return {
      table: place.table,
      day: fact?.column === 'collection_year' ? year : (day ?? null),
      fields: place.fields,
    }
  })
}

/** Where places stand on somebody's record: the parts, and in them the facts where one is known by its day. */
export function whereOnRecord(of: ReturnName, person: string, places: readonly FactPlace[]) {
  const at = places.flatMap(({ table, day, fields }) => {
    const fact = factsOf[of][table]
    if (fact === undefined) return [{ part: people.record({ person }), fact: undefined }]
    return fields.map((field) => {
      const { table: inTable, href } = fact.fields?.[field] ?? fact
      return {
        part: href({ person }),
        fact:
          inTable !== undefined && fact.column !== undefined && day !== null
            ? { table: inTable, column: fact.column, value: day }
            : undefined,
      }
    })
  })
  return {
    parts: at.length > 0 ? [...new Set(at.map(({ part }) => part))] : [people.record({ person })],
    facts: at.flatMap(({ fact }) => fact ?? []),
  }
}

/** A finding with what stands in each cell that it marks. */
function shown(of: ReturnName, { rule, kind, message, places }: Finding, rows: readonly ShownRow[]) {
  const cells = places.flatMap((place) => {
    const row = rows.find((one) => isAt(one, place))
    const columns = columnsOf(of, place.table)
    return place.fields.map((field) => `${field}: ${row?.cells[columns.indexOf(field)] || 'blank'}`)
  })
  return { rule, message, kindWords: kindWords[kind], cells: [...new Set(cells)].join(', ') }
}
