import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './SW02STG1.ts'

const check = (SW_ID: string) => findings(rule, child903({ SWEpisodes: { SW_ID } }))

test.each(['', 'S', '1234', 'XS1', '1SW', 'S W1'])('"%s"', (id) => {
  expect(check(id)).toEqual(['SWEpisodes 1 SW_ID'])
})

test.each(['SW1234', 'XX', 'SW', 'XXX'])('%s passes', (id) => {
  expect(check(id)).toEqual([])
})
