import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './181.ts'

const items = [
  ...['CONVICTED', 'HEALTH_CHECK', 'IMMUNISATIONS', 'TEETH_CHECK', 'HEALTH_ASSESSMENT'],
  ...['SUBSTANCE_MISUSE', 'INTERVENTION_RECEIVED', 'INTERVENTION_OFFERED'],
]
const check = (OC2: Record<string, string>) => findings(rule, child903({ OC2 }))

test.each(items)('%s is 0, 1 or blank', (item) => {
  for (const wrong of ['2', 'Y', '1.0'])
    expect(check({ [item]: wrong })).toEqual([`OC2 1 ${items.join(' ')}`])
  for (const right of ['0', '1', '']) expect(check({ [item]: right })).toEqual([])
})
