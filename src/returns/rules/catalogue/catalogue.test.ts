import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ReturnName, registeredRules } from '../registered.ts'
import type { RuleVersion } from '../rule.ts'

/** What is known of a version of a rule without knowing what it tests. */
interface Entry {
  code: string
  kind: string
  from: string
  until: string | null
  provisional?: boolean
  flags: string[]
}

/** While rules of a return are still being written, only those that are there are compared. */
const allAreWritten: Record<ReturnName, boolean> = { 'cin-census': true, ssda903: true }

const entries = (name: ReturnName): Entry[] =>
  JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'))

const factsOf = ({ code, kind, from, until, provisional, flags }: RuleVersion): Entry => ({
  ...{ code, kind, from, until, provisional },
  flags: [...flags].flatMap(([table, fields]) => fields.map((field) => `${table}.${field}`)).sort(),
})

describe.each(['cin-census', 'ssda903'] as const)('the catalogue of %s', (name) => {
  const catalogue = entries(name)
  const inOrder = (list: Entry[]) => list.map((entry) => JSON.stringify(entry)).sort()

  test('each rule has the kind, the years and the marked fields that the catalogue says', async () => {
    const rules = await registeredRules(name)
    const written = new Set(rules.map(({ code }) => code))
    const registered = rules.flatMap(({ versions }) => versions.map(factsOf))
    const expected = catalogue
      .filter(({ code }) => written.has(code))
      .map(({ code, kind, from, until, provisional = false, flags }) => ({
        ...{ code, kind, from, until, provisional },
        flags: [...flags].sort(),
      }))
    expect(inOrder(registered)).toEqual(inOrder(expected))
  })

  test.runIf(allAreWritten[name])('every rule of the catalogue is there', async () => {
    const written = new Set((await registeredRules(name)).map(({ code }) => code))
    expect([...new Set(catalogue.map(({ code }) => code))].filter((code) => !written.has(code))).toEqual([])
  })
})
