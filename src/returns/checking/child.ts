import { Checker, type ChildFinding } from '../rules/check-child.ts'
import type { Child as CensusChild } from '../rules/cin-census-child.ts'
import type { NotRun } from '../rules/plan.ts'
import type { Child as LookedAfterChild } from '../rules/ssda903-child.ts'
import type { Finding } from './found.ts'
import { type Job, prepareJob } from './job.ts'

/** Checks children one by one, as the record asks: rules that look across children are left out. */
export interface ChildChecker {
  ran: readonly string[]
  notRun: readonly NotRun[]
  /** By rule, the tables it looks at. */
  looksAt: ReadonlyMap<string, readonly string[]>
  /** @throws RuleDefect when a rule throws */
  check(child: CensusChild | LookedAfterChild): Finding[]
}

/** Loads the rules of a job once, for any number of children. */
export async function childChecker(job: Job): Promise<ChildChecker> {
  const { ran, notRun, collection } = await prepareJob(job)
  const ofOneChild = ran.filter(({ whole }) => whole.unique === undefined && whole.count === undefined)
  const across = ran.filter((version) => !ofOneChild.includes(version))
  const checker = new Checker(ofOneChild, collection, null)
  const told = (child: string | null, { rule, places }: ChildFinding): Finding => {
    const { code, kind, message } = ofOneChild[rule]!
    return { rule: code, kind, child, message, places }
  }
  return {
    ran: ofOneChild.map(({ code }) => code),
    notRun: [
      ...notRun,
      ...across.map(({ code }) => ({ rule: code, why: 'it looks across the children of a return' })),
    ],
    looksAt: new Map(
      ofOneChild.map(({ code, needs, flags }) => [code, [...new Set([...needs.flat(), ...flags.keys()])]]),
    ),
    check: (child) => checker.check(child as never).map((finding) => told(child.id, finding)),
  }
}
