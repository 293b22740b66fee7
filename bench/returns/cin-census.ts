import { dayNumber, dayOfIso } from '../../src/returns/reading/days.ts'
import { isWeekend, monthsAfter } from '../../src/returns/rules/calendar.ts'
import { startYear } from '../../src/returns/rules/collection.ts'
import { isWorkingDay } from '../../src/returns/rules/working-days.ts'
import { Chance } from './chance.ts'
import { iso } from './dates.ts'
import type { Fields } from './mistakes.ts'

/** A child of the census, as it stands in the file: each object is a row of the table that it is named by. */
export interface CensusChild {
  ChildIdentifiers: Fields
  ChildCharacteristics: Fields
  Disabilities: Fields[]
  CINdetails: CinEpisode[]
}

export interface CinEpisode {
  /** Of the episode itself, in the order of the file: those up to `DateOfInitialCPC`, and ReferralNFA. */
  fields: Fields
  Assessments: { fields: Fields; factors: string[] }[]
  CINPlanDates: Fields[]
  Section47: Fields[]
  ChildProtectionPlans: { fields: Fields; Reviews: Fields[] }[]
  PreProceedingsandFGDM: Fields[]
}

const ethnicities =
  'WBRI WBRI WBRI WBRI WBRI WIRI WIRT WROM WOTH MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE OOTH REFU NOBT'.split(
    ' ',
  )
const disabilities = 'MOB HAND PC INC COMM LD HEAR VIS BEH CON AUT DDA'.split(' ')
const sources = '1A 1B 1C 1D 2A 2B 3A 3B 3C 3D 3E 3F 4 5A 5B 5C 5D 6 7 8 9 10'.split(' ')
const factors =
  '1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A 18B 18C 19B 19C 20 22A 23A 24A'.split(
    ' ',
  )
const abuse = 'NEG PHY SAB EMO'.split(' ')
const checkLetters = 'ABCDEFGHJKLMNPQRTUVWXYZ'

/** What is known of a child before the story of its case is told. */
interface Start {
  chance: Chance
  /** The year's first and last day. */
  first: number
  last: number
}

/** A UPN that is in order, and another for each number. */
export function upnOf(number: number): string {
  const digits = `201${String(number % 1_000_000_000).padStart(9, '0')}`
  return checkLetter(digits) + digits
}

/** @param digits twelve of them */
export function checkLetter(digits: string): string {
  let sum = 0
  for (let i = 0; i < digits.length; i++) sum += Number(digits[i]) * (i + 2)
  return checkLetters[sum % 23]!
}

/**
 * Invents a child of the census, in order by every rule of the year.
 * @param number its place in the return, from 0
 */
export function inventCensusChild(seed: number, number: number, year: string): CensusChild {
  const chance = new Chance(seed, number)
  const start = {
    chance,
    first: dayNumber(startYear(year), 4, 1),
    last: dayNumber(startYear(year) + 1, 3, 31),
  }
  const story = chance.weighted([
    [noFurtherAction, 22],
    [assessedAndClosed, 26],
    [inNeed, 22],
    [protectedChild, 12],
    [enquiryOnly, 6],
    [conferenceOnly, 4],
    [openLong, 6],
    [underAssessment, 8],
    [referredAgain, 5],
    [unborn, 4],
    [died, 2],
  ])
  return story(start, number, year)
}

/** A child who has been born, with an episode or more. @param before the first referral, which the child must precede */
function born(
  { chance, first }: Start,
  number: number,
  year: string,
  before: number,
  CINdetails: CinEpisode[],
): CensusChild {
  const dob = Math.min(first, before) - chance.int(20, 17 * 365)
  const upn = chance.percent(80) || dob < first - 4 * 365
  const sex = chance.one(year < '2024-25' ? ['1', '2'] : ['M', 'F'])
  return {
    ChildIdentifiers: {
      LAchildID: `CH${String(number + 1).padStart(7, '0')}`,
      UPN: upn ? upnOf(number) : undefined,
      FormerUPN: upn && chance.percent(5) ? upnOf(number + 500_000_000) : undefined,
      UPNunknown: upn ? undefined : 'UN1',
      PersonBirthDate: iso(dob),
      [year < '2024-25' ? 'GenderCurrent' : 'Sex']: sex,
    },
    ChildCharacteristics: { Ethnicity: chance.one(ethnicities) },
    Disabilities: (chance.percent(20) ? chance.some(disabilities, chance.int(1, 3)) : ['NONE']).map(
      (Disability) => ({ Disability }),
    ),
    CINdetails,
  }
}

function episode(chance: Chance, referral: number, rest: Partial<CinEpisode> = {}): CinEpisode {
  return {
    fields: {
      CINreferralDate: iso(referral),
      ReferralSource: chance.one(sources),
      PrimaryNeedCode: `N${chance.int(1, 8)}`,
      CINclosureDate: undefined,
      ReasonForClosure: undefined,
      DateOfInitialCPC: undefined,
      ReferralNFA: '0',
    },
    Assessments: [],
    CINPlanDates: [],
    Section47: [],
    ChildProtectionPlans: [],
    PreProceedingsandFGDM: [],
    ...rest,
  }
}

