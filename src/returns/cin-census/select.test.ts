import { describe, expect, test } from 'vitest'
import type { Child, Episode } from './child.ts'
import { collectionNamed } from './collection.ts'
import { CensusYear, select } from './select.ts'

/** 1 April 2024 to 31 March 2025. */
const year = collectionNamed('2024-25')!
/** Good Friday was 29 March 2024, Easter Monday 1 April 2024: the working day before the census year was the 28th. */
const holidays = new Set(['2024-03-29', '2024-04-01', '2024-12-25', '2024-12-26', '2025-01-01'])
const isWorkingDay = (day: string) => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !holidays.has(day)
}

const open: Episode = {
  CINreferralDate: '2023-06-01',
  ReferralSource: '1A',
  PrimaryNeedCode: 'N1',
  ReferralNFA: '0',
}

function childWith(episodes: Episode[], ids: Child['ChildIdentifiers'] = {}): Child {
  return {
    ChildIdentifiers: {
      LAchildID: 'A1',
      UPN: 'T201000123456',
      PersonBirthDate: '2012-05-14',
      Sex: 'F',
      ...ids,
    },
    ChildCharacteristics: { Ethnicity: 'WBRI' },
    CINdetails: episodes,
  }
}

const selected = (child: Child, collection = year) => select(child, new CensusYear(collection, isWorkingDay))
/** What comes out as it will be written: what is absent is not there. */
const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
const episodeOf = (episode: Episode) => plain(selected(childWith([{ ...open, ...episode }]))!.CINdetails[0]!)
const partOf = <K extends keyof Episode>(name: K, parts: Episode[K]) =>
  episodeOf({ ...open, [name]: parts })[name]

describe('which episodes go in (format.md section 5)', () => {
  test.each<[string, Partial<Episode>, boolean]>([
    ['referred on the reference date', { CINreferralDate: '2025-03-31' }, true],
    ['referred the day after', { CINreferralDate: '2025-04-01' }, false],
    ['referred years before and open', { CINreferralDate: '2015-01-01' }, true],
    ['closed on the first day of the year', { CINclosureDate: '2024-04-01', ReasonForClosure: 'RC7' }, true],
    ['closed on the day before', { CINclosureDate: '2024-03-31', ReasonForClosure: 'RC7' }, false],
    ['closed on the reference date', { CINclosureDate: '2025-03-31', ReasonForClosure: 'RC7' }, true],
    [
      'closed the day after: open at the reference date',
      { CINclosureDate: '2025-04-01', ReasonForClosure: 'RC7' },
      true,
    ],
    ['not known whether it went further', { ReferralNFA: undefined }, true],
    ['no further action, in the year', { ReferralNFA: '1', CINreferralDate: '2024-04-01' }, true],
    ['no further action, on the reference date', { ReferralNFA: '1', CINreferralDate: '2025-03-31' }, true],
    [
      'no further action, on the working day before the year (8569Q)',
      { ReferralNFA: '1', CINreferralDate: '2024-03-28' },
      true,
    ],
    [
      'no further action, on the working day before that',
      { ReferralNFA: '1', CINreferralDate: '2024-03-27' },
      false,
    ],
    [
      'no further action, before the year and still without closure',
      { ReferralNFA: '1', CINreferralDate: '2023-12-01' },
      false,
    ],
    [
      'no further action, before the year, closed in it',
      { ReferralNFA: '1', CINreferralDate: '2023-12-01', CINclosureDate: '2024-06-01' },
      false,
    ],
  ])('%s', (_, episode, goesIn) => {
    expect(selected(childWith([{ ...open, ...episode }])) !== null).toBe(goesIn)
  })

  test('a child goes in with those episodes only, the earliest first', () => {
    const child = childWith([
      { ...open, CINreferralDate: '2025-01-10' },
      { ...open, CINreferralDate: '2020-01-01', CINclosureDate: '2021-01-01' },
      { ...open, CINreferralDate: '2024-02-01', CINclosureDate: '2024-12-01' },
    ])
    expect(selected(child)!.CINdetails.map((episode) => episode.CINreferralDate)).toEqual([
      '2024-02-01',
      '2025-01-10',
    ])
  })

  test('a child of whom nothing goes in is not in the return', () => {
    expect(selected(childWith([]))).toBeNull()
  })

  test('a closure after the reference date is left out with its reason', () => {
    expect(episodeOf({ ...open, CINclosureDate: '2025-04-03', ReasonForClosure: 'RC7' })).toEqual(open)
    const closed = { CINclosureDate: '2025-03-31', ReasonForClosure: 'RC7' }
    expect(episodeOf({ ...open, ...closed })).toEqual({ ...open, ...closed })
  })

  test('with a referral that went no further goes nothing but the referral', () => {
    const referral: Episode = {
      CINreferralDate: '2024-05-01',
      ReferralSource: '2A',
      CINclosureDate: '2024-05-02',
      ReasonForClosure: 'RC8',
      PrimaryNeedCode: 'N1',
      ReferralNFA: '1',
    }
    const more: Partial<Episode> = {
      DateOfInitialCPC: ['2024-06-01'],
      Assessments: [{ AssessmentActualStartDate: '2024-05-03' }],
      CINPlanDates: [{ CINPlanStartDate: '2024-05-03' }],
      Section47: [{ S47ActualStartDate: '2024-05-03' }],
      ChildProtectionPlans: [{ CPPstartDate: '2024-05-03' }],
      PreProceedingsandFGDM: [{ PPStartDate: '2024-05-03' }],
    }
    expect(episodeOf({ ...referral, ...more })).toEqual(referral)
  })
})

