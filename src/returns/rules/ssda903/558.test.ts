import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './558.ts'

type Plans = [DATE_PLACED: string, DATE_PLACED_CEASED: string][]
const check = (
  plans: Plans,
  REC = 'E11',
  Episodes: Record<string, string>[] = [{ DECOM: '01/05/2025', REC }],
) =>
  findings(
    rule,
    child903({
      Episodes,
      PlacedAdoption: plans.map(([DATE_PLACED, DATE_PLACED_CEASED]) => ({ DATE_PLACED, DATE_PLACED_CEASED })),
    }),
  )
const [earlier, later]: [Plans[0], Plans[0]] = [
  ['01/05/2024', '01/06/2024'],
  ['01/07/2024', '01/08/2024'],
]
const marked = ['Episodes 1 REC']

test('two plans, and both have ended', () => {
  expect(check([earlier, later])).toEqual(marked)
  expect(check([later, earlier], 'E12')).toEqual(marked)
})

test('one end alone, or none, passes', () => {
  expect(check([later])).toEqual([])
  expect(check([['01/05/2024', ''], later])).toEqual([])
  expect(check([])).toEqual([])
})

test('the latest plan goes on', () => {
  expect(check([earlier, later, ['01/09/2024', '']])).toEqual([])
  expect(check([['01/04/2024', ''], earlier, later])).toEqual(marked)
})

test('on a tie the first in the file is the latest', () => {
  expect(check([earlier, ['01/07/2024', ''], later])).toEqual([])
  expect(check([earlier, later, ['01/07/2024', '']])).toEqual(marked)
})

test('an end that is no date counts; a plan without a readable date is never the latest', () => {
  expect(check([earlier, ['01/07/2024', '31/06/2024']])).toEqual(marked)
  expect(check([['01/05/2024', '31/06/2024'], later])).toEqual(marked)
  expect(
    check([
      ['', '01/06/2024'],
      ['31/06/2024', '01/08/2024'],
    ]),
  ).toEqual([])
  expect(check([['', '01/06/2024'], later])).toEqual(marked)
})

test('adopted with the latest episode', () => {
  for (const REC of ['E13', 'X1', '']) expect(check([earlier, later], REC)).toEqual([])
  const adoptedBefore: Record<string, string>[] = [
    { DECOM: '01/05/2025', REC: 'E11' },
    { DECOM: '01/06/2025' },
  ]
  expect(check([earlier, later], '', adoptedBefore)).toEqual([])
  expect(check([earlier, later], '', [{ DECOM: '', REC: 'E11' }])).toEqual([])
  expect(check([earlier, later], '', [])).toEqual([])
})
