import { UnusableInput } from '../reading/unusable.ts'
import { Collection } from '../rules/collection.ts'
import { type NotRun, planFor } from '../rules/plan.ts'
import { type GivenLists, openLists } from '../rules/reference/lists.ts'
import { type ReturnName, registeredRules } from '../rules/registered.ts'
import type { RuleVersion } from '../rules/rule.ts'

/** What a check is to do. Can be sent to a thread. */
export interface Job {
  return: ReturnName
  /** The collection that the return is checked for. */
  year: string
  /** The year whose rules are used. */
  ruleset: string
  /** What is there: tables and lists. */
  has: string[]
  /** Only these rules; null: all. */
  only: string[] | null
  lists: GivenLists
}

/** A job with its rules loaded: the same on every thread. */
export interface Prepared {
  ran: readonly RuleVersion[]
  notRun: readonly NotRun[]
  collection: Collection
}

export async function prepareJob(job: Job): Promise<Prepared> {
  const rules = await registeredRules(job.return)
  const only = job.only === null ? undefined : new Set(job.only)
  const unknown = job.only?.find((code) => !rules.some((rule) => rule.code === code))
  if (unknown !== undefined) throw new UnusableInput(`There is no rule ${unknown} for ${job.return}`)
  const has = new Set(job.has)
  const { ran, notRun } = planFor(rules, job.ruleset, { has, only })
  return { ran, notRun, collection: new Collection(job.year, { ...openLists(job.lists), tables: has }) }
}

/** Years of which the rules are known, the first and the last, and the last that is settled. */
const rulesets: Record<ReturnName, { first: string; last: string; settled: string }> = {
  // The checks of 2026-27 on pre-proceedings are provisional.
  'cin-census': { first: '2022-23', last: '2026-27', settled: '2025-26' },
  ssda903: { first: '2022-23', last: '2026-27', settled: '2026-27' },
}

/** The year whose rules are taken for a collection year: its own, or the nearest that has some. */
export function nearestRuleset(name: ReturnName, year: string): string {
  const { first, last } = rulesets[name]
  return year < first ? first : year > last ? last : year
}

/** The collection year to check for when neither the user nor the file says. */
export const latestYear = (name: ReturnName): string => rulesets[name].settled
