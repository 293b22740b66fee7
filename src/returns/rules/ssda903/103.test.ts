import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './103.ts'

const check = (ETHNIC: string) => findings(rule, child903({ Header: { ETHNIC } }))

test.each(['', 'WBR', 'CHIN', '1'])('"%s" fails', (code) => {
  expect(check(code)).toEqual(['Header 1 ETHNIC'])
})

test.each([
  ...['WBRI', 'WIRI', 'WOTH', 'WIRT', 'WROM', 'MWBC', 'MWBA', 'MWAS', 'MOTH', 'AIND'],
  ...['APKN', 'ABAN', 'AOTH', 'BCRB', 'BAFR', 'BOTH', 'CHNE', 'OOTH', 'REFU', 'NOBT'],
])('%s passes', (code) => {
  expect(check(code)).toEqual([])
})