describe('which assessments go in', () => {
  test.each<[string, string, string | undefined, boolean]>([
    ['finished on the first day of the year', '2023-12-01', '2024-04-01', true],
    ['finished on the day before', '2023-12-01', '2024-03-31', false],
    ['finished on the reference date', '2025-01-01', '2025-03-31', true],
    ['not finished, started on the first day', '2024-04-01', undefined, true],
    ['not finished, started before', '2024-03-31', undefined, false],
    ['not finished, started after the reference date', '2025-04-01', undefined, false],
    ['finished after the reference date, started in the year', '2025-03-20', '2025-04-10', true],
    ['finished after the reference date, started before the year', '2024-03-20', '2025-04-10', false],
  ])('%s', (_, start, end, goesIn) => {
    const part = partOf('Assessments', [
      { AssessmentActualStartDate: start, AssessmentAuthorisationDate: end },
    ])
    expect(part).toHaveLength(goesIn ? 1 : 0)
  })

  test('of one that was not finished by the reference date: no end, no factors, no later review', () => {
    expect(
      partOf('Assessments', [
        {
          AssessmentActualStartDate: '2025-03-20',
          AssessmentInternalReviewDate: '2025-04-01',
          AssessmentAuthorisationDate: '2025-04-10',
          FactorsIdentifiedAtAssessment: { AssessmentFactors: ['3A'] },
        },
      ]),
    ).toEqual([{ AssessmentActualStartDate: '2025-03-20' }])
  })

  test('of a finished one everything', () => {
    const finished = {
      AssessmentActualStartDate: '2024-05-01',
      AssessmentInternalReviewDate: '2024-05-11',
      AssessmentAuthorisationDate: '2024-06-01',
      FactorsIdentifiedAtAssessment: { AssessmentFactors: ['3A', '24A'] },
    }
    expect(partOf('Assessments', [finished])).toEqual([finished])
  })
})

/** Child in need plans and child protection plans go in by the same rule. */
const plans: [string, string, string | undefined, string | undefined | null][] = [
  ['ended on the first day of the year', '2023-01-01', '2024-04-01', '2024-04-01'],
  ['ended on the day before', '2023-01-01', '2024-03-31', null],
  ['ended on the reference date', '2023-01-01', '2025-03-31', '2025-03-31'],
  ['ended the day after: open, without its end', '2023-01-01', '2025-04-01', undefined],
  ['open, started on the reference date', '2025-03-31', undefined, undefined],
  ['open, started the day after', '2025-04-01', undefined, null],
  ['started and ended after the reference date', '2025-04-01', '2025-04-02', null],
]

