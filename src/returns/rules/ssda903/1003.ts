import { isDate, rule } from '../ssda903.ts'

/** That a child should be placed for adoption is decided when care has begun (first RNE S) or later. */
export default rule({
  code: '1003',
  from: '2022-23',
  flags: 'PlacedAdoption.DATE_PLACED Episodes.DECOM Episodes.RNE',
  message:
    'The decision to place the child for adoption is dated before the child came into care. Correct its date or the start of care.',
  eachPlacedAdoption: (plan, { Episodes }) => {
    const start = Episodes.find(({ RNE, DECOM }) => RNE === 'S' && isDate(DECOM))
    return start !== undefined && plan.DATE_PLACED < start.DECOM && [plan, start]
  },
})
