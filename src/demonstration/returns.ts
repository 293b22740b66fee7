import { stringify } from 'csv-stringify/sync'
import { addDays, type Day } from '../web/words.ts'
import { Chance } from './chance.ts'
import type { Child, Family } from './families.ts'

/** A day of the past; what lies ahead has not happened. */
const upTo = (today: Day, day: Day): Day | undefined => (day <= today ? day : undefined)
const british = (day: Day | undefined) => (day ? day.split('-').reverse().join('/') : '')

/** The year of the return that a day falls into, by the year in which it ends. */
export const returnYear = (day: Day): number => Number(day.slice(0, 4)) + (day.slice(5) >= '04-01' ? 1 : 0)

const element = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `<${name}>${value}</${name}>`
const group = (name: string, ...inner: string[]): string => `<${name}>${inner.join('')}</${name}>`

/** The children in need census of these families, as another system would have sent it. */
export function censusOf(families: readonly Family[], today: Day): string {
  const year = returnYear(today)
  const children = families.flatMap((family) => family.children)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${group(
    'Message',
    group(
      'Header',
      group(
        'CollectionDetails',
        element('Collection', 'CIN'),
        element('Year', String(year)),
        element('ReferenceDate', `${year}-03-31`),
      ),
      group(
        'Source',
        element('SourceLevel', 'L'),
        element('LEA', '999'),
        element('SoftwareCode', 'Demonstration'),
        element('SerialNo', '001'),
        element('DateTime', `${today}T06:00:00`),
      ),
    ),
    `\n${group('Children', ...children.map((child, n) => `\n${censusChild(child, n, today)}`))}\n`,
  )}\n`
}

function censusChild(child: Child, n: number, today: Day): string {
  return group(
    'Child',
    group(
      'ChildIdentifiers',
      element('LAchildID', child.id),
      element('UPN', child.upn),
      child.upn ? '' : element('UPNunknown', 'UN3'),
      element('PersonBirthDate', child.born),
      element('Sex', child.sex),
    ),
    group(
      'ChildCharacteristics',
      element('Ethnicity', child.ethnicity),
      group('Disabilities', element('Disability', child.disability ?? 'NONE')),
    ),
    censusEpisode(child, new Chance(n + 77), today),
  )
}

function censusEpisode(child: Child, chance: Chance, today: Day): string {
  const { story, since } = child
  const began =
    story === 'looked-after' || story === 'protected' ? addDays(since, -chance.whole(40, 90)) : since
  const assessed = story === 'referred' ? undefined : upTo(today, addDays(began, chance.whole(25, 44)))
  const closed =
    story === 'closed' || story === 'left-care'
      ? upTo(today, addDays(began, chance.whole(60, 180)))
      : undefined
  const planned = story === 'in-need' || story === 'closed' ? assessed && addDays(assessed, 3) : undefined
  return group(
    'CINdetails',
    element('CINreferralDate', began),
    element('ReferralSource', chance.one(['1A', '2A', '2B', '3A', '5A', '6', '7'])),
    element('PrimaryNeedCode', child.need),
    element('CINclosureDate', closed),
    closed ? element('ReasonForClosure', 'RC7') : '',
    story === 'protected' ? enquiry(since) : '',
    group(
      'Assessments',
      element('AssessmentActualStartDate', addDays(began, 1)),
      element('AssessmentAuthorisationDate', assessed),
      assessed ? group('FactorsIdentifiedAtAssessment', ...factors(chance)) : '',
    ),
    planned
      ? group(
          'CINPlanDates',
          element('CINPlanStartDate', planned),
          element('CINPlanEndDate', closed && closed > planned ? closed : undefined),
        )
      : '',
    element('ReferralNFA', '0'),
    story === 'protected' ? plan(child, today) : '',
  )
}

const factors = (chance: Chance): string[] =>
  [...new Set([chance.one(['3B', '4B', '16A', '17A']), chance.one(['1B', '2B', '19C', '3A'])])]
    .sort()
    .map((code) => element('AssessmentFactors', code))

const enquiry = (since: Day): string =>
  group(
    'Section47',
    element('S47ActualStartDate', addDays(since, -18)),
    element('InitialCPCtarget', addDays(since, 3)),
    element('DateOfInitialCPC', since),
    element('ICPCnotRequired', '0'),
  )

function plan(child: Child, today: Day): string {
  const reviews = [91, 91 + 180].map((days) => upTo(today, addDays(child.since, days - 4)))
  return group(
    'ChildProtectionPlans',
    element('CPPstartDate', child.since),
    element('InitialCategoryOfAbuse', child.category),
    element('LatestCategoryOfAbuse', child.category),
    element('NumberOfPreviousCPP', '0'),
    ...reviews.map((day) => (day ? group('Reviews', element('CPPreviewDate', day)) : '')),
  )
}

interface Care {
  readonly child: Child
  readonly postcode: string
}

/** The looked-after children return of these families: each table's file by its name. */
export function careReturnOf(families: readonly Family[], today: Day): ReadonlyMap<string, string> {
  const care: Care[] = families.flatMap(({ children, postcode }) =>
    children
      .filter(({ story }) => story === 'looked-after' || story === 'left-care')
      .map((child) => ({ child, postcode })),
  )
  const csv = (rows: Record<string, string>[]) => stringify(rows, { header: true })
  const lookedAfter = care.filter(({ child }) => child.story === 'looked-after')
  return new Map([
    ['header.csv', csv(care.map(headerRow))],
    ['episodes.csv', csv(care.flatMap((one, n) => episodeRows(one, n, today)))],
    ['reviews.csv', csv(lookedAfter.flatMap(({ child }) => reviewRows(child, today)))],
    ['oc2.csv', csv(lookedAfter.filter(({ child }) => child.since < addDays(today, -365)).map(healthRow))],
    ['missing.csv', csv(lookedAfter.filter((_, n) => n % 4 === 1).map(({ child }) => missingRow(child)))],
    [
      'oc3.csv',
      csv(
        care
          .filter(({ child }) => child.story === 'left-care')
          .map(({ child }) => ({
            CHILD: child.id,
            DOB: british(child.born),
            IN_TOUCH: 'YES',
            ACTIV: 'F2',
            ACCOM: 'U1',
          })),
      ),
    ],
  ])
}

const headerRow = ({ child }: Care) => ({
  CHILD: child.id,
  SEX: child.sex,
  DOB: british(child.born),
  ETHNIC: child.ethnicity,
  UPN: child.upn ?? 'UN3',
  MOTHER: '',
  MC_DOB: '',
})

function episodeRows({ child, postcode }: Care, n: number, today: Day): Record<string, string>[] {
  const chance = new Chance(n + 4711)
  const left = child.story === 'left-care' ? addDays(child.born, Math.round(365.25 * 18)) : undefined
  const ends = left && left <= today ? left : undefined
  const second = addDays(child.since, chance.whole(60, 150))
  const parts: { from: Day; to: Day | undefined; ls: string; place: string; rne: string }[] = [
    { from: child.since, to: second < today ? second : ends, ls: 'V2', place: 'U6', rne: 'S' },
  ]
  if (second < today && (!ends || second < ends)) {
    parts.push({ from: second, to: ends, ls: 'C2', place: chance.one(['U4', 'U1', 'K2', 'U6']), rne: 'B' })
  }
  return parts.map(({ from, to, ls, place, rne }, index) => ({
    CHILD: child.id,
    DECOM: british(from),
    RNE: rne,
    LS: ls,
    CIN: child.need,
    PLACE: place,
    PLACE_PROVIDER: 'PR1',
    DEC: british(to),
    REC: to ? (index < parts.length - 1 ? 'X1' : 'E4A') : '',
    REASON_PLACE_CHANGE: to && index < parts.length - 1 ? 'CARPL' : '',
    HOME_POST: postcode,
    PL_POST: 'FX4 7QT',
    URN: place === 'K2' ? 'SC000101' : '',
  }))
}

function reviewRows(child: Child, today: Day): Record<string, string>[] {
  const rows: Record<string, string>[] = []
  for (let day = addDays(child.since, 19), step = 88; day <= today; day = addDays(day, step), step = 178) {
    rows.push({ CHILD: child.id, DOB: british(child.born), REVIEW: british(day), REVIEW_CODE: 'PN1' })
  }
  return rows
}

const healthRow = ({ child }: Care) => ({
  CHILD: child.id,
  DOB: british(child.born),
  SDQ_SCORE: String((Number(child.id.slice(-2)) % 20) + 4),
  SDQ_REASON: '',
  CONVICTED: '0',
  HEALTH_CHECK: '1',
  IMMUNISATIONS: '1',
  TEETH_CHECK: Number(child.id.slice(-1)) % 3 ? '1' : '0',
  HEALTH_ASSESSMENT: '1',
  SUBSTANCE_MISUSE: '0',
  INTERVENTION_RECEIVED: '',
  INTERVENTION_OFFERED: '',
})

const missingRow = (child: Child) => ({
  CHILD: child.id,
  DOB: british(child.born),
  MISSING: 'M',
  MIS_START: british(addDays(child.since, 70)),
  MIS_END: british(addDays(child.since, 71)),
})

/** Names, numbers, addresses and relationships, which no return carries (docs/import.md). */
export function peopleOf(families: readonly Family[]): string {
  const rows = families.flatMap((family) => [
    ...[family.mother, family.father].flatMap((adult) =>
      adult
        ? [
            {
              local_id: adult.id,
              forename: adult.forename,
              surname: adult.surname,
              date_of_birth: british(adult.born),
              sex: adult.sex,
              address: adult === family.mother || family.fatherAtHome ? family.address : '',
              postcode: adult === family.mother || family.fatherAtHome ? family.postcode : '',
              mobile: adult.mobile,
            },
          ]
        : [],
    ),
    ...family.children.flatMap((child) => childRows(child, family)),
  ])
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return stringify(rows, { header: true, columns })
}

function childRows(child: Child, family: Family): Record<string, string>[] {
  const { mother, father, fatherAtHome, children, address, postcode } = family
  const away = child.story === 'looked-after' || child.story === 'left-care'
  const tie = (
    to: { id: string; forename: string; surname: string },
    relationship: string,
    home: boolean,
  ) => ({
    local_id: child.id,
    related_to: to.id,
    related_name: `${to.forename} ${to.surname}`,
    relationship,
    same_household: home ? 'yes' : 'no',
  })
  return [
    {
      forename: child.forename,
      surname: child.surname,
      date_of_birth: british(child.born),
      sex: child.sex,
      nhs_number: child.nhs,
      address,
      postcode,
      ...tie(mother, 'mother', !away),
      responsibility_basis: 'mother',
      responsibility_evidence: 'Birth certificate',
      responsibility_evidence_seen: british(child.since),
    },
    ...(father ? [tie(father, 'father', fatherAtHome && !away)] : []),
    ...children
      .filter((other) => other.id > child.id)
      .map((other) =>
        tie(other, other.sex === 'F' ? 'sister' : 'brother', !away && other.story === child.story),
      ),
  ]
}
