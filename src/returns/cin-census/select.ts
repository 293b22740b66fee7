import { addDays } from '../../web/words.ts'
import type {
  Assessment,
  Child,
  ChildProtectionPlan,
  Episode,
  Identifiers,
  PreProceedings,
  Section47,
} from './child.ts'
import type { Collection } from './collection.ts'

/** Whether a day (CCYY-MM-DD) is a working day in England. */
export type IsWorkingDay = (day: string) => boolean

/** Working days from the strategy discussion to the initial conference (format.md section 6). */
const conferenceWorkingDays = 15

/**
 * What the return of a collection says of a child: the episodes and parts of format.md section 5, as they stood at the
 * reference date, filled as section 6 says.
 * @param child everything recorded of the child
 * @param census the census year; the same one for all children of a return
 * @returns null when the child does not go in
 */
export function select(child: Child, census: CensusYear): Child | null {
  const plans = child.CINdetails.flatMap((episode) => episode.ChildProtectionPlans ?? [])
  const episodes = child.CINdetails.map((episode) => asAtReferenceDate(episode, census))
    .filter((episode) => census.takes(episode))
    .map((episode) => partsThatGoIn(episode, census, plans))
    .sort((a, b) => (a.CINreferralDate < b.CINreferralDate ? -1 : 1))
  if (episodes.length === 0) return null
  return {
    ChildIdentifiers: identifiers(child.ChildIdentifiers, episodes, census),
    ChildCharacteristics: { Ethnicity: notYetAsked, ...child.ChildCharacteristics },
    CINdetails: episodes,
  }
}

const notYetAsked = 'NOBT'

/** The census year and what it asks of a date. */
export class CensusYear {
  readonly collection: Collection
  readonly isWorkingDay: IsWorkingDay
  readonly #targets = new Map<string, string>()
  /** The last working day before the census year: a referral of that day without further action still goes in (rule 8569Q). */
  readonly #dayBefore: string

  constructor(collection: Collection, isWorkingDay: IsWorkingDay) {
    this.collection = collection
    this.isWorkingDay = isWorkingDay
    let day = addDays(collection.from, -1)
    while (!isWorkingDay(day)) day = addDays(day, -1)
    this.#dayBefore = day
  }

  has(day: string | undefined): boolean {
    return day !== undefined && day >= this.collection.from && day <= this.collection.to
  }

  /** What is later than the reference date had not happened yet. */
  known<T extends string | undefined>(day: T): T | undefined {
    return day !== undefined && day <= this.collection.to ? day : undefined
  }

  /** When the initial conference is due for an enquiry that began on this day. */
  conferenceDue(start: string): string {
    const known = this.#targets.get(start)
    if (known !== undefined) return known
    const due = workingDaysAfter(start, conferenceWorkingDays, this.isWorkingDay)
    this.#targets.set(start, due)
    return due
  }

  takes(episode: Episode): boolean {
    const { CINreferralDate: referred, CINclosureDate: closed } = episode
    if (referred > this.collection.to) return false
    if (episode.ReferralNFA === '1') return referred >= this.#dayBefore
    return closed === undefined || this.has(closed)
  }
}

function asAtReferenceDate(episode: Episode, census: CensusYear): Episode {
  const closed = census.known(episode.CINclosureDate)
  return { ...episode, CINclosureDate: closed, ReasonForClosure: closed && episode.ReasonForClosure }
}

function partsThatGoIn(episode: Episode, census: CensusYear, plansOfChild: ChildProtectionPlan[]): Episode {
  const { CINreferralDate, ReferralSource, PrimaryNeedCode, CINclosureDate, ReasonForClosure } = episode
  const referral = { CINreferralDate, ReferralSource, PrimaryNeedCode, CINclosureDate, ReasonForClosure }
  if (episode.ReferralNFA === '1') return { ...referral, ReferralNFA: '1' }
  return {
    ...referral,
    DateOfInitialCPC: lastOf(episode.DateOfInitialCPC?.filter((day) => census.has(day))),
    Assessments: episode.Assessments?.flatMap((assessment) => assessmentIn(assessment, census)),
    CINPlanDates: episode.CINPlanDates?.map((plan) => ({
      ...plan,
      CINPlanEndDate: census.known(plan.CINPlanEndDate),
    })).filter((plan) => ranIn(census, plan.CINPlanStartDate, plan.CINPlanEndDate)),
    Section47: episode.Section47?.flatMap((enquiry) => enquiryIn(enquiry, census)),
    ReferralNFA: '0',
    ChildProtectionPlans: episode.ChildProtectionPlans?.flatMap((plan) => planIn(plan, census, plansOfChild)),
    PreProceedingsandFGDM: episode.PreProceedingsandFGDM?.flatMap((period) =>
      preProceedingsIn(period, census),
    ),
  }
}

const lastOf = (days: string[] | undefined) => days?.sort().slice(-1)

/** Finished in the census year; or not finished, and started in it. */
function assessmentIn(assessment: Assessment, census: CensusYear): Assessment[] {
  const authorised = census.known(assessment.AssessmentAuthorisationDate)
  const goesIn =
    authorised === undefined ? census.has(assessment.AssessmentActualStartDate) : census.has(authorised)
  if (!goesIn) return []
  return [
    {
      ...assessment,
      AssessmentInternalReviewDate: census.known(assessment.AssessmentInternalReviewDate),
      AssessmentAuthorisationDate: authorised,
      // Factors are told of finished assessments only.
      FactorsIdentifiedAtAssessment: authorised && assessment.FactorsIdentifiedAtAssessment,
    } as Assessment,
  ]
}

