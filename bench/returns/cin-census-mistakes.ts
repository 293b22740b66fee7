import { dayNumber, dayOfIso } from '../../src/returns/reading/days.ts'
import { isWeekend } from '../../src/returns/rules/calendar.ts'
import { startYear } from '../../src/returns/rules/collection.ts'
import { type CensusChild, type CinEpisode, checkLetter, firstYearOfPreProceedings } from './cin-census.ts'
import { iso } from './dates.ts'
import type { Fields, Mistake } from './mistakes.ts'

type Made = ReturnType<Mistake<CensusChild>['make']>

/** The year that is returned: its first and last day. */
interface Year {
  first: number
  last: number
}

/** Ways in which a census goes wrong, each found by one rule and by no other. */
export function censusMistakes(year: string): Mistake<CensusChild>[] {
  const first = dayNumber(startYear(year), 4, 1)
  const last = dayNumber(startYear(year) + 1, 3, 31)
  const all = {
    ...kinds({ first, last }),
    ...(year < firstYearOfPreProceedings ? {} : ofPreProceedings({ first, last })),
  }
  return Object.entries(all).map(([rule, make]) => ({
    rule,
    make: (child, _chance, before) => make(child, before),
  }))
}

const day = (text: string | undefined) => dayOfIso(text ?? '')

const isOpen = ({ fields }: CinEpisode) => fields.CINclosureDate === undefined
const wentFurther = ({ fields }: CinEpisode) => fields.ReferralNFA === '0'

/** With the only episode of a child, where it has but one. */
const withOnly =
  (make: (cin: CinEpisode, child: CensusChild) => Made) =>
  (child: CensusChild): Made =>
    child.CINdetails.length === 1 ? make(child.CINdetails[0]!, child) : undefined

/** With the only episode of a child, when it is a referral that led to nothing. */
const withNoFurtherAction = (make: (cin: CinEpisode, child: CensusChild) => Made) =>
  withOnly((cin, child) =>
    wentFurther(cin) || child.ChildIdentifiers.UPNunknown === 'UN7' ? undefined : make(cin, child),
  )

/** With an only episode that is open and its only assessment, which is signed off. */
const withSignedOff = (make: (one: CinEpisode['Assessments'][number], cin: CinEpisode) => Made) =>
  withOnly((cin) => {
    const one = cin.Assessments[0]
    return isOpen(cin) && one?.fields.AssessmentAuthorisationDate ? make(one, cin) : undefined
  })

/** With an only assessment that is under way. */
const withUnderWay = (make: (one: CinEpisode['Assessments'][number], cin: CinEpisode) => Made) =>
  withOnly((cin, child) => {
    const one = cin.Assessments[0]
    const isBorn = child.ChildIdentifiers.PersonBirthDate !== undefined
    return isBorn && one && !one.fields.AssessmentAuthorisationDate ? make(one, cin) : undefined
  })

/** With an only child protection plan, which goes on. */
const withPlan = (make: (plan: CinEpisode['ChildProtectionPlans'][number], cin: CinEpisode) => Made) =>
  withOnly((cin) => {
    const plan = cin.ChildProtectionPlans[0]
    return plan && plan.fields.CPPendDate === undefined ? make(plan, cin) : undefined
  })

/** With an enquiry that led to a conference and to no plan, in an open episode. */
const withConference = (make: (enquiry: Fields, cin: CinEpisode) => Made) =>
  withOnly((cin) => {
    const enquiry = cin.Section47[0]
    return isOpen(cin) && enquiry?.DateOfInitialCPC && cin.ChildProtectionPlans.length === 0
      ? make(enquiry, cin)
      : undefined
  })

/** With an enquiry of which nobody knows yet whether there will be a conference. */
const withOpenEnquiry = (make: (enquiry: Fields, cin: CinEpisode) => Made) =>
  withOnly((cin) => {
    const enquiry = cin.Section47[0]
    return enquiry?.ICPCnotRequired === '0' && !enquiry.DateOfInitialCPC ? make(enquiry, cin) : undefined
  })

/** With an only child in need plan, open or ended as is wanted. */
const withNeedPlan = (ended: boolean, make: (plan: Fields, cin: CinEpisode) => Made) =>
  withOnly((cin, child) => {
    const plan = cin.CINPlanDates[0]
    const isAlone = cin.ChildProtectionPlans.length === 0 && !child.ChildIdentifiers.PersonDeathDate
    return plan && isAlone && (plan.CINPlanEndDate !== undefined) === ended ? make(plan, cin) : undefined
  })

