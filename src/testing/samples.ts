import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe } from 'vitest'

/** Where the sample returns of other systems lie: beside the clone, or where CAIRN_SAMPLES says. */
export const samplesFolder =
  process.env.CAIRN_SAMPLES ?? resolve(import.meta.dirname, '../../../shared/data/samples')

/** The path of one of the sample returns, such as `cin-census/CIN_Census_2024.xml`. */
export const sample = (name: string): string => join(samplesFolder, name)

/**
 * A group of tests that read the sample returns; where they are absent the tests are skipped, and `npm test` says so.
 * @param what what the tests show of them: `describeSamples('are read line for line', () => { … })`
 */
export function describeSamples(what: string, tests: () => void): void {
  describe.skipIf(!existsSync(samplesFolder))(`the sample returns ${what}`, tests)
}
