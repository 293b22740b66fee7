import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW17STG2.ts'

const check = (...spells: [SW_DECOM: string, SW_DEC: string][]) =>
  findings(rule, child903({ SWEpisodes: spells.map(([SW_DECOM, SW_DEC]) => ({ SW_DECOM, SW_DEC })) }))
const marked = (row: number) => [`SWEpisodes ${row} SW_DEC SW_DECOM`]

test('the latest has an end, a real date or not, whenever it is', () => {
  expect(check(['01/05/2025', '01/09/2025'])).toEqual(marked(1))
  expect(check(['01/05/2025', '31/09/2025'])).toEqual(marked(1))
  expect(check(['01/05/2025', '01/05/2026'])).toEqual(marked(1))
  expect(check(['01/05/2025', ''])).toEqual([])
})

test('only the latest counts, by its start', () => {
  expect(check(['01/05/2025', '01/09/2025'], ['01/09/2025', ''])).toEqual([])
  expect(check(['01/09/2025', '01/10/2025'], ['01/05/2025', ''])).toEqual(marked(1))
})

test('on a tie it is the first in the file', () => {
  expect(check(['01/05/2025', '01/09/2025'], ['01/05/2025', ''])).toEqual(marked(1))
  expect(check(['01/05/2025', ''], ['01/05/2025', '01/09/2025'])).toEqual([])
})

test('without a readable start a spell is the oldest; of several the first in the file counts', () => {
  expect(check(['', '01/09/2025'], ['01/05/2025', ''])).toEqual([])
  expect(check(['', ''], ['01/05/2025', '01/09/2025'])).toEqual(marked(2))
  expect(check(['31/06/2025', '01/09/2025'], ['', ''])).toEqual(marked(1))
})

test('without a social worker it passes, and in care or not does not matter', () => {
  expect(check()).toEqual([])
  const left = {
    Episodes: { DEC: '01/09/2025' },
    SWEpisodes: { SW_DECOM: '01/05/2025', SW_DEC: '01/09/2025' },
  }
  expect(findings(rule, child903(left))).toHaveLength(1)
})
