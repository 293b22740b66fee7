import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW14STG2.ts'

const year = '2023-24'
const check = (...spells: [SW_DECOM: string, SW_DEC: string][]) =>
  findings(rule, child903({ SWEpisodes: spells.map(([SW_DECOM, SW_DEC]) => ({ SW_DECOM, SW_DEC })) }), {
    year,
  })
const marked = (row: number) => `SWEpisodes ${row} SW_DEC`

test('every spell but the latest is to have an end', () => {
  expect(check(['01/05/2023', ''], ['01/06/2023', '31/06/2023'], ['01/07/2023', ''])).toEqual([
    marked(1),
    marked(2),
  ])
  expect(check(['01/05/2023', '01/06/2023'], ['01/06/2023', ''])).toEqual([])
})

test('in order of the dates; on a tie the latest is the last in the file', () => {
  expect(check(['01/06/2023', ''], ['02/05/2023', ''])).toEqual([marked(2)])
  expect(check(['01/06/2023', ''], ['01/06/2023', '01/07/2023'])).toEqual([marked(1)])
  expect(check(['01/06/2023', '01/07/2023'], ['01/06/2023', ''])).toEqual([])
})

test('a spell without a start is the latest, and of several the last in the file', () => {
  expect(check(['', ''], ['01/06/2023', ''])).toEqual([marked(2)])
  expect(check(['', ''], ['', ''])).toEqual([marked(1)])
})

test('a single spell passes', () => {
  expect(check(['01/05/2023', ''])).toEqual([])
})

test('in force in 2023-24 only', () => {
  expect(() => findings(rule, child903({}), { year: '2024-25' })).toThrow('not in force')
})
