import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './556.ts'

const check = (DECOM: string, LS: string, ...placed: string[]) =>
  findings(
    rule,
    child903({ Episodes: { DECOM, LS }, PlacedAdoption: placed.map((DATE_PLACED) => ({ DATE_PLACED })) }),
    { year: '2023-24' },
  )

test('a plan is later than the order, not of the same day', () => {
  expect(check('01/06/2005', 'D1', '02/06/2005')).toEqual(['Episodes 1 DECOM'])
  expect(check('01/06/2005', 'D1', '01/05/2005', '02/06/2005')).toEqual(['Episodes 1 DECOM'])
  expect(check('01/06/2005', 'D1', '01/06/2005')).toEqual([])
})

test('dates that are blank or none, and other legal statuses, pass', () => {
  expect(check('', 'D1', '02/06/2005')).toEqual([])
  expect(check('01/06/2005', 'D1', '', '31/06/2005')).toEqual([])
  expect(check('01/06/2005', 'D1')).toEqual([])
  expect(check('01/06/2005', 'E1', '02/06/2005')).toEqual([])
  expect(check('01/06/2005', '', '02/06/2005')).toEqual([])
})