/** Ended in the census year; or still open at its end. */
function ranIn(census: CensusYear, start: string, end: string | undefined): boolean {
  return end === undefined ? start <= census.collection.to : census.has(end)
}

/** Its conference was held in the census year; or there was none by the reference date, and it started in the year. */
function enquiryIn(enquiry: Section47, census: CensusYear): Section47[] {
  const { S47ActualStartDate: start } = enquiry
  const conference = census.known(enquiry.DateOfInitialCPC)
  if (!(conference === undefined ? census.has(start) : census.has(conference))) {
    // One that was flagged as not needed goes in by its start, whatever else is said of a conference.
    if (!(enquiry.ICPCnotRequired === '1' && census.has(start))) return []
  }
  const needed = enquiry.ICPCnotRequired !== '1'
  return [
    {
      S47ActualStartDate: start,
      InitialCPCtarget: enquiry.InitialCPCtarget ?? (needed ? census.conferenceDue(start) : undefined),
      DateOfInitialCPC: conference,
      ICPCnotRequired: needed ? '0' : '1',
    },
  ]
}

function planIn(
  plan: ChildProtectionPlan,
  census: CensusYear,
  plansOfChild: ChildProtectionPlan[],
): ChildProtectionPlan[] {
  const end = census.known(plan.CPPendDate)
  if (!ranIn(census, plan.CPPstartDate, end)) return []
  const reviews = plan.Reviews?.CPPreviewDate.filter((day) => day >= plan.CPPstartDate && census.known(day))
  const before = plansOfChild.filter((other) => other.CPPstartDate < plan.CPPstartDate).length
  return [
    {
      ...plan,
      CPPendDate: end,
      LatestCategoryOfAbuse: plan.LatestCategoryOfAbuse ?? plan.InitialCategoryOfAbuse,
      NumberOfPreviousCPP: plan.NumberOfPreviousCPP ?? String(before),
      Reviews: reviews && { CPPreviewDate: reviews.sort() },
    },
  ]
}

/** The draft checks for 2026-27 (9005) want periods that began in the census year; nothing says more yet. */
function preProceedingsIn(period: PreProceedings, census: CensusYear): PreProceedings[] {
  if (period.PPStartDate !== undefined && !census.has(period.PPStartDate)) return []
  const step = census.known(period.StepDecisionDate)
  return [
    {
      ...period,
      LBPSentDate: census.known(period.LBPSentDate),
      InitialPPMeetingDate: census.known(period.InitialPPMeetingDate),
      StepDecisionDate: step,
      PPOutcome: step === period.StepDecisionDate ? period.PPOutcome : undefined,
      CourtAppDate: census.known(period.CourtAppDate),
      LetterInitCPDate: census.known(period.LetterInitCPDate),
    },
  ]
}

function identifiers(ids: Identifiers, episodes: Episode[], census: CensusYear): Identifiers {
  const born = census.known(ids.PersonBirthDate)
  return {
    LAchildID: ids.LAchildID,
    UPN: ids.UPN,
    FormerUPN: ids.FormerUPN,
    UPNunknown: ids.UPN === undefined ? (ids.UPNunknown ?? whyNoUpn(born, episodes, census)) : undefined,
    PersonBirthDate: born,
    // Once a child is born the birth date takes the place of the due date.
    ExpectedPersonBirthDate: born === undefined ? ids.ExpectedPersonBirthDate : undefined,
    [census.collection.sexField]:
      born === undefined ? notKnownSex[census.collection.sexField] : sexOf(ids, census.collection),
    PersonDeathDate: census.known(ids.PersonDeathDate),
  }
}

/** The two reasons that follow from the record itself: nothing went further; too young for school. */
function whyNoUpn(born: string | undefined, episodes: Episode[], census: CensusYear): string | undefined {
  if (episodes.every(({ ReferralNFA }) => ReferralNFA === '1')) return 'UN7'
  const schoolAgeIfBornBy = `${census.collection.year - 6}-08-31`
  return born === undefined || born > schoolAgeIfBornBy ? 'UN1' : undefined
}

const notKnownSex = { Sex: 'U', GenderCurrent: '0' }
/** The DfE gives no conversion of 9, so that it becomes not known (codes.json). */
const sexOfGender: Record<string, string> = { 1: 'M', 2: 'F' }
const genderOfSex: Record<string, string> = { M: '1', F: '2' }

function sexOf(ids: Identifiers, { sexField }: Collection): string {
  const converted = sexField === 'Sex' ? sexOfGender[ids.GenderCurrent ?? ''] : genderOfSex[ids.Sex ?? '']
  return ids[sexField] ?? converted ?? notKnownSex[sexField]
}

function workingDaysAfter(day: string, count: number, isWorkingDay: IsWorkingDay): string {
  let reached = day
  for (let left = count; left > 0; ) {
    reached = addDays(reached, 1)
    if (isWorkingDay(reached)) left -= 1
  }
  return reached
}