/** With a UPN, which is to be another. */
const withUpn =
  (other: (upn: string) => string) =>
  ({ ChildIdentifiers }: CensusChild): Made => {
    if (ChildIdentifiers.UPN === undefined) return undefined
    ChildIdentifiers.UPN = other(ChildIdentifiers.UPN)
    return [ChildIdentifiers]
  }

function nextSaturday(from: number): number {
  let there = from
  while (!isWeekend(there) || isWeekend(there - 1)) there++
  return there
}

function kinds({ first, last }: Year): Record<string, (child: CensusChild, before: CensusChild) => Made> {
  return {
    1103: withSignedOff((one, cin) => {
      if (cin.Section47.length > 0) return undefined
      one.fields.AssessmentActualStartDate = iso(day(cin.fields.CINreferralDate) - 1)
      return [one, cin]
    }),
    1510: withUpn((upn) => (upn[0] === 'A' ? 'B' : 'A') + upn.slice(1)),
    1520: ({ ChildIdentifiers: mine }, { ChildIdentifiers: other }) => {
      if (mine.UPN === undefined || other.UPN === undefined) return undefined
      mine.UPN = other.UPN
      return [
        { rule: '1520', rows: [other] },
        { rule: '1520', rows: [mine] },
      ]
    },
    1530: withUpn((upn) => {
      const digits = `999${upn.slice(4)}`
      return checkLetter(digits) + digits
    }),
    1540: withUpn((upn) => `${upn.slice(0, 7)}A${upn.slice(8)}`),
    1550: withUpn((upn) => `${upn.slice(0, 12)}I`),
    '1560Q': ({ ChildIdentifiers }) => {
      if (ChildIdentifiers.FormerUPN === undefined) return undefined
      ChildIdentifiers.FormerUPN = 'unknown'
      return [ChildIdentifiers]
    },
    1570: ({ ChildIdentifiers }) => {
      ChildIdentifiers.LAchildID = ChildIdentifiers.LAchildID!.padEnd(21, '0')
      return [ChildIdentifiers]
    },
    1580: ({ ChildIdentifiers }) => {
      ChildIdentifiers.LAchildID = ChildIdentifiers.LAchildID!.replace('CH', 'CH-')
      return [ChildIdentifiers]
    },
    2889: withConference((enquiry, cin) => {
      enquiry.S47ActualStartDate = iso(day(cin.fields.CINreferralDate) - 1)
      return [enquiry, cin]
    }),
    2990: withOnly((cin) => {
      if (!/RC[89]/.test(cin.fields.ReasonForClosure ?? '')) return undefined
      const plan = {
        CINPlanStartDate: cin.Assessments[0]!.fields.AssessmentActualStartDate,
        CINPlanEndDate: cin.fields.CINclosureDate,
      }
      cin.CINPlanDates = [plan]
      return [cin, plan]
    }),
    '2991Q': withConference((enquiry, cin) => {
      cin.Assessments = []
      return [enquiry]
    }),
    4010: withNeedPlan(false, (plan) => {
      plan.CINPlanStartDate = iso(last + 2)
      return [plan]
    }),
    4011: withNeedPlan(true, (plan) => {
      const end = day(plan.CINPlanStartDate) - 1
      if (end < first) return undefined
      plan.CINPlanEndDate = iso(end)
      return [plan]
    }),
    '4012Q': withNeedPlan(true, (plan) => {
      plan.CINPlanEndDate = plan.CINPlanStartDate
      return [plan]
    }),
    4013: withNeedPlan(false, (plan) => {
      plan.CINPlanEndDate = iso(last + 3)
      return [plan]
    }),
    4015: withNeedPlan(false, (plan, cin) => {
      plan.CINPlanStartDate = iso(day(cin.fields.CINreferralDate) - 4)
      return [plan, cin]
    }),
    4180: ({ ChildIdentifiers }) => {
      if (ChildIdentifiers.PersonBirthDate === undefined || ChildIdentifiers.Sex === undefined)
        return undefined
      ChildIdentifiers.Sex = '1'
      return [ChildIdentifiers]
    },
    4220: ({ ChildCharacteristics }) => {
      ChildCharacteristics.Ethnicity = 'WHITE'
      return [ChildCharacteristics]
    },
    8500: ({ ChildIdentifiers }) => {
      ChildIdentifiers.LAchildID = undefined
      return [ChildIdentifiers]
    },
    8510: ({ ChildIdentifiers: mine }, { ChildIdentifiers: other }) => {
      mine.LAchildID = other.LAchildID
      return [
        { rule: '8510', rows: [other] },
        { rule: '8510', rows: [mine] },
      ]
    },
    '8525Q': withOnly((cin, { ChildIdentifiers }) => {
      const due = last - 20
      if (!ChildIdentifiers.PersonBirthDate || day(cin.fields.CINreferralDate) < due - 280) return undefined
      ChildIdentifiers.ExpectedPersonBirthDate = iso(due)
      return [ChildIdentifiers]
    }),
    '8530Q': ({ ChildIdentifiers }) => {
      if (ChildIdentifiers.ExpectedPersonBirthDate === undefined) return undefined
      ChildIdentifiers.ExpectedPersonBirthDate = iso(last - 31)
      return [ChildIdentifiers]
    },
    8540: withOnly((cin, { ChildIdentifiers, Disabilities }) => {
      if (!wentFurther(cin) || !ChildIdentifiers.PersonBirthDate || Disabilities.length !== 1)
        return undefined
      Disabilities[0]!.Disability = 'DEAF'
      return [Disabilities[0]!, ChildIdentifiers, cin]
    }),
    '8545Q': ({ ChildIdentifiers }) => {
      if (!ChildIdentifiers.PersonBirthDate || ChildIdentifiers.PersonDeathDate) return undefined
      ChildIdentifiers.PersonDeathDate = iso(last + 5)
      return [ChildIdentifiers]
    },
    '8555Q': withNoFurtherAction((cin, { ChildIdentifiers }) => {
      const death = day(cin.fields.CINreferralDate) - 1
      if (death < first) return undefined
      ChildIdentifiers.PersonDeathDate = iso(death)
      return [cin, ChildIdentifiers]
    }),
    8565: withOnly((cin) => {
      const one = cin.Assessments[0]
      if (!/RC[89]/.test(cin.fields.ReasonForClosure ?? '') || one === undefined) return undefined
      const end = day(one.fields.AssessmentAuthorisationDate) - 1
      if (end < first || end < day(cin.fields.CINreferralDate)) return undefined
      if (end < day(one.fields.AssessmentActualStartDate)) return undefined
      cin.fields.CINclosureDate = iso(end)
      return [cin, one]
    }),
    8568: withNoFurtherAction((cin) => {
      if (day(cin.fields.CINreferralDate) < first) return undefined
      cin.fields.ReferralNFA = 'no'
      return [cin]
    }),
    '8569Q': withNoFurtherAction((cin, { ChildIdentifiers }) => {
      if (day(ChildIdentifiers.PersonBirthDate) > first - 20) return undefined
      cin.fields.CINreferralDate = iso(first - 12)
      return [cin]
    }),
    '8585Q': ({ ChildIdentifiers, CINdetails }) => {
      if (ChildIdentifiers.PersonDeathDate === undefined) return undefined
      ChildIdentifiers.PersonDeathDate = undefined
      return [ChildIdentifiers, CINdetails[0]!]
    },
    8590: withNoFurtherAction((_cin, child) => {
      child.CINdetails = []
      return [child.ChildIdentifiers]
    }),
    8600: withNoFurtherAction((cin) => {
      cin.fields.CINreferralDate = iso(last + 2)
      return [cin]
    }),
    8608: withSignedOff((one, cin) => {
      const after = day(one.fields.AssessmentAuthorisationDate) + 1
      if (after > last || cin.Section47.length > 0) return undefined
      one.fields.AssessmentActualStartDate = iso(after)
      return [one]
    }),
    8610: withOnly((cin) => {
      if (!wentFurther(cin)) return undefined
      cin.fields.PrimaryNeedCode = undefined
      return [cin]
    }),
    8614: withUnderWay((one) => {
      one.factors = ['2B']
      return [one]
    }),
    8615: withConference((enquiry) => {
      enquiry.S47ActualStartDate = iso(day(enquiry.DateOfInitialCPC) + 1)
      return [enquiry]
    }),
    8620: withOnly((cin) => {
      if (isOpen(cin) || cin.fields.ReasonForClosure === 'RC2') return undefined
      cin.fields.CINclosureDate = iso(last + 8)
      return [cin]
    }),
    8640: withOnly((cin) => {
      if (!/RC[1347]/.test(cin.fields.ReasonForClosure ?? '')) return undefined
      cin.fields.ReasonForClosure = 'RC12'
      return [cin]
    }),
    8650: withOnly((cin) => {
      if (!wentFurther(cin)) return undefined
      cin.fields.PrimaryNeedCode = 'N12'
      return [cin]
    }),
    '8670Q': withUnderWay((one, cin) => {
      cin.fields.CINreferralDate = iso(last - 120)
      one.fields.AssessmentActualStartDate = iso(last - 100)
      return [one]
    }),
    '8675Q': withOpenEnquiry((enquiry, cin) => {
      enquiry.S47ActualStartDate = iso(last - 60)
      return day(cin.fields.CINreferralDate) > last - 60 ? undefined : [enquiry]
    }),
    8696: withSignedOff((one) => {
      one.fields.AssessmentAuthorisationDate = iso(last + 3)
      return [one]
    }),
    8715: withConference((enquiry) => {
      let after = last + 1
      while (isWeekend(after)) after++
      enquiry.DateOfInitialCPC = iso(after)
      return [enquiry]
    }),
    8730: withPlan((plan) => {
      plan.fields.NumberOfPreviousCPP = '-1'
      return [plan]
    }),
    8736: withUnderWay((one) => {
      one.fields.AssessmentActualStartDate = iso(last + 2)
      return [one]
    }),
    8740: withOpenEnquiry((enquiry) => {
      enquiry.S47ActualStartDate = iso(last + 2)
      return [enquiry]
    }),
    8750: ({ ChildIdentifiers }) => {
      if (ChildIdentifiers.ExpectedPersonBirthDate === undefined || !ChildIdentifiers.Sex) return undefined
      ChildIdentifiers.Sex = 'F'
      return [ChildIdentifiers]
    },
    8772: withOnly((cin, { ChildIdentifiers }) => {
      if (!wentFurther(cin) || ChildIdentifiers.UPN !== undefined) return undefined
      ChildIdentifiers.UPNunknown = 'UN7'
      return [ChildIdentifiers, cin]
    }),
    '8775Q': withOnly((cin, { ChildIdentifiers }) => {
      if (!isOpen(cin) || !ChildIdentifiers.PersonBirthDate || !ChildIdentifiers.UPN) return undefined
      ChildIdentifiers.PersonBirthDate = iso(first - 26 * 365)
      return [ChildIdentifiers, cin]
    }),
    8790: ({ Disabilities }) => {
      if (Disabilities[0]?.Disability !== 'NONE') return undefined
      Disabilities.push({ Disability: 'HEAR' })
      return [Disabilities[1]!]
    },
    8794: ({ Disabilities }) => {
      if (Disabilities.length !== 2) return undefined
      Disabilities[1]!.Disability = Disabilities[0]!.Disability
      return Disabilities
    },
    8805: withOnly((cin) => {
      if (!/RC[1347]/.test(cin.fields.ReasonForClosure ?? '')) return undefined
      cin.fields.ReasonForClosure = undefined
      return [cin]
    }),
    8810: withNeedPlan(false, (_plan, cin) => {
      cin.fields.ReasonForClosure = 'RC7'
      return [cin]
    }),
    8820: ({ CINdetails: [once, twice] }) => {
      if (once === undefined || twice === undefined) return undefined
      const again = day(once.fields.CINclosureDate) - 1
      if (again <= day(once.fields.CINreferralDate)) return undefined
      twice.fields.CINreferralDate = iso(again)
      return [twice, once]
    },
    '8825Q': withOnly((cin) => {
      if (!/RC[89]/.test(cin.fields.ReasonForClosure ?? '')) return undefined
      cin.Assessments = []
      return [cin]
    }),
    8831: withNoFurtherAction((cin) => {
      const one = {
        fields: { AssessmentActualStartDate: iso(last - 3) },
        factors: [],
      }
      if (day(cin.fields.CINreferralDate) > last - 3) return undefined
      cin.Assessments = [one]
      return [cin, one]
    }),
    8841: withPlan((plan) => {
      const review = plan.Reviews[0]
      if (review === undefined) return undefined
      review.CPPreviewDate = plan.fields.CPPstartDate
      return [review, plan]
    }),
    '8842Q': withPlan((plan) => {
      const review = plan.Reviews[0]
      if (review === undefined) return undefined
      review.CPPreviewDate = ''
      return [review]
    }),
    8866: withOnly((cin) => {
      cin.fields.ReferralSource = '9A'
      return day(cin.fields.CINreferralDate) < dayNumber(2013, 4, 1) ? undefined : [cin]
    }),
    8867: withOnly((cin) => {
      const one = cin.Assessments[0]
      const start = day(one?.fields.AssessmentActualStartDate)
      if (isOpen(cin) || one === undefined || start < first || start > last - 80) return undefined
      one.fields.AssessmentAuthorisationDate = undefined
      one.factors = []
      return [
        { rule: '8867', rows: [cin, one] },
        { rule: '8670Q', rows: [one] },
      ]
    }),
    8868: withOnly((cin) => {
      const enquiry = cin.Section47[0]
      if (isOpen(cin) || enquiry?.ICPCnotRequired !== '1') return undefined
      if (day(cin.fields.CINclosureDate) < last - 14) cin.fields.CINclosureDate = iso(last)
      enquiry.ICPCnotRequired = '0'
      enquiry.S47ActualStartDate = iso(last - 6)
      return [cin, enquiry]
    }),
    8869: withOnly((cin) => {
      const one = cin.Assessments[0]
      if (!/RC[89]/.test(cin.fields.ReasonForClosure ?? '') || one === undefined) return undefined
      one.factors = ['2B', '21']
      return [one]
    }),
    '8870Q': withConference((enquiry) => {
      enquiry.InitialCPCtarget = iso(nextSaturday(day(enquiry.InitialCPCtarget)))
      return [enquiry]
    }),
    '8873Q': withSignedOff((one, cin) => {
      one.factors = ['21']
      return [one, cin]
    }),
    8875: withConference((enquiry) => {
      const saturday = nextSaturday(day(enquiry.DateOfInitialCPC))
      if (saturday > last) return undefined
      enquiry.DateOfInitialCPC = iso(saturday)
      return [enquiry]
    }),
    '8897Q': withSignedOff((one) => {
      one.factors = []
      return [one]
    }),
    8898: withSignedOff((one) => {
      one.factors = ['2B', '3A', '2B']
      return [one]
    }),
    8905: withPlan((plan) => {
      plan.fields.InitialCategoryOfAbuse = 'OTH'
      return [plan]
    }),
    8910: withPlan((plan) => {
      plan.fields.LatestCategoryOfAbuse = 'neg'
      return [plan]
    }),
    8930: withPlan((plan) => {
      plan.fields.CPPendDate = iso(last + 4)
      return [plan]
    }),
    '8945Q': withSignedOff((one) => {
      one.factors = ['18A']
      return [one]
    }),
    '8950Q': withSignedOff((one) => {
      one.factors = ['4B', '19A']
      return [one]
    }),
  }
}

