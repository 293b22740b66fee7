import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW01bSTG1.ts'

const check = (SW_DECOM: string, SW_ID = 'SW1234', SW_REASON = 'MANAGE') =>
  findings(rule, child903({ SWEpisodes: { SW_DECOM, SW_ID, SW_REASON } }))
const marked = ['SWEpisodes 1 SW_DECOM SW_ID SW_REASON']

test.each(['', '31/06/2023', 'ZZ/06/2023'])('"%s" is no start', (text) => {
  expect(check(text)).toEqual(marked)
})

test('without a number or a reason on 1 April 2023, not before', () => {
  expect(check('01/04/2023', '')).toEqual(marked)
  expect(check('01/04/2023', 'SW1234', '')).toEqual(marked)
  expect(check('31/03/2023', '', '')).toEqual([])
})

test('with both', () => {
  expect(check('01/04/2023')).toEqual([])
})
