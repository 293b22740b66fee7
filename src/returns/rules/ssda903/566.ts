import { blank, filled, rule } from '../ssda903.ts'

/** Whether the child was missing or away without authorisation is said wherever an end is. */
export default rule({
  code: '566',
  from: '2022-23',
  flags: 'Missing.MISSING Missing.MIS_END',
  message:
    'A time missing has ended, and it is not said whether the child was missing (M) or away without authorisation (A). Enter which.',
  eachMissing: ({ MISSING, MIS_END }) => filled(MIS_END) && blank(MISSING),
})
