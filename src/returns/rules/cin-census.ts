/** All that a rule of the children in need census is written with. See README.md. */
import { codeSet, isValid } from '../../codes/codes.ts'
import { censusTables } from '../reading/cin-census/tables.ts'
import type { Child } from './cin-census-child.ts'
import type { CensusRows, CinEpisode, Enquiry } from './cin-census-rows.ts'
import type { Collection } from './collection.ts'
import { type Marked, only, type Row } from './row.ts'
import {
  makeRule,
  type ReturnShape,
  type RowTest,
  type Rule,
  type RuleDefinition,
  type VersionFacts,
} from './rule.ts'
import { blank, type Text, yes } from './words.ts'

export * from './calendar.ts'
export { Child } from './cin-census-child.ts'
export * from './cin-census-rows.ts'
export { Collection } from './collection.ts'
export { only, type Row } from './row.ts'
export type { Found, Rule } from './rule.ts'
export * from './words.ts'

/** The tests a rule may have of single rows: it may have several. */
interface RowTests<V> {
  /** The one row of the return itself: it is found on no child. */
  eachHeader?: RowTest<CensusRows['Header'], null, V>
  eachChildIdentifiers?: RowTest<CensusRows['ChildIdentifiers'], Child, V>
  eachChildCharacteristics?: RowTest<CensusRows['ChildCharacteristics'], Child, V>
  eachDisability?: RowTest<CensusRows['Disabilities'], Child, V>
  eachCINdetails?: RowTest<CensusRows['CINdetails'], Child, V>
  eachAssessment?: RowTest<CensusRows['Assessments'], Child, V>
  eachCINPlan?: RowTest<CensusRows['CINPlanDates'], Child, V>
  eachSection47?: RowTest<CensusRows['Section47'], Child, V>
  eachChildProtectionPlan?: RowTest<CensusRows['ChildProtectionPlans'], Child, V>
  eachReview?: RowTest<CensusRows['Reviews'], Child, V>
  eachPreProceedings?: RowTest<CensusRows['PreProceedingsandFGDM'], Child, V>
}

const shape: ReturnShape = {
  columns: new Map(censusTables.map(({ name, columns }) => [name, columns])),
  rowTests: {
    eachHeader: 'Header',
    eachChildIdentifiers: 'ChildIdentifiers',
    eachChildCharacteristics: 'ChildCharacteristics',
    eachDisability: 'Disabilities',
    eachCINdetails: 'CINdetails',
    eachAssessment: 'Assessments',
    eachCINPlan: 'CINPlanDates',
    eachSection47: 'Section47',
    eachChildProtectionPlan: 'ChildProtectionPlans',
    eachReview: 'Reviews',
    eachPreProceedings: 'PreProceedingsandFGDM',
  },
  pairTests: {},
}

/** Makes a rule of the children in need census. */
export const rule = <V extends VersionFacts = VersionFacts>(
  definition: RuleDefinition<Child, V> & RowTests<V>,
): Rule => makeRule(shape, definition as never)

/** The codes of a national set as the census has it: `codesOf('ethnicity')`; where years differ, those of one year. */
export const codesOf = (set: string, year?: string): ReadonlySet<Text> =>
  new Set<Text>(
    codeSet(set)
      .codes.filter((code) => code.only?.includes('cin-census') ?? true)
      .filter((code) => year === undefined || isValid(code, year))
      .map(({ code }) => code),
  )

/** Whether an episode ended with its assessment: nothing more to do, or passed on to early help. */
export const closedAfterAssessment = ({ ReasonForClosure }: CinEpisode): boolean =>
  ReasonForClosure === 'RC8' || ReasonForClosure === 'RC9'

/** Whether an enquiry waits for its conference: none has been held, and nothing says that none is needed. */
export const awaitsConference = ({ DateOfInitialCPC, ICPCnotRequired }: Enquiry): boolean =>
  blank(DateOfInitialCPC) && !yes(ICPCnotRequired)

/** The rows of which the test is true, when these are two or more. */
export function twoOrMore<R extends Row>(rows: readonly R[], test: (row: R) => boolean): false | R[] {
  let howMany = 0
  for (const row of rows) if (test(row)) howMany++
  return howMany > 1 && rows.filter(test)
}

/**
 * Compares a row with all the others of a list, never with itself.
 * @returns this field of the row, and the others of which the test is true, to be marked; undefined when there are none
 */
export function clashes<R extends Row, O extends Row>(
  row: R,
  field: string,
  others: readonly O[],
  test: (row: R, other: O, collection: Collection) => boolean,
  collection: Collection,
): (Row | Marked)[] | undefined {
  let found: (Row | Marked)[] | undefined
  for (const other of others) {
    if ((other as Row) === row || !test(row, other, collection)) continue
    found ??= [only(row, field)]
    found.push(other)
  }
  return found
}
