import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { registeredRules } from '../registered.ts'
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

const entries = (name: string): Entry[] =>
  JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'))

const factsOf = ({ code, kind, from, until, provisional, flags }: RuleVersion): Entry => ({
  ...{ code, kind, from, until, provisional },
  flags: [...flags].flatMap(([table, fields]) => fields.map((field) => `${table}.${field}`)).sort(),
})

describe.each(['cin-census', 'ssda903'] as const)('the catalogue of %s', (name) => {
  const catalogue = entries(name)
  const inOrder = (list: Entry[]) => list.map((entry) => JSON.stringify(entry)).sort()

  test('is what is written: each rule, with the kind, the years and the marked fields that the catalogue says', async () => {
    const rules = await registeredRules(name)
    const registered = rules.flatMap(({ versions }) => versions.map(factsOf))
    const expected = catalogue.map(({ code, kind, from, until, provisional = false, flags }) => ({
      ...{ code, kind, from, until, provisional },
      flags: [...flags].sort(),
    }))
    expect(inOrder(registered)).toEqual(inOrder(expected))
  })
})
