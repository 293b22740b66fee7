import { AsideWork } from './aside-work.ts'
import { CensusWork } from './cin-census-work.ts'
import { answer } from './hands.ts'
import { Ssda903Work } from './ssda903-work.ts'

/**
 * The checking of returns: what the command and the pages load, and what its threads run. `load.ts` bundles it, with
 * every rule, into one file.
 */
export { UnusableInput } from '../reading/unusable.ts'
export { RuleDefect } from '../rules/check-child.ts'
export { childChecker } from './child.ts'
export { checkCinCensus } from './cin-census.ts'
export { checkSsda903 } from './ssda903.ts'

answer({ 'cin-census': CensusWork.begin, ssda903: Ssda903Work.begin, aside: () => new AsideWork() })
