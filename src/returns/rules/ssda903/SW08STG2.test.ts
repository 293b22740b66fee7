import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW08STG2.ts'

const check = (...spells: [SW_DECOM: string, SW_DEC: string][]) =>
  findings(rule, child903({ SWEpisodes: spells.map(([SW_DECOM, SW_DEC]) => ({ SW_DECOM, SW_DEC })) }))
const marked = (row: number) => `SWEpisodes ${row} SW_DEC`

test('every spell but the latest is to have an end', () => {
  expect(check(['01/05/2025', ''], ['01/06/2025', ''], ['01/07/2025', ''])).toEqual([marked(1), marked(2)])
  expect(check(['01/05/2025', '31/06/2025'], ['01/06/2025', ''])).toEqual([marked(1)])
  expect(check(['01/05/2025', '01/06/2025'], ['01/06/2025', ''])).toEqual([])
})

test('in order of the dates, not of the file', () => {
  expect(check(['01/06/2025', ''], ['02/05/2025', ''])).toEqual([marked(2)])
})

test('on a tie the latest is the last in the file', () => {
  expect(check(['01/06/2025', ''], ['01/06/2025', '01/07/2025'])).toEqual([marked(1)])
  expect(check(['01/06/2025', '01/07/2025'], ['01/06/2025', ''])).toEqual([])
})

test('a spell without a readable start is neither the latest nor told', () => {
  expect(check(['', ''], ['01/06/2025', ''])).toEqual([])
  expect(check(['31/06/2025', ''], ['', ''])).toEqual([])
  expect(check(['01/05/2025', ''], ['01/06/2025', ''], ['', ''])).toEqual([marked(1)])
  expect(check(['01/06/2025', ''], ['31/06/2025', ''])).toEqual([])
})

test('a single spell passes', () => {
  expect(check(['01/05/2025', ''])).toEqual([])
})
