import { censusTables } from '../reading/cin-census/tables.ts'
import { type Cells, Row } from './row.ts'
import type { Day, Text } from './words.ts'

/** The rows of the children in need census, with the DfE's names for their fields, linked as they nest in the file. */

const columnsOf = (table: string): readonly string[] =>
  censusTables.find(({ name }) => name === table)!.columns

const columnsOfHeader = columnsOf('Header')
const columnsOfChildIdentifiers = columnsOf('ChildIdentifiers')
const columnsOfChildCharacteristics = columnsOf('ChildCharacteristics')
const columnsOfDisabilities = columnsOf('Disabilities')
const columnsOfCINdetails = columnsOf('CINdetails')
const columnsOfAssessments = columnsOf('Assessments')
const columnsOfCINPlanDates = columnsOf('CINPlanDates')
const columnsOfSection47 = columnsOf('Section47')
const columnsOfChildProtectionPlans = columnsOf('ChildProtectionPlans')
const columnsOfReviews = columnsOf('Reviews')
const columnsOfPreProceedingsandFGDM = columnsOf('PreProceedingsandFGDM')

/** Header: what the return says of itself. */
export class CensusHeader extends Row {
  Collection: Text
  Year: Text
  ReferenceDate: Day
  SourceLevel: Text
  LEA: Text
  SoftwareCode: Text
  Release: Text
  SerialNo: Text
  DateTime: Text

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.Collection = cells[0] as Text
    this.Year = cells[1] as Text
    this.ReferenceDate = cells[2] as Day
    this.SourceLevel = cells[3] as Text
    this.LEA = cells[4] as Text
    this.SoftwareCode = cells[5] as Text
    this.Release = cells[6] as Text
    this.SerialNo = cells[7] as Text
    this.DateTime = cells[8] as Text
  }

  get table() {
    return 'Header' as const
  }

  get columns() {
    return columnsOfHeader
  }
}

/** ChildIdentifiers: who the child is. */
export class Identifiers extends Row {
  LAchildID: Text
  UPN: Text
  FormerUPN: Text
  UPNunknown: Text
  PersonBirthDate: Day
  ExpectedPersonBirthDate: Day
  Sex: Text
  GenderCurrent: Text
  PersonDeathDate: Day

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.LAchildID = cells[0] as Text
    this.UPN = cells[1] as Text
    this.FormerUPN = cells[2] as Text
    this.UPNunknown = cells[3] as Text
    this.PersonBirthDate = cells[4] as Day
    this.ExpectedPersonBirthDate = cells[5] as Day
    this.Sex = cells[6] as Text
    this.GenderCurrent = cells[7] as Text
    this.PersonDeathDate = cells[8] as Day
  }

  get table() {
    return 'ChildIdentifiers' as const
  }

  get columns() {
    return columnsOfChildIdentifiers
  }
}

/** ChildCharacteristics: ethnicity; disabilities have a table of their own. */
export class Characteristics extends Row {
  Ethnicity: Text

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.Ethnicity = cells[0] as Text
  }

  get table() {
    return 'ChildCharacteristics' as const
  }

  get columns() {
    return columnsOfChildCharacteristics
  }
}

/** Disabilities: one disability of the child. */
export class DisabilityRow extends Row {
  Disability: Text

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.Disability = cells[0] as Text
  }

  get table() {
    return 'Disabilities' as const
  }

  get columns() {
    return columnsOfDisabilities
  }
}

/** CINdetails: one episode, from a referral to the closure of the case. */
export class CinEpisode extends Row {
  CINreferralDate: Day
  ReferralSource: Text
  PrimaryNeedCode: Text
  CINclosureDate: Day
  ReasonForClosure: Text
  DateOfInitialCPC: Day
  ReferralNFA: Text
  /** What belongs to this episode, in the order of the file. */
  readonly Assessments: Assessment[] = []
  readonly CINPlanDates: CinPlan[] = []
  readonly Section47: Enquiry[] = []
  readonly ChildProtectionPlans: ProtectionPlan[] = []
  readonly PreProceedingsandFGDM: PreProceedings[] = []

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CINreferralDate = cells[0] as Day
    this.ReferralSource = cells[1] as Text
    this.PrimaryNeedCode = cells[2] as Text
    this.CINclosureDate = cells[3] as Day
    this.ReasonForClosure = cells[4] as Text
    this.DateOfInitialCPC = cells[5] as Day
    this.ReferralNFA = cells[6] as Text
  }

  get table() {
    return 'CINdetails' as const
  }

  get columns() {
    return columnsOfCINdetails
  }
}

/** Assessments: one assessment, with the factors it found. */
export class Assessment extends Row {
  AssessmentActualStartDate: Day
  AssessmentInternalReviewDate: Day
  AssessmentAuthorisationDate: Day
  readonly AssessmentFactors: readonly string[]
  /** The episode it belongs to. */
  readonly cin: CinEpisode

