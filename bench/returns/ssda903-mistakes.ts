import type { Mistake } from './mistakes.ts'
import type { Rows903 } from './ssda903.ts'
import type { Year } from './ssda903-lives.ts'
export type TwoYears = Rows903 & { lastYear: Rows903 }
export function ssda903Mistakes(_year: Year): Mistake<TwoYears>[] {
  return []
}
