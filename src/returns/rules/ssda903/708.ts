import { rule } from '../ssda903.ts'

/** Nobody is under an order before, or on, the day of birth. */
export default rule({
  code: '708',
  from: '2026-27',
  flags: 'DoLo.DOLO_START',
  message:
    'The deprivation of liberty order begins before or on the day the child was born. Correct one of the two dates.',
  eachDoLo: ({ DOLO_START, DOB }) => DOLO_START <= DOB,
})