  constructor(
    cin: CinEpisode,
    factors: readonly string[],
    cells: Cells,
    row: number,
    odd: Row['odd'] = null,
  ) {
    super(row, odd)
    this.cin = cin
    this.AssessmentFactors = factors
    this.AssessmentActualStartDate = cells[0] as Day
    this.AssessmentInternalReviewDate = cells[1] as Day
    this.AssessmentAuthorisationDate = cells[2] as Day
  }

  get table() {
    return 'Assessments' as const
  }

  get columns() {
    return columnsOfAssessments
  }
}

/** CINPlanDates: one child in need plan. */
export class CinPlan extends Row {
  CINPlanStartDate: Day
  CINPlanEndDate: Day
  /** The episode it belongs to. */
  readonly cin: CinEpisode

  constructor(cin: CinEpisode, cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.cin = cin
    this.CINPlanStartDate = cells[0] as Day
    this.CINPlanEndDate = cells[1] as Day
  }

  get table() {
    return 'CINPlanDates' as const
  }

  get columns() {
    return columnsOfCINPlanDates
  }
}

/** Section47: one section 47 enquiry. */
export class Enquiry extends Row {
  S47ActualStartDate: Day
  InitialCPCtarget: Day
  DateOfInitialCPC: Day
  ICPCnotRequired: Text
  /** The episode it belongs to. */
  readonly cin: CinEpisode

  constructor(cin: CinEpisode, cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.cin = cin
    this.S47ActualStartDate = cells[0] as Day
    this.InitialCPCtarget = cells[1] as Day
    this.DateOfInitialCPC = cells[2] as Day
    this.ICPCnotRequired = cells[3] as Text
  }

  get table() {
    return 'Section47' as const
  }

  get columns() {
    return columnsOfSection47
  }
}

/** ChildProtectionPlans: one child protection plan. */
export class ProtectionPlan extends Row {
  CPPstartDate: Day
  CPPendDate: Day
  InitialCategoryOfAbuse: Text
  LatestCategoryOfAbuse: Text
  NumberOfPreviousCPP: Text
  /** Its reviews, in the order of the file. */
  readonly Reviews: PlanReview[] = []
  /** The episode it belongs to. */
  readonly cin: CinEpisode

  constructor(cin: CinEpisode, cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.cin = cin
    this.CPPstartDate = cells[0] as Day
    this.CPPendDate = cells[1] as Day
    this.InitialCategoryOfAbuse = cells[2] as Text
    this.LatestCategoryOfAbuse = cells[3] as Text
    this.NumberOfPreviousCPP = cells[4] as Text
  }

  get table() {
    return 'ChildProtectionPlans' as const
  }

  get columns() {
    return columnsOfChildProtectionPlans
  }
}

/** Reviews: one review of a child protection plan. */
export class PlanReview extends Row {
  CPPreviewDate: Day
  /** The plan that was reviewed. */
  readonly plan: ProtectionPlan

  constructor(plan: ProtectionPlan, cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.plan = plan
    this.CPPreviewDate = cells[0] as Day
  }

  get table() {
    return 'Reviews' as const
  }

  get columns() {
    return columnsOfReviews
  }
}

/** PreProceedingsandFGDM: pre-proceedings and family group decision making (2026-27, provisional). */
export class PreProceedings extends Row {
  PPStartDate: Day
  LBPSentDate: Day
  FGDMMeetingOffer: Text
  FGDMMeetingFac: Text
  InitialPPMeetingDate: Day
  ReviewMeetingsCount: Text
  StepDecisionDate: Day
  PPOutcome: Text
  CourtAppDate: Day
  LetterInitCPDate: Day
  /** The episode it belongs to. */
  readonly cin: CinEpisode

  constructor(cin: CinEpisode, cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.cin = cin
    this.PPStartDate = cells[0] as Day
    this.LBPSentDate = cells[1] as Day
    this.FGDMMeetingOffer = cells[2] as Text
    this.FGDMMeetingFac = cells[3] as Text
    this.InitialPPMeetingDate = cells[4] as Day
    this.ReviewMeetingsCount = cells[5] as Text
    this.StepDecisionDate = cells[6] as Day
    this.PPOutcome = cells[7] as Text
    this.CourtAppDate = cells[8] as Day
    this.LetterInitCPDate = cells[9] as Day
  }

  get table() {
    return 'PreProceedingsandFGDM' as const
  }

  get columns() {
    return columnsOfPreProceedingsandFGDM
  }
}

/** The class of each table's rows, in the order of the tables. */
export interface CensusRows {
  Header: CensusHeader
  ChildIdentifiers: Identifiers
  ChildCharacteristics: Characteristics
  Disabilities: DisabilityRow
  CINdetails: CinEpisode
  Assessments: Assessment
  CINPlanDates: CinPlan
  Section47: Enquiry
  ChildProtectionPlans: ProtectionPlan
  Reviews: PlanReview
  PreProceedingsandFGDM: PreProceedings
}

export type CensusTableName = keyof CensusRows
