import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './437.ts'

const check = (...list: [DECOM: string, REC: string][]) =>
  findings(rule, child903({ Episodes: list.map(([DECOM, REC]) => ({ DECOM, REC })) }))

test.each(['E2', 'E15'])('another episode follows %s', (REC) => {
  expect(check(['01/05/2025', REC], ['01/06/2025', ''])).toEqual(['Episodes 1 REC'])
  expect(check(['01/06/2025', ''], ['01/05/2025', REC])).toEqual(['Episodes 2 REC'])
})

test('an episode without a start, or of the same day, follows too', () => {
  expect(check(['01/05/2025', 'E2'], ['', ''])).toHaveLength(1)
  expect(check(['01/05/2025', 'E2'], ['01/05/2025', ''])).toHaveLength(1)
})

test('the last episode, one without a readable start, and other reasons pass', () => {
  expect(check(['01/05/2025', 'X1'], ['01/06/2025', 'E2'])).toEqual([])
  expect(check(['', 'E2'], ['', ''])).toEqual([])
  expect(check(['31/06/2025', 'E15'], ['', ''])).toEqual([])
  expect(check(['01/05/2025', 'E17'], ['01/06/2025', ''])).toEqual([])
})
