import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW11aSTG2.ts'

const year = '2023-24'
const check = (...spells: [SW_DECOM: string, SW_DEC: string][]) =>
  findings(rule, child903({ SWEpisodes: spells.map(([SW_DECOM, SW_DEC]) => ({ SW_DECOM, SW_DEC })) }), {
    year,
  })
const second = ['SWEpisodes 2 SW_DEC']

test('five days either way pass, six do not', () => {
  expect(check(['01/05/2023', '10/06/2023'], ['15/06/2023', ''])).toEqual([])
  expect(check(['01/05/2023', '10/06/2023'], ['16/06/2023', ''])).toEqual(second)
  expect(check(['01/05/2023', '10/06/2023'], ['05/06/2023', ''])).toEqual([])
  expect(check(['01/05/2023', '10/06/2023'], ['04/06/2023', ''])).toEqual(second)
})

test('the next start is blank or no date', () => {
  expect(check(['01/05/2023', '10/06/2023'], ['', ''])).toEqual(second)
  expect(check(['01/05/2023', '10/06/2023'], ['31/06/2023', ''])).toEqual(second)
})

test('left by 26 March, not after', () => {
  expect(check(['01/05/2023', '26/03/2024'], ['', ''])).toEqual(second)
  expect(check(['01/05/2023', '27/03/2024'], ['', ''])).toEqual([])
})

test('the spell before is open or ends on no date', () => {
  expect(check(['01/05/2023', ''], ['16/06/2023', ''])).toEqual([])
  expect(check(['01/05/2023', '31/06/2023'], ['16/06/2023', ''])).toEqual([])
})

test('in order of the dates, on a tie as in the file', () => {
  expect(check(['16/06/2023', ''], ['01/05/2023', '10/06/2023'])).toEqual(['SWEpisodes 1 SW_DEC'])
  expect(check(['01/05/2023', '20/05/2023'], ['01/05/2023', ''])).toEqual(second)
  expect(check(['01/05/2023', ''], ['01/05/2023', '20/05/2023'])).toEqual([])
})

test('nobody after the last spell', () => {
  expect(check(['01/05/2023', '10/06/2023'])).toEqual([])
})

test('in force in 2023-24 only', () => {
  expect(() => findings(rule, child903({}), { year: '2024-25' })).toThrow('not in force')
})