const closed = (episode: CinEpisode, day: number, reason: string): CinEpisode => {
  episode.fields.CINclosureDate = iso(day)
  episode.fields.ReasonForClosure = reason
  return episode
}

const finished = (chance: Chance, start: number, end: number) => ({
  fields: { AssessmentActualStartDate: iso(start), AssessmentAuthorisationDate: iso(end) },
  factors: chance.some(factors, chance.int(1, 4)),
})

function noFurtherAction(start: Start, number: number, year: string): CensusChild {
  const { chance, first, last } = start
  const referral = chance.int(first, last)
  const only = episode(chance, referral)
  only.fields.ReferralNFA = '1'
  only.fields.PrimaryNeedCode = undefined
  const child = born(start, number, year, referral, [only])
  if (chance.percent(60)) child.Disabilities = []
  if (child.ChildIdentifiers.UPN !== undefined && chance.percent(30))
    child.ChildIdentifiers = {
      ...child.ChildIdentifiers,
      ...{ UPN: undefined, FormerUPN: undefined, UPNunknown: 'UN7' },
    }
  return child
}

function assessedAndClosed(start: Start, number: number, year: string): CensusChild {
  const { chance, first, last } = start
  const referral = chance.int(first - 20, last - 70)
  const authorised = Math.max(first, referral + chance.int(10, 50))
  const assessment = finished(chance, referral + chance.int(0, 3), authorised)
  if (chance.percent(15)) assessment.factors = ['21']
  const only = episode(chance, referral, { Assessments: [assessment] })
  closed(only, authorised + chance.int(0, 15), chance.one(['RC8', 'RC9']))
  return born(start, number, year, referral, [only])
}

function inNeed(start: Start, number: number, year: string): CensusChild {
  const { chance, first, last } = start
  const referral = chance.int(first, last - 120)
  const authorised = referral + chance.int(12, 50)
  const plan = authorised + chance.int(0, 5)
  const only = episode(chance, referral, {
    Assessments: [finished(chance, referral + chance.int(0, 3), authorised)],
    CINPlanDates: [{ CINPlanStartDate: iso(plan), CINPlanEndDate: undefined }],
  })
  if (chance.percent(50)) {
    const end = chance.int(plan + 20, last)
    only.CINPlanDates[0]!.CINPlanEndDate = iso(end)
    closed(only, Math.min(last, end + chance.int(0, 10)), chance.one(['RC1', 'RC3', 'RC4', 'RC7']))
  }
  return born(start, number, year, referral, [only])
}

/** Monday to Friday, that day or the next that is. */
const weekday = (day: number): number => (isWeekend(day) ? weekday(day + 1) : day)

/** So many working days on. */
function workingDaysAfter(day: number, count: number): number {
  let there = day
  for (let left = count; left > 0; ) if (isWorkingDay(++there)) left--
  return there
}

/** Referral, assessment, enquiry and a conference on a weekday. */
function upToConference({ chance, first, last }: Start) {
  const referral = chance.int(first, last - 150)
  const enquiry = referral + chance.int(2, 12)
  const conference = weekday(enquiry + chance.int(10, 20))
  const authorised = conference + chance.int(0, 10)
  const Section47 = [
    {
      S47ActualStartDate: iso(enquiry),
      InitialCPCtarget: iso(workingDaysAfter(enquiry, 15)),
      DateOfInitialCPC: iso(conference),
      ICPCnotRequired: '0',
    },
  ]
  const Assessments = [finished(chance, referral + chance.int(0, 2), authorised)]
  return { referral, conference, authorised, parts: { Section47, Assessments } }
}

function protectedChild(start: Start, number: number, year: string): CensusChild {
  const { chance, last } = start
  const { referral, conference, parts } = upToConference(start)
  const ends = chance.percent(40)
  const end = ends ? chance.int(conference + 95, last) : last
  const Reviews: Fields[] = []
  for (let review = conference + chance.int(60, 90); review < end; review += chance.int(120, 180))
    Reviews.push({ CPPreviewDate: iso(review) })
  if (ends) Reviews.push({ CPPreviewDate: iso(end) })
  const category = chance.one(abuse)
  const plan = {
    CPPstartDate: iso(conference),
    CPPendDate: ends ? iso(end) : undefined,
    InitialCategoryOfAbuse: category,
    LatestCategoryOfAbuse: chance.percent(80) ? category : chance.one(abuse),
    NumberOfPreviousCPP: String(
      chance.weighted([
        [0, 8],
        [1, 2],
        [2, 1],
      ]),
    ),
  }
  const only = episode(chance, referral, { ...parts, ChildProtectionPlans: [{ fields: plan, Reviews }] })
  if (ends && chance.percent(70))
    only.CINPlanDates = [{ CINPlanStartDate: iso(end), CINPlanEndDate: undefined }]
  if (year >= firstYearOfPreProceedings && !ends && chance.percent(60))
    only.PreProceedingsandFGDM = [preProceedings(start, conference)]
  return born(start, number, year, referral, [only])
}

