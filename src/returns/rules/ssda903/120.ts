import { codes, filled, rule } from '../ssda903.ts'

const reasons = codes('RD1 RD2 RD3 RD4')

/** Why the decision to place the child for adoption was reversed. */
export default rule({
  code: '120',
  from: '2022-23',
  flags: 'PlacedAdoption.REASON_PLACED_CEASED',
  message:
    'The reason for reversing the decision to place for adoption is not a code of the return. Choose RD1, RD2, RD3 or RD4.',
  eachPlacedAdoption: ({ REASON_PLACED_CEASED }) =>
    filled(REASON_PLACED_CEASED) && !reasons.has(REASON_PLACED_CEASED),
})
