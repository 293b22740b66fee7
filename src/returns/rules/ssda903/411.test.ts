import { expect, test } from 'vitest'
import { child903, findings, postcodes } from '../testing.ts'
import rule from './411.ts'

const known = postcodes({
  'AA1 1AA': { authority: 'E10000030', east: 0, north: 0 },
  'BB1 1BB': { authority: 'E10000031', east: 0, north: 0 },
  'CC1 1CC': { authority: 'SCO', east: 0, north: 0 },
})
const check = (PL_POST: string) =>
  findings(rule, child903({ Episodes: { PL_POST } }), { postcodes: known, authority: 'E10000030' })

test.each(['AA1 1AA', 'BB1 1BB', 'CC1 1CC', 'ZZ1 1ZZ', ''])('"%s": what is worked out agrees', (postcode) => {
  expect(check(postcode)).toEqual([])
})
