import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './701.ts'

const check = (DOLO_END: string) => findings(rule, child903({ DoLo: { DOLO_END } }), { year: '2026-27' })

test.each(['2000/12/10', '31/06/2026', 'ZZ/06/2026', '29/02/2027'])('%s is no real date', (text) => {
  expect(check(text)).toEqual(['DoLo 1 DOLO_END'])
})

test.each(['10/12/2000', '29/02/2024', ''])('"%s" passes', (text) => {
  expect(check(text)).toEqual([])
})
