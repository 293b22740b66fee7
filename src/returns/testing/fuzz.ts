import fc from 'fast-check'
import { expect } from 'vitest'
import { checkCinCensus } from '../checking/cin-census.ts'
import type { Checked } from '../checking/result.ts'
import { checkSsda903 } from '../checking/ssda903.ts'
import { UnusableInput } from '../reading/unusable.ts'
import { mutated } from './mutate.ts'
import { sampleCensus, sampleSsda903, sampleSsda903Xml } from './samples.ts'

const years = fc.constantFrom('2022-23', '2023-24', '2024-25', '2025-26', '2026-27')

/** Milliseconds of the processor: more than this for a few kilobytes is as good as for ever, on whatever machine. */
const longest = 5_000

/** Whatever stands in a file, it is checked, or refused in one line; no rule fails on it. */
async function survives(check: () => Promise<Checked>): Promise<void> {
  const begun = process.cpuUsage()
  try {
    const { findings } = await check()
    for (const { places } of findings) for (const { row } of places) expect(row).toBeGreaterThan(0)
  } catch (error) {
    if (!(error instanceof UnusableInput)) throw error
    expect(error.message).not.toContain('\n')
    expect(error.message.length).toBeLessThan(400)
  }
  const { user, system } = process.cpuUsage(begun)
  expect((user + system) / 1000).toBeLessThan(longest)
}

const files = Object.entries(sampleSsda903)

/** Checks so many faulty returns of each form. @param seed null: another one each time, told when it fails */
export async function fuzz(runs: number, seed: number | null): Promise<void> {
  const options = {
    numRuns: Math.ceil(runs / 3),
    ...(seed === null ? {} : { seed }),
    endOnFailure: runs > 10_000,
  }
  await fc.assert(
    fc.asyncProperty(mutated(sampleCensus), years, (bytes, year) =>
      survives(() => checkCinCensus({ given: [{ name: 'census.xml', bytes }], year, lists: {} }, null)),
    ),
    options,
  )
  await fc.assert(
    fc.asyncProperty(mutatedReturn, mutatedReturn, years, (given, previous, year) =>
      survives(() => checkSsda903({ given, previous, year, lists: {} }, null)),
    ),
    options,
  )
  await fc.assert(
    fc.asyncProperty(mutated(sampleSsda903Xml), years, (bytes, year) =>
      survives(() => checkSsda903({ given: [{ name: 'r.xml', bytes }], year, lists: {} }, null)),
    ),
    options,
  )
}

/** A return some of whose files are faulty. */
const mutatedReturn = fc
  .tuple(
    ...files.map(([name, text]) =>
      fc.option(mutated(text), { freq: 3, nil: Buffer.from(text) }).map((bytes) => ({ name, bytes })),
    ),
  )
  .map((given) => [...given])