/** With pre-proceedings that went as far as a court. */
const withPreProceedings = (make: (row: Fields) => Made) =>
  withOnly((cin) => {
    const [row] = cin.PreProceedingsandFGDM
    return row?.CourtAppDate ? make(row) : undefined
  })

const putPreProceedings = (values: (row: Fields) => Fields) =>
  withPreProceedings((row) => [Object.assign(row, values(row))])

const dayBefore = (text: string | undefined) => iso(day(text) - 1)

/** 9000Q is about the return as a whole. */
function ofPreProceedings({ first, last }: Year): ReturnType<typeof kinds> {
  return {
    9005: putPreProceedings(() => ({ PPStartDate: iso(first - 1) })),
    9006: putPreProceedings(({ PPStartDate }) => ({ LBPSentDate: dayBefore(PPStartDate) })),
    9007: putPreProceedings(() => ({ FGDMMeetingOffer: undefined })),
    9008: putPreProceedings(() => ({ InitialPPMeetingDate: iso(last + 1) })),
    9009: putPreProceedings(({ PPStartDate }) => ({ StepDecisionDate: dayBefore(PPStartDate) })),
    '9010Q': withPreProceedings((row) =>
      row.FGDMMeetingOffer === '1' ? [Object.assign(row, { FGDMMeetingFac: undefined })] : undefined,
    ),
    9011: putPreProceedings(() => ({ PPOutcome: 'D' })),
    9012: putPreProceedings(({ StepDecisionDate }) => ({ CourtAppDate: dayBefore(StepDecisionDate) })),
    9013: putPreProceedings(({ CourtAppDate }) => ({ LetterInitCPDate: dayBefore(CourtAppDate) })),
    '9015Q': putPreProceedings(() => ({ ReviewMeetingsCount: undefined })),
  }
}
