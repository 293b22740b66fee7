import type { CensusChild, CensusRow } from '../reading/cin-census/listen.ts'
import { tableNumber } from '../reading/cin-census/tables.ts'
import {
  Assessment,
  Characteristics,
  CinEpisode,
  CinPlan,
  DisabilityRow,
  Enquiry,
  Identifiers,
  PlanReview,
  PreProceedings,
  ProtectionPlan,
} from './cin-census-rows.ts'

/** Stands for the identifiers of a child who has none: everything in it is blank. */
const noIdentifiers = Object.freeze(new Identifiers([], 0))

const place = {
  ChildIdentifiers: tableNumber('ChildIdentifiers'),
  ChildCharacteristics: tableNumber('ChildCharacteristics'),
  Disabilities: tableNumber('Disabilities'),
  CINdetails: tableNumber('CINdetails'),
  Assessments: tableNumber('Assessments'),
  CINPlanDates: tableNumber('CINPlanDates'),
  Section47: tableNumber('Section47'),
  ChildProtectionPlans: tableNumber('ChildProtectionPlans'),
  Reviews: tableNumber('Reviews'),
  PreProceedingsandFGDM: tableNumber('PreProceedingsandFGDM'),
}

/**
 * Everything that a census says of one child. Each table holds its rows in the order of the file; what belongs to
 * an episode is found in it as well (`cin.Assessments`), and knows it (`assessment.cin`).
 */
export class Child {
  /** LAchildID as in the file; null when there is none. */
  readonly id: string | null
  readonly ChildIdentifiers: readonly Identifiers[]
  readonly ChildCharacteristics: readonly Characteristics[]
  readonly Disabilities: readonly DisabilityRow[]
  readonly CINdetails: readonly CinEpisode[]
  readonly Assessments: readonly Assessment[]
  readonly CINPlanDates: readonly CinPlan[]
  readonly Section47: readonly Enquiry[]
  readonly ChildProtectionPlans: readonly ProtectionPlan[]
  readonly Reviews: readonly PlanReview[]
  readonly PreProceedingsandFGDM: readonly PreProceedings[]
  /** The child's identifiers; one of blanks when there are none. */
  readonly identifiers: Identifiers

  constructor(read: CensusChild) {
    const { rows } = read
    this.id = read.id
    this.ChildIdentifiers = rows[place.ChildIdentifiers]!.map((r) => new Identifiers(r.cells, r.row, r.odd))
    this.ChildCharacteristics = rows[place.ChildCharacteristics]!.map(
      (r) => new Characteristics(r.cells, r.row, r.odd),
    )
    this.Disabilities = rows[place.Disabilities]!.map((r) => new DisabilityRow(r.cells, r.row, r.odd))
    const episodes = rows[place.CINdetails]!.map((r) => new CinEpisode(r.cells, r.row, r.odd))
    this.CINdetails = episodes
    this.Assessments = within(episodes, rows[place.Assessments]!, (cin, r) => {
      const assessment = new Assessment(cin, r.factors, r.cells, r.row, r.odd)
      cin.Assessments.push(assessment)
      return assessment
    })
    this.CINPlanDates = within(episodes, rows[place.CINPlanDates]!, (cin, r) => {
      const plan = new CinPlan(cin, r.cells, r.row, r.odd)
      cin.CINPlanDates.push(plan)
      return plan
    })
    this.Section47 = within(episodes, rows[place.Section47]!, (cin, r) => {
      const enquiry = new Enquiry(cin, r.cells, r.row, r.odd)
      cin.Section47.push(enquiry)
      return enquiry
    })
    this.ChildProtectionPlans = within(episodes, rows[place.ChildProtectionPlans]!, (cin, r) => {
      const plan = new ProtectionPlan(cin, r.cells, r.row, r.odd)
      cin.ChildProtectionPlans.push(plan)
      return plan
    })
    this.Reviews = within(episodes, rows[place.Reviews]!, (cin, r) => {
      const plan = cin.ChildProtectionPlans[r.group - 1]!
      const review = new PlanReview(plan, r.cells, r.row, r.odd)
      plan.Reviews.push(review)
      return review
    })
    this.PreProceedingsandFGDM = within(episodes, rows[place.PreProceedingsandFGDM]!, (cin, r) => {
      const proceedings = new PreProceedings(cin, r.cells, r.row, r.odd)
      cin.PreProceedingsandFGDM.push(proceedings)
      return proceedings
    })
    this.identifiers = this.ChildIdentifiers.length > 0 ? this.ChildIdentifiers[0]! : noIdentifiers
  }
}

const nothing: readonly never[] = []

/** Makes rows that belong to episodes, each told its own. */
function within<R>(
  episodes: readonly CinEpisode[],
  rows: readonly CensusRow[],
  make: (cin: CinEpisode, row: CensusRow) => R,
): readonly R[] {
  return rows.length === 0 ? nothing : rows.map((row) => make(episodes[row.episode - 1]!, row))
}
