import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { figuresOf, measureInTurns, timesOf, untilFirstFinding } from './returns/measure.ts'
import { writeCensus } from './returns/write-cin-census.ts'
import { type Result, report } from './support.ts'

/** Checking a census by all rules of 2025-26, beside its being read by saxes alone. */
const sizes = [10_000, 100_000]
const year = '2025-26'
const mebibyte = 2 ** 20

const folder = await mkdtemp(join(tmpdir(), 'cairn-bench-census-'))
try {
  const results: Result[] = []
  const took: number[] = []
  for (const children of sizes) {
    const path = join(folder, `${children}.xml`)
    writeCensus(path, { children, seed: 1, year, mistaken: 2 })
    const asked = { given: [path], lists: {} }
    const { all, one, saxes } = measureInTurns(
      {
        all: { what: 'cin-census', asked, allCores: true },
        saxes: { what: 'saxes', files: [path] },
        one: { what: 'cin-census', asked, allCores: false },
      },
      3,
    )
    took.push(all.milliseconds)
    const isLargest = children === sizes.at(-1)
    const ratio = all.milliseconds / saxes.milliseconds
    results.push({
      what: `a census of ${children} children, ${Math.round((await stat(path)).size / mebibyte)} MiB`,
      bound: isLargest
        ? {
            words: 'under 5 s, at most three times saxes on one core, under 512 MiB',
            held: all.milliseconds < 5000 && ratio <= 3 && all.peakMemoryMiB < 512,
          }
        : undefined,
      figures: {
        allCores: figuresOf(all),
        oneCore: figuresOf(one),
        saxesAlone: timesOf(saxes),
        timesSaxes: Math.round(ratio * 100) / 100,
        commandToFirstFinding: await untilFirstFinding(['cin-census', path]),
      },
    })
  }
  const growth = took[1]! / took[0]!
  results.push({
    what: 'ten times the children',
    bound: { words: 'at most eleven times the time', held: growth <= 11 },
    figures: { times: Math.round(growth * 100) / 100 },
  })
  await report('check-cin', results)
} finally {
  await rm(folder, { recursive: true })
}
