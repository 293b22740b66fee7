import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { describeSamples, sample } from '../../testing/samples.ts'
import type { Child } from './child.ts'
import { type Collection, collectionNamed, collections } from './collection.ts'
import { CensusSchema } from './schema.ts'
import { CensusWriter } from './write.ts'

const schemas = new Map(collections.map((collection) => [collection.name, new CensusSchema(collection)]))
afterAll(() => {
  for (const schema of schemas.values()) schema.dispose()
})

const source = { lea: '201', software: 'Cairn', release: '0.1.0', serial: 7, madeAt: '2026-05-11T09:30:00' }

/** A child of whom everything is known that the census can say. */
const full: Child = {
  ChildIdentifiers: {
    LAchildID: 'CH0001',
    UPN: 'T201000123456',
    FormerUPN: 'X98765432123B',
    UPNunknown: 'UN3',
    PersonBirthDate: '2012-05-14',
    ExpectedPersonBirthDate: '2012-05-10',
    Sex: 'F',
    GenderCurrent: '2',
    PersonDeathDate: '2026-03-01',
  },
  ChildCharacteristics: { Ethnicity: 'MWBC', Disabilities: { Disability: ['HEAR', 'LD'] } },
  CINdetails: [
    {
      CINreferralDate: '2025-09-15',
      ReferralSource: '2A',
      PrimaryNeedCode: 'N1',
      CINclosureDate: '2026-03-01',
      ReasonForClosure: 'RC2',
      DateOfInitialCPC: ['2025-10-24'],
      Assessments: [
        {
          AssessmentActualStartDate: '2025-09-16',
          AssessmentInternalReviewDate: '2025-09-30',
          AssessmentAuthorisationDate: '2025-10-20',
          FactorsIdentifiedAtAssessment: { AssessmentFactors: ['3B', '16A'] },
        },
        { AssessmentActualStartDate: '2026-01-05' },
      ],
      CINPlanDates: [{ CINPlanStartDate: '2025-10-20', CINPlanEndDate: '2025-10-24' }],
      Section47: [
        {
          S47ActualStartDate: '2025-10-06',
          InitialCPCtarget: '2025-10-27',
          DateOfInitialCPC: '2025-10-24',
          ICPCnotRequired: '0',
        },
      ],
      ReferralNFA: '0',
      ChildProtectionPlans: [
        {
          CPPstartDate: '2025-10-24',
          CPPendDate: '2026-03-01',
          InitialCategoryOfAbuse: 'NEG',
          LatestCategoryOfAbuse: 'EMO',
          NumberOfPreviousCPP: '0',
          Reviews: { CPPreviewDate: ['2026-01-16', '2026-02-20'] },
        },
      ],
      PreProceedingsandFGDM: [
        {
          PPStartDate: '2026-09-09',
          LBPSentDate: '2026-09-20',
          FGDMMeetingOffer: '1',
          FGDMMeetingFac: '0',
          InitialPPMeetingDate: '2026-09-28',
          ReviewMeetingsCount: '3',
          StepDecisionDate: '2026-12-01',
          PPOutcome: 'A',
          CourtAppDate: '2026-12-18',
          LetterInitCPDate: '2027-02-05',
        },
      ],
    },
  ],
}

function file(collection: Collection, ...children: Child[]): string {
  const writer = new CensusWriter(collection, source)
  return writer.head() + children.map((child) => writer.child(child)).join('') + writer.foot()
}

describe('what the writer writes is what the schema of its year wants', () => {
  test.each(collections)('$name, everything known', (collection) => {
    const text = file(collection, full, full)
    expect(schemas.get(collection.name)!.problemsOf(text)).toEqual([])
    expect(text.includes('<Sex>')).toBe(collection.year >= 2025)
    expect(text.includes('<GenderCurrent>')).toBe(collection.year < 2025)
    expect(text.includes('PreProceedingsandFGDM')).toBe(collection.year >= 2027)
  })

  test.each(collections)('$name, the least that may be known', (collection) => {
    const least: Child = {
      ChildIdentifiers: {
        LAchildID: 'CH2',
        [collection.sexField]: collection.sexField === 'Sex' ? 'U' : '0',
      },
      ChildCharacteristics: { Ethnicity: 'NOBT', Disabilities: { Disability: [] } },
      CINdetails: [{ CINreferralDate: `${collection.year}-03-02`, ReferralSource: '3A', ReferralNFA: '1' }],
    }
    const text = file(collection, least)
    expect(schemas.get(collection.name)!.problemsOf(text)).toEqual([])
    expect(text).not.toMatch(/<(\w+)>\s*<\/\1>|\/>/)
  })

  test('another year’s file is not this year’s', () => {
    const problems = schemas.get('2025-26')!.problemsOf(file(collectionNamed('2022-23')!, full))
    expect(problems.map(({ place }) => place)).toEqual([
      '/Message/Header/CollectionDetails/Year',
      '/Message/Header/CollectionDetails/ReferenceDate',
      '/Message/Children/Child/ChildIdentifiers/GenderCurrent',
    ])
  })

  test('letters that mean something in XML, and those that XML cannot hold', () => {
    const odd = structuredClone(full)
    odd.ChildIdentifiers.LAchildID = 'A<b>&c\u0001'
    const text = file(collectionNamed('2025-26')!, odd)
    expect(text).toContain('<LAchildID>A&lt;b&gt;&amp;c\ufffd</LAchildID>')
    expect(schemas.get('2025-26')!.problemsOf(text)).toEqual([])
  })
})

