import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { censusMistakes } from '../../../bench/returns/cin-census-mistakes.ts'
import { listsOfPlaces } from '../../../bench/returns/places.ts'
import { yearOf } from '../../../bench/returns/ssda903-lives.ts'
import { ssda903Mistakes } from '../../../bench/returns/ssda903-mistakes.ts'
import { told, type Wanted, writeCensus } from '../../../bench/returns/write-cin-census.ts'
import { writeSsda903 } from '../../../bench/returns/write-ssda903.ts'
import { canStandInXml } from '../../../bench/returns/write-ssda903-xml.ts'
import { loadEngine } from './load.ts'
import type { Checked } from './result.ts'

/* Returns of invented children, all rules at once: what is in order is let pass, and of what is not every mistake is found. */

const folder = mkdtempSync(join(tmpdir(), 'cairn-seeded-'))
afterAll(() => rmSync(folder, { recursive: true }))

const found = ({ findings }: Checked) =>
  [...findings]
    .map(({ rule, child, places }) =>
      told(
        rule,
        child,
        places.map(({ table, row }) => `${table} ${row}`),
      ),
    )
    .sort()

async function checkCensus(wanted: Wanted) {
  const { engine } = await loadEngine()
  const seeded: string[] = []
  const path = join(folder, 'census.xml')
  writeCensus(path, wanted, (finding) => seeded.push(finding))
  const checked = await engine.checkCinCensus({ given: [path], year: wanted.year, lists: {} }, null)
  return { checked, seeded: seeded.sort(), found: found(checked) }
}

async function checkSsda903(wanted: Parameters<typeof writeSsda903>[1]) {
  const { engine } = await loadEngine()
  const seeded: string[] = []
  const { now, before } = writeSsda903(folder, wanted, (finding) => seeded.push(finding))
  const files = { given: [now.folder], previous: [before.folder] }
  const checked = await engine.checkSsda903({ ...files, year: wanted.year, lists: listsOfPlaces() }, null)
  return { checked, seeded: seeded.sort(), found: found(checked) }
}

const rulesIn = (findings: readonly string[]) => new Set(findings.map((finding) => finding.split(' ')[0]))

describe('a return that is in order has no finding under any rule', () => {
  test.each(['2022-23', '2024-25', '2025-26', '2026-27'])('census of %s', async (year) => {
    const { checked, found } = await checkCensus({ children: 400, seed: 1, year })
    expect(found).toEqual([])
    expect([checked.children, checked.notRun, checked.warnings]).toEqual([400, [], []])
  })

  test.each([
    ['2022-23', ['105']],
    ['2024-25', ['105']],
    ['2025-26', ['105']],
    // Last year nobody sent orders yet.
    ['2026-27', ['105', '706']],
    ['2027-28', ['105']],
  ])('looked-after children of %s', async (year, notRun) => {
    const { checked, found } = await checkSsda903({ children: 400, seed: 1, year })
    expect(found).toEqual([])
    // The marker of the XML form is worked out here.
    expect(checked.notRun.map(({ rule }) => rule)).toEqual(notRun)
    expect([checked.ran.length > 290, checked.warnings]).toEqual([true, []])
  })

  test.each(['2022-23', '2025-26'])('looked-after children of %s, as XML', async (year) => {
    const { checked, found } = await checkSsda903({ children: 400, seed: 1, year, form: 'xml' })
    expect(found).toEqual([])
    // Social workers are sent as CSV only.
    expect(checked.notRun.filter(({ rule }) => !rule.startsWith('SW'))).toEqual([])
    expect([checked.children > 300, checked.ran.length > 270, checked.warnings]).toEqual([true, true, []])
  })
})

describe('each seeded mistake is found, with its row, and nothing else is', () => {
  test.each([
    ['2025-26', 60],
    ['2026-27', 70],
  ])('census of %s', async (year, atLeast) => {
    const { found, seeded } = await checkCensus({ children: 1500, seed: 2, year, mistaken: 45 })
    expect(found).toEqual(seeded)
    const kinds = censusMistakes(year).map(({ rule }) => rule)
    expect(kinds.filter((rule) => !rulesIn(seeded).has(rule))).toEqual([])
    expect(kinds.length).toBeGreaterThan(atLeast)
  })

  test.each([
    ['2025-26', 'csv', 90],
    ['2027-28', 'csv', 100],
    ['2025-26', 'xml', 80],
  ] as const)('looked-after children of %s, as %s', async (year, form, atLeast) => {
    const { found, seeded } = await checkSsda903({ children: 3000, seed: 2, year, mistaken: 45, form })
    expect(found).toEqual(seeded)
    const kinds = ssda903Mistakes(yearOf(year))
      .map(({ rule }) => rule)
      .filter((rule) => form === 'csv' || canStandInXml(rule))
    expect(kinds.filter((rule) => !rulesIn(seeded).has(rule))).toEqual([])
    expect(kinds.length).toBeGreaterThan(atLeast)
  })
})

test('the same wish gives the same return', async () => {
  const wanted = { children: 50, seed: 3, year: '2025-26', mistaken: 20 }
  const [once, again] = [await checkCensus(wanted), await checkCensus(wanted)]
  expect(again.seeded).toEqual(once.seeded)
  expect((await checkCensus({ ...wanted, seed: 4 })).seeded).not.toEqual(once.seeded)
})
