import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childChecker } from '../src/returns/checking/child.ts'
import { ssda903Tables } from '../src/returns/reading/ssda903/tables.ts'
import { child903 } from '../src/returns/rules/testing.ts'
import { figuresOf, measureInTurns, timesOf, untilFirstFinding } from './returns/measure.ts'
import { rowsOf } from './returns/ssda903.ts'
import { inventLife, yearOf } from './returns/ssda903-lives.ts'
import { writeSsda903 } from './returns/write-ssda903.ts'
import { type Result, report, spread } from './support.ts'

/** Checking a looked-after children return with last year's by all rules of 2025-26, beside its split into fields. */
const sizes = [1500, 15_000, 150_000]
const year = '2025-26'
const mebibyte = 2 ** 20

const folder = await mkdtemp(join(tmpdir(), 'cairn-bench-903-'))
try {
  const results: Result[] = []
  const took: number[] = []
  for (const children of sizes) {
    const { now, before } = writeSsda903(folder, { children, seed: 1, year, mistaken: 2 })
    const files = [...(await filesIn(now.folder)), ...(await filesIn(before.folder))]
    const bytes = (await Promise.all(files.map((path) => stat(path)))).reduce(
      (sum, { size }) => sum + size,
      0,
    )
    const asked = { given: [now.folder], previous: [before.folder], year, lists: {} }
    const { all, one, split, scan } = measureInTurns(
      {
        all: { what: 'ssda903', asked, allCores: true },
        split: { what: 'split', files },
        scan: { what: 'scan', files },
        one: { what: 'ssda903', asked, allCores: false },
      },
      3,
    )
    took.push(all.milliseconds)
    const ratio = all.milliseconds / split.milliseconds
    results.push({
      what: `${children} children, ${now.rows + before.rows} rows in both years, ${Math.round(bytes / mebibyte)} MiB`,
      bound:
        children === sizes.at(-1)
          ? {
              words: 'under 3 s, at most three times a split into fields on one core, under 512 MiB',
              held: all.milliseconds < 3000 && ratio <= 3 && all.peakMemoryMiB < 512,
            }
          : undefined,
      figures: {
        allCores: figuresOf(all),
        oneCore: figuresOf(one),
        splitIntoFieldsAlone: timesOf(split),
        timesSplit: Math.round(ratio * 100) / 100,
        // The bytes looked at one by one, and no field made of them: what nothing written here could go below.
        bytesScannedAlone: timesOf(scan),
        commandToFirstFinding: await untilFirstFinding([
          ...['ssda903', now.folder, '--previous', before.folder, '--year', year],
        ]),
      },
    })
  }
  const growth = took[2]! / took[1]!
  results.push({
    what: 'ten times the children, from 15,000 on',
    bound: { words: 'at most eleven times the time', held: growth <= 11 },
    figures: { times: Math.round(growth * 100) / 100 },
  })
  results.push(await oneChild())
  await report('check-ssda903', results)
} finally {
  await rm(folder, { recursive: true })
}

async function filesIn(of: string): Promise<string[]> {
  return (await readdir(of)).map((name) => join(of, name))
}

/** A child of the record, checked alone: the rules are loaded already, as they are in the server. */
async function oneChild(): Promise<Result> {
  const has = ssda903Tables.flatMap(({ name }) => [name, `${name}_last`])
  const checker = await childChecker({
    ...{ return: 'ssda903', year, ruleset: year, only: null, lists: {} },
    has: [...has, 'uasc', 'uasc_last', 'csv'],
  })
  const [now, before] = [yearOf(year), yearOf('2024-25')]
  const children = Array.from({ length: 300 }, (_, i) => {
    const life = inventLife(1, i, now)
    return child903({ ...rowsOf(life, now), lastYear: rowsOf(life, before) } as never)
  })
  const times = children.map((child) => {
    const began = performance.now()
    checker.check(child)
    return performance.now() - began
  })
  const after = spread(times.slice(1))
  return {
    what: 'one child alone, the first one and those after it (ms)',
    bound: { words: 'under 10 ms', held: times[0]! < 10 && after.p99 < 10 },
    figures: { first: Math.round(times[0]! * 100) / 100, after },
  }
}
