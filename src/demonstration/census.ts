import type { Day } from '../web/words.ts'
import { birthday, earliest, firstOf, lastOf } from './days.ts'
import type { Child } from './families.ts'
import { asKnownOn, type NeedEpisode, type ProtectionPlan } from './life.ts'

/* The children in need census of a year, as another system would have sent it. */

const element = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `<${name}>${value}</${name}>`
const group = (name: string, ...inner: string[]): string => `<${name}>${inner.join('')}</${name}>`

/** Everything before the first child. @param year the one it ends in */
export const censusHead = (year: number, today: Day): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<Message>${group(
    'Header',
    group(
      'CollectionDetails',
      element('Collection', 'CIN'),
      element('Year', String(year)),
      element('ReferenceDate', lastOf(year)),
    ),
    group(
      'Source',
      element('SourceLevel', 'L'),
      element('LEA', '999'),
      element('SoftwareCode', 'Demonstration'),
      element('SerialNo', '001'),
      element('DateTime', `${earliest(today, `${year}-05-29`)}T06:00:00`),
    ),
  )}\n<Children>\n`

export const censusTail = '</Children>\n</Message>\n'

/** A year that the census asks about, so far as it has come. */
class Year {
  readonly first: Day
  readonly last: Day
  constructor(
    readonly year: number,
    today: Day,
  ) {
    this.first = firstOf(year)
    this.last = earliest(lastOf(year), today)
  }

  /** Ended in the year, or not ended. */
  reaches(end: Day | undefined): boolean {
    return end === undefined || end >= this.first
  }

  takes({ referral, close, noFurtherAction }: NeedEpisode): boolean {
    return noFurtherAction ? referral >= this.first : this.reaches(close)
  }
}

/** What the census of a year says of a child; nothing for one who does not go in. */
export function censusChild(child: Child, ofYear: number, today: Day): string | undefined {
  const year = new Year(ofYear, today)
  const life = asKnownOn(child.life, year.last)
  const episodes = life.need.filter((episode) => year.takes(episode))
  if (episodes.length === 0) return undefined
  // Due then, and perhaps born since.
  const isBorn = child.born !== undefined && child.born <= year.last
  const pupil = isBorn && birthday(child.born!, 4) <= year.last ? child.pupilNumber : undefined
  const sex = isBorn ? child.sex : 'U'
  return group(
    'Child',
    group(
      'ChildIdentifiers',
      element('LAchildID', child.id),
      element('UPN', pupil),
      element('UPNunknown', pupil ? undefined : life.care?.alone ? 'UN2' : 'UN1'),
      element('PersonBirthDate', isBorn ? child.born : undefined),
      element('ExpectedPersonBirthDate', isBorn ? undefined : (child.due ?? child.born)),
      ofYear >= 2025 ? element('Sex', sex) : element('GenderCurrent', { M: '1', F: '2', U: '0' }[sex]),
      element('PersonDeathDate', life.died),
    ),
    group(
      'ChildCharacteristics',
      element('Ethnicity', child.ethnicity),
      isBorn
        ? group(
            'Disabilities',
            ...(child.disabilities.length > 0 ? child.disabilities : ['NONE']).map((code) =>
              element('Disability', code),
            ),
          )
        : '',
    ),
    ...episodes.map((episode) => censusEpisode(episode, year)),
  )
}

function censusEpisode(episode: NeedEpisode, year: Year): string {
  const { assessments, enquiries, needPlans, protection } = episode
  return group(
    'CINdetails',
    element('CINreferralDate', episode.referral),
    element('ReferralSource', episode.source),
    element('PrimaryNeedCode', episode.need),
    element('CINclosureDate', episode.close),
    element('ReasonForClosure', episode.closedBecause),
    ...assessments
      .filter(({ start, signed }) => (signed ?? start) >= year.first)
      .map(({ start, signed, factors }) =>
        group(
          'Assessments',
          element('AssessmentActualStartDate', start),
          element('AssessmentAuthorisationDate', signed),
          factors.length > 0
            ? group(
                'FactorsIdentifiedAtAssessment',
                ...factors.map((code) => element('AssessmentFactors', code)),
              )
            : '',
        ),
      ),
    ...needPlans
      .filter(({ end }) => year.reaches(end))
      .map(({ start, end }) =>
        group('CINPlanDates', element('CINPlanStartDate', start), element('CINPlanEndDate', end)),
      ),
    ...enquiries
      .filter(({ start, conference }) => (conference ?? start) >= year.first)
      .map(({ start, target, conference }) =>
        group(
          'Section47',
          element('S47ActualStartDate', start),
          element('InitialCPCtarget', target),
          element('DateOfInitialCPC', conference),
          element('ICPCnotRequired', target ? '0' : '1'),
        ),
      ),
    element('ReferralNFA', episode.noFurtherAction ? '1' : '0'),
    ...protection.filter(({ end }) => year.reaches(end)).map((plan) => censusPlan(plan, year)),
  )
}

const censusPlan = (plan: ProtectionPlan, year: Year): string =>
  group(
    'ChildProtectionPlans',
    element('CPPstartDate', plan.start),
    element('CPPendDate', plan.end),
    element('InitialCategoryOfAbuse', plan.category),
    element('LatestCategoryOfAbuse', plan.latest),
    element('NumberOfPreviousCPP', plan.previous === undefined ? undefined : String(plan.previous)),
    ...plan.reviews
      .filter((day) => day >= year.first)
      .map((day) => group('Reviews', element('CPPreviewDate', day))),
  )
