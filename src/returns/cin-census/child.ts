/**
 * A child as the children in need census tells of it, in the census's own names. Dates are CCYY-MM-DD, yes and no are
 * 1 and 0. What is not known is absent.
 */
export interface Child {
  ChildIdentifiers: Identifiers
  ChildCharacteristics: { Ethnicity?: string; Disabilities?: { Disability: string[] } }
  CINdetails: Episode[]
}

export interface Identifiers {
  LAchildID?: string
  UPN?: string
  FormerUPN?: string
  UPNunknown?: string
  PersonBirthDate?: string
  ExpectedPersonBirthDate?: string
  Sex?: string
  GenderCurrent?: string
  PersonDeathDate?: string
}

/** From a referral to the closure of the case. */
export interface Episode {
  CINreferralDate: string
  ReferralSource?: string
  PrimaryNeedCode?: string
  CINclosureDate?: string
  ReasonForClosure?: string
  /** Conferences that no section 47 enquiry of this authority led to. A file has room for one. */
  DateOfInitialCPC?: string[]
  Assessments?: Assessment[]
  CINPlanDates?: { CINPlanStartDate: string; CINPlanEndDate?: string }[]
  Section47?: Section47[]
  ReferralNFA?: string
  ChildProtectionPlans?: ChildProtectionPlan[]
  PreProceedingsandFGDM?: PreProceedings[]
}

export interface Assessment {
  AssessmentActualStartDate: string
  AssessmentInternalReviewDate?: string
  AssessmentAuthorisationDate?: string
  FactorsIdentifiedAtAssessment?: { AssessmentFactors: string[] }
}

export interface Section47 {
  S47ActualStartDate: string
  InitialCPCtarget?: string
  DateOfInitialCPC?: string
  ICPCnotRequired?: string
}

export interface ChildProtectionPlan {
  CPPstartDate: string
  CPPendDate?: string
  InitialCategoryOfAbuse?: string
  LatestCategoryOfAbuse?: string
  NumberOfPreviousCPP?: string
  Reviews?: { CPPreviewDate: string[] }
}

export interface PreProceedings {
  PPStartDate?: string
  LBPSentDate?: string
  FGDMMeetingOffer?: string
  FGDMMeetingFac?: string
  InitialPPMeetingDate?: string
  ReviewMeetingsCount?: string
  StepDecisionDate?: string
  PPOutcome?: string
  CourtAppDate?: string
  LetterInitCPDate?: string
}
