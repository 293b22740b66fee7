import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './117.ts'

type Row = Record<string, string>

const check = (PlacedAdoption: Row, ...Episodes: Row[]) =>
  findings(rule, child903({ PlacedAdoption, Episodes }))
const marked = (episode: number) => [
  `PlacedAdoption 1 DATE_PLACED DATE_PLACED_CEASED, Episodes ${episode} DEC REC DECOM`,
]
const open = { DECOM: '01/01/2025' }
const ended = { DECOM: '01/01/2025', DEC: '10/05/2025', REC: 'E4A' }

test.each(['DATE_PLACED', 'DATE_PLACED_CEASED'])('%s after the last day or the end of care', (field) => {
  expect(check({ [field]: '01/04/2026' }, open)).toEqual(marked(1))
  expect(check({ [field]: '31/03/2026' }, open)).toEqual([])
  expect(check({ [field]: '11/05/2025' }, ended)).toEqual(marked(1))
  expect(check({ [field]: '10/05/2025' }, ended)).toEqual([])
})

test('the latest episode that is not X1 counts, on a tie the earlier in the file', () => {
  const goesOn = { DECOM: '01/06/2025', DEC: '01/07/2025', REC: 'X1' }
  const blankReason = { DECOM: '01/02/2025', DEC: '01/08/2025', REC: '' }
  expect(check({ DATE_PLACED: '11/05/2025' }, ended, goesOn)).toEqual(marked(1))
  expect(check({ DATE_PLACED: '11/05/2025' }, ended, blankReason)).toEqual([])
  expect(check({ DATE_PLACED: '02/08/2025' }, ended, blankReason)).toEqual(marked(2))
  expect(check({ DATE_PLACED: '11/05/2025' }, ended, open)).toEqual(marked(1))
  expect(check({ DATE_PLACED: '11/05/2025' }, open, ended)).toEqual([])
})

test('no episode that counts', () => {
  expect(check({ DATE_PLACED: '01/04/2026' })).toEqual([])
  expect(check({ DATE_PLACED: '01/04/2026' }, { ...open, REC: 'X1' }, { DECOM: '32/01/2025' })).toEqual([])
})

test('blank and unreadable dates', () => {
  expect(check({}, ended)).toEqual([])
  expect(check({ DATE_PLACED: '32/05/2025' }, ended)).toEqual([])
  expect(check({ DATE_PLACED: '11/05/2025' }, { ...ended, DEC: '32/05/2025' })).toEqual([])
})
