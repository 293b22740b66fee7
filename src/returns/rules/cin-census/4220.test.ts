import { expect, test } from 'vitest'
import { census, findings } from '../testing.ts'
import rule from './4220.ts'

const child = (Ethnicity: string) => census({ ChildCharacteristics: { Ethnicity } })

test.each(['WBRI', 'MWBC', 'WROM', 'REFU', 'NOBT'])('%s passes', (code) => {
  expect(findings(rule, child(code))).toEqual([])
})

test.each(['', 'wbri', 'WBR', 'NONE'])('"%s" fails', (code) => {
  expect(findings(rule, child(code))).toEqual(['ChildCharacteristics 1 Ethnicity'])
})
