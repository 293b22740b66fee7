import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadEngine } from '../returns/checking/load.ts'
import { invent, usual } from './fill.ts'
import { mistakes } from './mistakes.ts'

const folder = mkdtempSync(join(tmpdir(), 'cairn-returns-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What the rules say of lateness: an assessment over 45 working days, a conference over 15. */
const late = ['8670Q', '8675Q']
/** What they say of a year whose last day lies ahead: born by then, grown up by then. */
const notOver = [...late, '8530Q', '359']
/** Rules are kept for the years from then on. */
const firstChecked = 2025

/** Every return of an authority through every rule: children and rules with a finding, without what only tells of time. */
async function findingsOf(mistaken: number): Promise<Set<string>> {
  const { engine } = await loadEngine()
  const into = mkdtempSync(join(folder, 'of-'))
  const { files, subjects } = invent(into, { ...usual, children: 500, today: '2026-11-25', mistaken })
  const found = new Set<string>()
  let before: string | undefined
  for (const { source, period, path } of files) {
    if (source === 'people') continue
    const year = `${Number(period) - 1}-${period.slice(2)}`
    const asked = { year, lists: {} }
    if (Number(period) >= firstChecked) {
      const checked =
        source === 'cin-census'
          ? await engine.checkCinCensus({ given: [path], ...asked }, null)
          : await engine.checkSsda903({ given: [path], previous: before ? [before] : [], ...asked }, null)
      expect([source, year, checked.warnings]).toEqual([source, year, []])
      expect(checked.children).toBeGreaterThan(30)
      // What is said of no child is that a return so small is odd.
      for (const { rule, child } of checked.findings)
        if (child !== null && !(period === '2027' ? notOver : late).includes(rule))
          found.add(`${child} ${rule}`)
    }
    if (source === 'ssda903') before = path
  }
  // A foster family abroad has no postcode that a return could tell, and the rule asks all the same.
  expect(found.delete(`${subjects.get('placed-abroad')} 392b`)).toBe(true)
  return found
}

/** Two authorities through five hundred rules each. */
const patience = 30_000

test(
  'every return is in order by the rules of the Department, but for what is late',
  async () => {
    expect([...(await findingsOf(0))]).toEqual([])
  },
  patience,
)

test(
  'each mistake that somebody made is found by its rule, and nothing else is',
  async () => {
    const into = mkdtempSync(join(folder, 'of-'))
    const { mistaken } = invent(into, { ...usual, children: 500, today: '2026-11-25', mistaken: 0.6 })
    const found = await findingsOf(0.6)
    expect([...found].sort()).toEqual(mistaken.map(({ child, rule }) => `${child} ${rule}`).sort())
    for (const { rule } of mistakes)
      expect([rule, [...found].some((one) => one.endsWith(` ${rule}`))]).toEqual([rule, true])
  },
  patience,
)
