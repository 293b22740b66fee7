/** All that a rule of the children in need census is written with. See README.md. */
import { censusTables } from '../reading/cin-census/tables.ts'
import type { Child } from './cin-census-child.ts'
import type { CensusRows } from './cin-census-rows.ts'
import {
  makeRule,
  type ReturnShape,
  type RowTest,
  type Rule,
  type RuleDefinition,
  type VersionFacts,
} from './rule.ts'

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
