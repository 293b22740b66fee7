import { blank, filled, rule } from '../ssda903.ts'

/** Whether the child was missing or away without authorisation is said wherever a beginning is. */
export default rule({
  code: '565',
  from: '2022-23',
  flags: 'Missing.MISSING Missing.MIS_START',
  message: 'It is not said whether the child was missing (M) or away without authorisation (A). Enter which.',
  eachMissing: ({ MISSING, MIS_START }) => filled(MIS_START) && blank(MISSING),
})
