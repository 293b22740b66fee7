import type { Warning } from '../reading/warnings.ts'
import type { NotRun } from '../rules/plan.ts'
import type { GivenLists } from '../rules/reference/lists.ts'
import type { ReturnName } from '../rules/registered.ts'
import type { AllFound } from './found.ts'

/** What every check may be asked. */
export interface Asked {
  /** Such as 2025-26; left out: what the file says, else the latest. */
  year?: string
  /** The year whose rules are used; left out: the collection year's, or the nearest. */
  ruleset?: string
  /** Codes of the only rules to run. */
  rules?: string[]
  lists: GivenLists
  /** Told now and then how far it has come, from 0 to 1. */
  onProgress?: ((share: number) => void) | undefined
  /** Whoever asks has others to answer meanwhile: nothing is done on this thread. */
  aside?: boolean
  /** How many threads take part; left out: as many as are worth their while. */
  hands?: number
}

/** What came of a check. */
export interface Checked {
  return: ReturnName
  year: string
  ruleset: string
  children: number
  ran: string[]
  notRun: readonly NotRun[]
  findings: AllFound
  warnings: Warning[]
}

/** The names by which rules need the lists that are given. */
export const hasLists = ({ authority, postcodes, providers }: GivenLists): string[] => [
  ...(authority === undefined ? [] : ['authority']),
  ...(postcodes === undefined ? [] : ['postcodes']),
  ...(providers === undefined ? [] : ['providers']),
]
