import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW01aSTG1.ts'

const check = (SW_DECOM: string, SW_ID = '') => findings(rule, child903({ SWEpisodes: { SW_DECOM, SW_ID } }))
const marked = ['SWEpisodes 1 SW_DECOM SW_ID']

test.each(['', '31/06/2023', 'ZZ/06/2023'])('"%s" is no start', (text) => {
  expect(check(text, 'SW1234')).toEqual(marked)
})

test('without a number before 1 April 2023, not on that day', () => {
  expect(check('31/03/2023')).toEqual(marked)
  expect(check('01/04/2023')).toEqual([])
})

test('with a number', () => {
  expect(check('31/03/2023', 'SW1234')).toEqual([])
})
