import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW04STG1.ts'

const check = (SW_DECOM: string) => findings(rule, child903({ SWEpisodes: { SW_DECOM } }))

test.each(['31/06/2025', '2025-06-01', '1/6/2025', '29/02/2025', 'ZZ/13/2025', '01/06/ZZ'])('%s', (text) => {
  expect(check(text)).toEqual(['SWEpisodes 1 SW_DECOM'])
})

test.each(['30/06/2025', '29/02/2024', 'ZZ/06/2025', 'ZZ/ZZ/2025', '01/ZZ/2025', 'zz/zz/zzzz', ''])(
  '"%s" passes',
  (text) => {
    expect(check(text)).toEqual([])
  },
)