describe('which plans go in', () => {
  test.each(plans)('child in need plan, %s', (_, start, end, written) => {
    expect(partOf('CINPlanDates', [{ CINPlanStartDate: start, CINPlanEndDate: end }])).toEqual(
      written === null ? [] : [plain({ CINPlanStartDate: start, CINPlanEndDate: written })],
    )
  })

  test.each(plans)('child protection plan, %s', (_, start, end, written) => {
    const facts = { InitialCategoryOfAbuse: 'NEG', LatestCategoryOfAbuse: 'EMO', NumberOfPreviousCPP: '2' }
    expect(partOf('ChildProtectionPlans', [{ CPPstartDate: start, CPPendDate: end, ...facts }])).toEqual(
      written === null ? [] : [plain({ CPPstartDate: start, CPPendDate: written, ...facts })],
    )
  })

  test('every review of a plan up to the reference date, from the plan’s start, in order', () => {
    const [plan] = partOf('ChildProtectionPlans', [
      {
        CPPstartDate: '2023-09-01',
        Reviews: { CPPreviewDate: ['2025-03-31', '2023-08-31', '2025-04-01', '2023-09-01', '2023-12-01'] },
      },
    ])!
    expect(plan!.Reviews).toEqual({ CPPreviewDate: ['2023-09-01', '2023-12-01', '2025-03-31'] })
  })

  test('earlier plans are counted over all episodes unless their number was reported', () => {
    const child = childWith([
      {
        ...open,
        CINreferralDate: '2019-01-01',
        CINclosureDate: '2021-01-01',
        ChildProtectionPlans: [
          { CPPstartDate: '2019-02-01', CPPendDate: '2019-08-01' },
          { CPPstartDate: '2020-02-01', CPPendDate: '2020-08-01' },
        ],
      },
      { ...open, ChildProtectionPlans: [{ CPPstartDate: '2024-07-01', InitialCategoryOfAbuse: 'PHY' }] },
    ])
    expect(plain(selected(child)!.CINdetails[0]!.ChildProtectionPlans)).toEqual([
      {
        CPPstartDate: '2024-07-01',
        InitialCategoryOfAbuse: 'PHY',
        LatestCategoryOfAbuse: 'PHY',
        NumberOfPreviousCPP: '2',
      },
    ])
  })
})

describe('which section 47 enquiries and conferences go in', () => {
  test.each<[string, { start: string; conference?: string; notNeeded?: string }, boolean]>([
    ['conference on the first day of the year', { start: '2024-03-01', conference: '2024-04-01' }, true],
    ['conference on the day before', { start: '2024-03-01', conference: '2024-03-31' }, false],
    ['conference on the reference date', { start: '2025-03-10', conference: '2025-03-31' }, true],
    ['no conference, started on the first day', { start: '2024-04-01' }, true],
    ['no conference, started before', { start: '2024-03-31' }, false],
    ['no conference, started after the reference date', { start: '2025-04-01' }, false],
    [
      'conference after the reference date, started in the year',
      { start: '2025-03-20', conference: '2025-04-05' },
      true,
    ],
    [
      'conference after the reference date, started before the year',
      { start: '2024-03-20', conference: '2025-04-05' },
      false,
    ],
    [
      'conference before the year, started in it all the same',
      { start: '2024-05-01', conference: '2024-01-05' },
      false,
    ],
    ['not needed, started in the year', { start: '2024-04-01', notNeeded: '1' }, true],
    ['not needed, started before', { start: '2024-03-31', notNeeded: '1' }, false],
    [
      'not needed, started in the year, though an old conference is recorded',
      { start: '2024-05-01', conference: '2024-01-05', notNeeded: '1' },
      true,
    ],
  ])('%s', (_, { start, conference, notNeeded }, goesIn) => {
    const part = partOf('Section47', [
      { S47ActualStartDate: start, DateOfInitialCPC: conference, ICPCnotRequired: notNeeded },
    ])
    expect(part).toHaveLength(goesIn ? 1 : 0)
  })

  test('the target is 15 working days on, unless it was reported or no conference was needed', () => {
    const [counted, reported, notNeeded] = partOf('Section47', [
      { S47ActualStartDate: '2024-12-20', DateOfInitialCPC: '2025-01-10' },
      { S47ActualStartDate: '2024-12-20', InitialCPCtarget: '2025-01-17' },
      { S47ActualStartDate: '2024-12-20', ICPCnotRequired: '1' },
    ])!
    // Christmas Day, Boxing Day and New Year’s Day are none.
    expect(counted).toEqual({
      S47ActualStartDate: '2024-12-20',
      InitialCPCtarget: '2025-01-15',
      DateOfInitialCPC: '2025-01-10',
      ICPCnotRequired: '0',
    })
    expect(reported!.InitialCPCtarget).toBe('2025-01-17')
    expect(notNeeded).toEqual({ S47ActualStartDate: '2024-12-20', ICPCnotRequired: '1' })
  })

  test('a conference without an enquiry goes in when it was held in the year', () => {
    const held = (...days: string[]) => episodeOf({ ...open, DateOfInitialCPC: days }).DateOfInitialCPC
    expect(held('2024-04-01')).toEqual(['2024-04-01'])
    expect(held('2025-03-31', '2024-09-01')).toEqual(['2025-03-31'])
    expect(held('2024-03-31', '2025-04-01')).toEqual([])
  })
})