describe('the schema says what is wrong and with whom', () => {
  const year = collectionNamed('2025-26')!
  const broken = (change: (child: Child) => void) => {
    const child = structuredClone(full)
    change(child)
    return schemas.get(year.name)!.problemsOf(file(year, full, child))
  }

  test.each<[string, (child: Child) => void]>([
    [
      'ReferralSource is missing, or PrimaryNeedCode is out of place',
      ({ CINdetails: [e] }) => delete e!.ReferralSource,
    ],
    ['Sex is missing, or PersonDeathDate is out of place', ({ ChildIdentifiers: ids }) => delete ids.Sex],
    [
      'Ethnicity is missing, or Disabilities is out of place',
      (child) => delete child.ChildCharacteristics.Ethnicity,
    ],
    [
      'UPN: ‘T20100012345’ is not written as the DfE expects',
      (child) => (child.ChildIdentifiers.UPN = 'T20100012345'),
    ],
    [
      'CINreferralDate: ‘2025-02-29’ is not written as the DfE expects',
      ({ CINdetails: [e] }) => (e!.CINreferralDate = '2025-02-29'),
    ],
    [
      'ReferralNFA: ‘true’ is not written as the DfE expects',
      ({ CINdetails: [e] }) => (e!.ReferralNFA = 'true'),
    ],
    [
      'NumberOfPreviousCPP: ‘-1’ is not written as the DfE expects',
      ({ CINdetails: [e] }) => (e!.ChildProtectionPlans![0]!.NumberOfPreviousCPP = '-1'),
    ],
  ])('%s', (what, change) => {
    const problems = broken(change)
    expect(problems.map((problem) => problem.what)).toEqual([what])
    expect(new Set(problems.map(({ child }) => child))).toEqual(new Set([2]))
  })

  test('two conferences in one place', () => {
    expect(broken(({ CINdetails: [e] }) => e!.DateOfInitialCPC!.push('2025-11-01'))[0]!.what).toBe(
      'ReferralNFA is missing, or DateOfInitialCPC is out of place',
    )
  })

  test('elements in another order', () => {
    const text = file(year, full).replace(/( *<UPN>.*\n)( *<FormerUPN>.*\n)/, '$2$1')
    expect(schemas.get(year.name)!.problemsOf(text)[0]!.place).toContain('/UPN')
  })
})

/** How files that others made depart from the shape of the year they are read as: by place, and how often. */
const departures: Record<string, { year: string; file: string; places: Record<string, number> }> = {
  'the tester’s file for 2022-23': {
    year: '2022-23',
    file: 'CIN_Census_2021.xml',
    places: { ChildIdentifiers: 1, ICPCnotRequired: 1 },
  },
  'the tester’s file for 2024-25': {
    year: '2024-25',
    file: 'CIN_Census_2024.xml',
    places: {
      Year: 1,
      ReferenceDate: 1,
      ChildIdentifiers: 1,
      Sex: 1,
      AssessmentFactors: 1,
      ICPCnotRequired: 1,
      FactorsIdentifiedAtAssessment: 1,
      ReferralNFA: 1,
    },
  },
  'the tester’s file for 2026-27': {
    year: '2026-27',
    file: 'CIN_Census_2026.xml',
    places: {
      Year: 1,
      ReferenceDate: 1,
      ChildIdentifiers: 1,
      Sex: 1,
      AssessmentFactors: 1,
      ICPCnotRequired: 1,
      FactorsIdentifiedAtAssessment: 1,
      ReferralNFA: 1,
    },
  },
  'a generated file, yes and no in words': {
    year: '2022-23',
    file: 'fake_CIN_data.xml',
    places: { Year: 1, ReferenceDate: 1, ReferralNFA: 402 },
  },
}

describeSamples('against the schema of their year', () => {
  test.each(Object.entries(departures))('%s', (_, { year, file: name, places }) => {
    const found: Record<string, number> = {}
    for (const { place } of schemas.get(year)!.problemsOf(readFileSync(sample(`cin-census/${name}`)))) {
      const element = place.replace(/.*\//, '').replace(/\[.*/, '')
      found[element] = (found[element] ?? 0) + 1
    }
    expect(found).toEqual(places)
  })
})
