import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW12STG2.ts'

const check = (
  { RNE = 'P', REC = 'X1', DECOM = '01/06/2025', DEC = '01/09/2025', LS = 'C2' }: Record<string, string>,
  starts: string[],
  year = '2025-26',
) =>
  findings(
    rule,
    child903({
      Episodes: { RNE, REC, DECOM, DEC, LS },
      SWEpisodes: starts.map((SW_DECOM) => ({ SW_DECOM })),
    }),
    { year },
  )
const marked = ['Episodes 1 DECOM DEC']

test('care ends: a spell that began by then', () => {
  expect(check({ REC: 'E8' }, ['01/09/2025'])).toEqual([])
  expect(check({ REC: 'E8' }, ['02/09/2025'])).toEqual(marked)
  expect(check({ REC: 'E8' }, [])).toEqual(marked)
})

test('care starts: a spell that began then or later', () => {
  expect(check({ RNE: 'S' }, ['01/06/2025'])).toEqual([])
  expect(check({ RNE: 'S' }, ['31/05/2025'])).toEqual(marked)
  expect(check({ RNE: 'S' }, [])).toEqual(marked)
})

test('both: either is enough', () => {
  expect(check({ RNE: 'S', REC: 'E8' }, ['31/05/2025'])).toEqual([])
  expect(check({ RNE: 'S', REC: 'E8' }, ['02/09/2025'])).toEqual([])
})

test('an open episode: a spell that began by the end of the year', () => {
  expect(check({ REC: '', DEC: '' }, ['31/03/2026'])).toEqual([])
  expect(check({ REC: '', DEC: '' }, ['01/04/2026'])).toEqual(marked)
  expect(check({ REC: '', DEC: '31/09/2025' }, ['31/03/2026'])).toEqual([])
  expect(check({ REC: '', DEC: '' }, [])).toEqual(marked)
  expect(check({ REC: '', DEC: '31/09/2025' }, [])).toEqual(marked)
})

test('one spell of several is enough', () => {
  expect(check({ REC: 'E8' }, ['02/09/2025', '01/05/2020'])).toEqual([])
})

test('a spell without a readable start fits nothing; without a readable DECOM no start does', () => {
  expect(check({ REC: 'E8' }, ['', '31/06/2025'])).toEqual(marked)
  expect(check({ RNE: 'S', DECOM: '' }, ['01/06/2025'])).toEqual(marked)
})

test('care neither starts nor ends, or it is a short break', () => {
  expect(check({}, [])).toEqual([])
  expect(check({ REC: 'E8', LS: 'V3' }, [])).toEqual([])
  expect(check({ RNE: 'S', LS: 'V4' }, [])).toEqual([])
  expect(check({ REC: 'E8', LS: '' }, [])).toEqual(marked)
})

test('from 2024-25 only episodes that are open or ended this year or last', () => {
  expect(check({ REC: 'E8', DEC: '31/03/2024' }, [])).toEqual([])
  expect(check({ REC: 'E8', DEC: '01/04/2024' }, [])).toEqual(marked)
  expect(check({ REC: 'E8', DEC: '31/03/2026' }, [])).toEqual(marked)
  expect(check({ REC: 'E8', DEC: '01/04/2026' }, [])).toEqual([])
  expect(check({ REC: 'E8', DEC: '31/03/2023' }, [], '2024-25')).toEqual([])
  expect(check({ REC: 'E8', DEC: '01/04/2023' }, [], '2024-25')).toEqual(marked)
  expect(check({ REC: 'E8', DEC: '31/03/2020' }, [], '2023-24')).toEqual(marked)
})