describe('how items are filled (format.md section 6)', () => {
  const identifiersOf = (ids: Child['ChildIdentifiers'], episode: Partial<Episode> = {}, collection = year) =>
    plain(selected(childWith([{ ...open, ...episode }], ids), collection)!.ChildIdentifiers)

  test('a UPN needs no reason, a reason given stands', () => {
    expect(identifiersOf({ UPNunknown: 'UN3' })).not.toHaveProperty('UPNunknown')
    expect(identifiersOf({ UPN: undefined, UPNunknown: 'UN4' }).UPNunknown).toBe('UN4')
  })

  test('the reasons that follow from the record', () => {
    const none = { UPN: undefined }
    expect(identifiersOf(none)).not.toHaveProperty('UPNunknown')
    expect(identifiersOf({ ...none, PersonBirthDate: '2019-08-31' })).not.toHaveProperty('UPNunknown')
    expect(identifiersOf({ ...none, PersonBirthDate: '2019-09-01' }).UPNunknown).toBe('UN1')
    expect(identifiersOf(none, { ReferralNFA: '1', CINreferralDate: '2024-06-01' }).UPNunknown).toBe('UN7')
  })

  test('once born, the birth date takes the place of the due date; unborn at the reference date, it does not', () => {
    const both = { PersonBirthDate: '2025-03-31', ExpectedPersonBirthDate: '2025-04-09' }
    expect(identifiersOf(both)).toEqual({
      LAchildID: 'A1',
      UPN: 'T201000123456',
      PersonBirthDate: '2025-03-31',
      Sex: 'F',
    })
    expect(identifiersOf({ ...both, PersonBirthDate: '2025-04-01' })).toEqual({
      LAchildID: 'A1',
      UPN: 'T201000123456',
      ExpectedPersonBirthDate: '2025-04-09',
      Sex: 'U',
    })
  })

  test('sex, and gender in the collections that asked for it', () => {
    const before = collectionNamed('2023-24')!
    expect(identifiersOf({ Sex: undefined })).toHaveProperty('Sex', 'U')
    expect(identifiersOf({ Sex: undefined, GenderCurrent: '1' })).toHaveProperty('Sex', 'M')
    expect(identifiersOf({ Sex: undefined, GenderCurrent: '9' })).toHaveProperty('Sex', 'U')
    expect(identifiersOf({ Sex: 'M', GenderCurrent: '9' }, {}, before)).toHaveProperty('GenderCurrent', '9')
    expect(identifiersOf({ Sex: 'M' }, {}, before)).toHaveProperty('GenderCurrent', '1')
  })

  test('a death after the reference date had not happened; an ethnicity not asked is NOBT', () => {
    expect(identifiersOf({ PersonDeathDate: '2025-04-01' })).not.toHaveProperty('PersonDeathDate')
    expect(identifiersOf({ PersonDeathDate: '2025-03-31' })).toHaveProperty('PersonDeathDate', '2025-03-31')
    expect(selected({ ...childWith([open]), ChildCharacteristics: {} })!.ChildCharacteristics.Ethnicity).toBe(
      'NOBT',
    )
  })
})

test('nothing is changed in what was recorded', () => {
  const child = childWith([
    {
      ...open,
      DateOfInitialCPC: ['2025-01-02', '2024-05-01'],
      ChildProtectionPlans: [
        { CPPstartDate: '2024-05-01', Reviews: { CPPreviewDate: ['2025-01-01', '2024-06-01'] } },
      ],
    },
  ])
  const before = structuredClone(child)
  selected(child)
  expect(child).toEqual(before)
})
