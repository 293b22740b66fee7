import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './633.ts'

const check = (LA_PERM: string) => findings(rule, child903({ PrevPerm: { LA_PERM } }))

test.each(['200', '214', '838', '940', '01', 'ENG', 'E10000030'])('%s', (code) => {
  expect(check(code)).toEqual(['PrevPerm 1 LA_PERM'])
})

test.each(['201', '420', '837', '999', 'WAL', 'SCO', 'NUK', 'NIR', ''])('"%s" passes', (code) => {
  expect(check(code)).toEqual([])
})

const published =
  '201-213 301-320 330-336 340-344 350-359 370-373 380-384 390-394 420 800-803 805-808 810-813 815-816 821-823 825-826 830-831 835-837 840-841 845-846 850-852 855-857 860-861 865-874 876-896 908-909 916 919 921 925-926 928-929 931 933 935-938 999'
    .split(' ')
    .flatMap((range) => {
      const [from, to = from] = range.split('-').map(Number) as [number, number | undefined]
      return Array.from({ length: to! - from + 1 }, (_, i) => from + i)
    })

test('of all numbers of three digits, those that are published', () => {
  const all = Array.from({ length: 1000 }, (_, i) => i)
  expect(all.filter((code) => check(String(code).padStart(3, '0')).length === 0)).toEqual(published)
})
