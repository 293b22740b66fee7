import { expect, test } from 'vitest'
import { allPlacements, child903, findings } from '../testing.ts'
import rule from './516.ts'

const check = (PLACE: string, REC = 'E45') => findings(rule, child903({ Episodes: { REC, PLACE } }))

test.each(['E45', 'E46'])('%s: of all placements which pass; a blank fails', (REC) => {
  expect(check('A3', REC)).toEqual(['Episodes 1 REC PLACE'])
  expect(allPlacements.filter((PLACE) => check(PLACE, REC).length === 0)).toEqual([
    'U1',
    'U2',
    'U3',
    'U4',
    'U5',
    'U6',
  ])
})

test('other reasons pass', () => {
  for (const REC of ['E47', 'E48', 'X1', '']) expect(check('K2', REC)).toEqual([])
})

test('the placement of another episode does not help', () => {
  const child = child903({
    Episodes: [
      { DECOM: '01/05/2025', PLACE: 'U1', REC: 'X1' },
      { DECOM: '01/06/2025', PLACE: 'K2', REC: 'E46' },
    ],
  })
  expect(findings(rule, child)).toEqual(['Episodes 2 REC PLACE'])
})
