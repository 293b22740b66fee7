import { type Rule, type RuleVersion, versionIn } from './rule.ts'

/** A rule that was asked for and not run. */
export interface NotRun {
  rule: string
  why: string
}

/** Which rules run on a return, in the order in which their findings are told, and which do not, and why. */
export interface Plan {
  ran: readonly RuleVersion[]
  notRun: readonly NotRun[]
}

/** What is there to check, and what with. */
export interface Available {
  /**
   * Names of tables (`Episodes`, last year's `Episodes_last`) and of what was given besides (`postcodes`); and of tables
   * that are there without a row, once more as `empty:Episodes`.
   */
  has: ReadonlySet<string>
  /** Codes of the only rules that are wanted; none named: all. */
  only?: ReadonlySet<string>
}

/**
 * Chooses the rules to run.
 * @param ruleset the year whose rules they are, such as 2025-26
 */
export function planFor(rules: readonly Rule[], ruleset: string, { has, only }: Available): Plan {
  const ran: RuleVersion[] = []
  const notRun: NotRun[] = []
  for (const rule of inOrder(rules)) {
    if (only !== undefined && !only.has(rule.code)) continue
    const version = versionIn(rule, ruleset)
    if (version === undefined) {
      // Of a rule that is not in force nobody expects to hear, unless it was asked for by name.
      if (only !== undefined) notRun.push({ rule: rule.code, why: `it is not in force in ${ruleset}` })
      continue
    }
    const missing = version.needs.find((need) => !need.some((one) => isThere(one, has)))
    if (missing === undefined) ran.push(version)
    else notRun.push({ rule: rule.code, why: missing.map(whyMissing).join(', and ') })
  }
  return { ran, notRun }
}

/** `Episodes`: the table, even without a row. `Episodes+`: with one. */
function isThere(need: string, has: ReadonlySet<string>): boolean {
  if (!need.endsWith('+')) return has.has(need)
  const table = need.slice(0, -1)
  return has.has(table) && !has.has(`empty:${table}`)
}

/** What is given with a return and not in it, in words. */
const given: Record<string, string> = {
  postcodes: 'the list of postcodes is not given (--postcodes)',
  providers: 'Ofsted’s list of providers is not given (--providers)',
  authority: 'the authority that makes the return is not given (--authority)',
  xml: 'the item is sent in the XML form only; in a CSV return it is worked out',
  uasc: 'nothing says which children are unaccompanied: neither the UASC table nor an XML file is there',
  uasc_last: 'nothing says which children were unaccompanied last year',
}

function whyMissing(need: string): string {
  if (given[need] !== undefined) return given[need]
  const table = need.replace(/\+$/, '')
  const name = table.replace(/_last$/, '')
  const ofYear = name === table ? '' : 'of the previous year '
  return `the table ${name} ${ofYear}${table === need ? 'is not there' : 'holds no row'}`
}

/** By number, then by letters: 101, 1000, EPI, INT01. */
function inOrder(rules: readonly Rule[]): Rule[] {
  const collator = new Intl.Collator('en', { numeric: true })
  return [...rules].sort((one, other) => collator.compare(one.code, other.code))
}
