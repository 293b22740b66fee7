import { expect, test } from 'vitest'
import { child903, findings } from '../testing.ts'
import rule from './187.ts'

const allYear = { DECOM: '01/04/2025', RNE: 'S', LS: 'C2' }
const check = (tables: Parameters<typeof child903>[0], episode = {}) =>
  findings(rule, child903({ Episodes: { ...allYear, ...episode }, ...tables }))
const adoption = ['AD1 1 DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR']
const careLeaver = ['OC3 1 IN_TOUCH ACTIV ACCOM']

test.each(['DATE_INT', 'DATE_MATCH', 'FOSTER_CARE', 'NB_ADOPTR', 'SEX_ADOPTR', 'LS_ADOPTR'])(
  'adoption: %s is enough',
  (field) => {
    expect(check({ AD1: { [field]: '01/05/2025' } })).toEqual(adoption)
  },
)

test.each(['IN_TOUCH', 'ACTIV', 'ACCOM'])('care leavers: %s is enough', (field) => {
  expect(check({ OC3: { [field]: '0' } })).toEqual(careLeaver)
})

test('both, each for itself', () => {
  expect(check({ AD1: { FOSTER_CARE: '0' }, OC3: { ACTIV: '0' } })).toEqual([...careLeaver, ...adoption])
})

test('rows without details', () => {
  expect(check({ AD1: {}, OC3: {} })).toEqual([])
})

test.each([{ DECOM: '02/04/2025' }, { DEC: '30/03/2026', REC: 'E11' }, { LS: 'V4' }])(
  'not looked after all year: %o',
  (episode) => {
    expect(check({ AD1: { FOSTER_CARE: '0' }, OC3: { ACTIV: '0' } }, episode)).toEqual([])
  },
)

test('no episodes', () => {
  expect(check({ Episodes: [], AD1: { FOSTER_CARE: '0' }, OC3: { ACTIV: '0' } })).toEqual([])
})