/** The year from which pre-proceedings are asked for. */
export const firstYearOfPreProceedings = '2026-27'

/** From the decision to begin them to the letter that care proceedings begin, or only as far as a meeting. */
function preProceedings({ chance, last }: Start, after: number): Fields {
  let at = after
  const later = () => {
    at = chance.int(at, Math.min(last - 5, at + 20))
    return iso(at)
  }
  const offer = chance.percent(80)
  const begun = { PPStartDate: later(), LBPSentDate: later(), FGDMMeetingOffer: offer ? '1' : '0' }
  const met = {
    FGDMMeetingFac: offer ? '1' : undefined,
    InitialPPMeetingDate: later(),
    ReviewMeetingsCount: '1',
  }
  if (chance.percent(40)) return { ...begun, ...met }
  const decided = { StepDecisionDate: later(), PPOutcome: chance.one(['A', 'B', 'C']) }
  return { ...begun, ...met, ...decided, CourtAppDate: later(), LetterInitCPDate: later() }
}

function conferenceOnly(start: Start, number: number, year: string): CensusChild {
  const { referral, parts } = upToConference(start)
  return born(start, number, year, referral, [episode(start.chance, referral, parts)])
}

function enquiryOnly(start: Start, number: number, year: string): CensusChild {
  const { chance, last } = start
  const { referral, authorised, parts } = upToConference(start)
  const underWay = chance.percent(30)
  const enquiry = underWay ? last - chance.int(1, 14) : referral + 2
  parts.Section47 = [
    {
      S47ActualStartDate: iso(enquiry),
      InitialCPCtarget: (underWay ? iso(workingDaysAfter(enquiry, 15)) : undefined) as string,
      DateOfInitialCPC: undefined as never,
      ICPCnotRequired: underWay ? '0' : '1',
    },
  ]
  const only = episode(chance, referral, parts)
  if (!underWay && chance.percent(50)) closed(only, authorised + chance.int(1, 20), 'RC7')
  return born(start, number, year, referral, [only])
}

/** Referred before the year, and still helped. */
function openLong(start: Start, number: number, year: string): CensusChild {
  const { chance, first } = start
  const referral = first - chance.int(60, 1000)
  const plan = { CINPlanStartDate: iso(referral + chance.int(30, 50)), CINPlanEndDate: undefined }
  return born(start, number, year, referral, [episode(chance, referral, { CINPlanDates: [plan] })])
}

function underAssessment(start: Start, number: number, year: string): CensusChild {
  const { chance, last } = start
  const referral = last - chance.int(0, 30)
  const begun = { AssessmentActualStartDate: iso(Math.min(last, referral + 1)) }
  const only = episode(chance, referral, { Assessments: [{ fields: begun, factors: [] }] })
  return born(start, number, year, referral, [only])
}

function referredAgain(start: Start, number: number, year: string): CensusChild {
  const { chance, first } = start
  const referral = chance.int(first, first + 60)
  const authorised = referral + chance.int(10, 40)
  const once = episode(chance, referral, { Assessments: [finished(chance, referral, authorised)] })
  const end = authorised + chance.int(0, 10)
  closed(once, end, 'RC8')
  const again = end + chance.int(1, 90)
  const planned = again + chance.int(20, 40)
  const twice = episode(chance, again, {
    Assessments: [finished(chance, again, planned)],
    CINPlanDates: [{ CINPlanStartDate: iso(planned), CINPlanEndDate: undefined }],
  })
  return born(start, number, year, referral, [once, twice])
}

function unborn(start: Start, number: number, year: string): CensusChild {
  const { chance, last } = start
  const referral = last - chance.int(0, 60)
  const child = born(start, number, year, referral, [
    episode(chance, referral, {
      Assessments: [
        { fields: { AssessmentActualStartDate: iso(Math.max(referral, last - 20)) }, factors: [] },
      ],
    }),
  ])
  const due = Math.min(monthsAfter(last, 8), referral + chance.int(100, 200))
  child.ChildIdentifiers = {
    LAchildID: child.ChildIdentifiers.LAchildID,
    UPNunknown: 'UN1',
    ExpectedPersonBirthDate: iso(due),
    ...(year < '2024-25' ? { GenderCurrent: '0' } : { Sex: 'U' }),
  }
  child.Disabilities = []
  return child
}

function died(start: Start, number: number, year: string): CensusChild {
  const child = inNeed(start, number, year)
  const { fields, CINPlanDates } = child.CINdetails[0]!
  const death = dayOfIso(CINPlanDates[0]!.CINPlanStartDate!) + 15
  CINPlanDates[0]!.CINPlanEndDate = iso(death)
  fields.CINclosureDate = iso(death)
  fields.ReasonForClosure = 'RC2'
  child.ChildIdentifiers.PersonDeathDate = iso(death)
  return child
}
