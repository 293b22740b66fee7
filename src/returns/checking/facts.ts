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

/** What a row of a return is on the record: what it is called, the day it is known by, and where it stands. */
interface FactOf {
  name: string
  day?: string
  href: (person: { person: string }) => string
}

const census: Record<string, FactOf> = {
  ChildIdentifiers: { name: 'Who the child is', href: people.record },
  ChildCharacteristics: { name: 'Ethnicity and disability', href: people.record },
  Disabilities: { name: 'Ethnicity and disability', href: people.record },
  CINdetails: { name: 'Referral', day: 'CINreferralDate', href: childInNeed.need },
  Assessments: { name: 'Assessment', day: 'AssessmentActualStartDate', href: childInNeed.need },
  CINPlanDates: { name: 'Child in need plan', day: 'CINPlanStartDate', href: childInNeed.need },
  Section47: { name: 'Section 47 enquiry', day: 'S47ActualStartDate', href: childProtection.protection },
  ChildProtectionPlans: {
    name: 'Child protection plan',
    day: 'CPPstartDate',
    href: childProtection.protection,
  },
  Reviews: { name: 'Review of the plan', day: 'CPPreviewDate', href: childProtection.protection },
  PreProceedingsandFGDM: { name: 'Pre-proceedings', day: 'PPStartDate', href: childProtection.protection },
}

const ssda903: Record<string, FactOf> = {
  Header: { name: 'Who the child is', href: people.record },
  Episodes: { name: 'Episode of care', day: 'DECOM', href: lookedAfter.care },
  Reviews: { name: 'Review', day: 'REVIEW', href: lookedAfter.care },
  UASC: { name: 'Unaccompanied and seeking asylum', href: lookedAfter.care },
  OC2: { name: 'Health and outcomes of the year', href: lookedAfter.health },
  OC3: { name: 'Care leaver', href: leavingCare.leavingCare },
  AD1: { name: 'Adoption', href: adoption.adoption },
  PlacedAdoption: { name: 'Plan for adoption', day: 'DATE_PLACED', href: adoption.adoption },
  PrevPerm: { name: 'Permanence before this care', href: lookedAfter.care },
  Missing: { name: 'Missing', day: 'MIS_START', href: lookedAfter.care },
  SWEpisodes: { name: 'Social worker', day: 'SW_DECOM', href: lookedAfter.care },
  DoLo: { name: 'Deprivation of liberty', day: 'DOLO_START', href: lookedAfter.care },
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
  const said = row.cells[columnsOf(of, row.table).indexOf(day)]
  return said ? `${name}, ${formatShortDate(said.split('/').reverse().join('-'))}` : `${name}, no date`
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
