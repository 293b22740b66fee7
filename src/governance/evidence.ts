import { readFileSync } from 'node:fs'

/** What keeps one sentence of the notice (governance part A: N1 to N99). */
export interface Evidence {
  readonly key: string
  readonly does: string
  readonly keptBy: 'system' | 'trust' | 'both'
  readonly state: 'kept' | 'partly' | 'not-yet'
  /** Files of tests, from the top of the repository. */
  readonly tests: readonly string[]
  /** Where it is seen. */
  readonly pages: readonly string[]
}

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))

/** Every requirement of the notice, in order, and what answers it; what is not built says so. */
export const evidence: readonly Evidence[] = Object.entries(
  read('./evidence.json') as Record<string, Omit<Evidence, 'key'>>,
).map(([key, rest]) => ({ key, ...rest }))

/** A mistake or gap of the notice that the Trust had, and what ours says (governance A.7). */
export interface Correction {
  readonly key: string
  readonly said: string
  readonly section: string
  readonly now: string
}
export const corrections = read('./corrections.json') as readonly Correction[]
