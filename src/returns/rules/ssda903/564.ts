import { blank, codes, rule } from '../ssda903.ts'

const missingOrAway = codes('M A')

/** A child who is missing or away has been so from some day. */
export default rule({
  code: '564',
  from: '2022-23',
  flags: 'Missing.MISSING Missing.MIS_START',
  message: 'It is not said from when the child was missing or away. Enter the date.',
  eachMissing: ({ MISSING, MIS_START }) => missingOrAway.has(MISSING) && blank(MIS_START),
})
