import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW11bSTG2.ts'

const check = (...spells: [SW_DECOM: string, SW_DEC: string][]) =>
  findings(rule, child903({ SWEpisodes: spells.map(([SW_DECOM, SW_DEC]) => ({ SW_DECOM, SW_DEC })) }))
const marked = (row: number) => [`SWEpisodes ${row} SW_DEC`]

test('left from 26 to 31 March', () => {
  expect(check(['01/05/2025', '25/03/2026'])).toEqual([])
  expect(check(['01/05/2025', '26/03/2026'])).toEqual(marked(1))
  expect(check(['01/05/2025', '31/03/2026'])).toEqual(marked(1))
  expect(check(['01/05/2025', '01/04/2026'])).toEqual([])
})

test('a later spell follows, whenever it begins', () => {
  expect(check(['01/05/2025', '28/03/2026'], ['28/03/2026', ''])).toEqual([])
  expect(check(['01/05/2025', '28/03/2026'], ['02/05/2025', ''])).toEqual([])
  expect(check(['28/03/2026', ''], ['01/05/2025', '28/03/2026'])).toEqual([])
})

test('on a tie the last is the last in the file', () => {
  expect(check(['01/05/2025', ''], ['01/05/2025', '28/03/2026'])).toEqual(marked(2))
  expect(check(['01/05/2025', '28/03/2026'], ['01/05/2025', ''])).toEqual([])
})

test('a spell without a readable start is told in place of the last, the first of them in the file', () => {
  expect(check(['01/05/2025', '28/03/2026'], ['', ''])).toEqual(marked(2))
  expect(check(['31/06/2025', ''], ['01/05/2025', '28/03/2026'], ['', ''])).toEqual(marked(1))
})

test('open, ending on no date, or without any readable start', () => {
  expect(check(['01/05/2025', ''])).toEqual([])
  expect(check(['01/05/2025', '32/03/2026'])).toEqual([])
  expect(check(['', '28/03/2026'])).toEqual([])
  expect(check()).toEqual([])
})
