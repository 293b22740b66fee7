import { rule } from '../ssda903.ts'

/** Nobody goes missing before, or on, the day of birth. */
export default rule({
  code: '586',
  from: '2022-23',
  flags: 'Missing.MIS_START',
  message: 'The child is shown as going missing before or on the day of birth. Correct one of the two dates.',
  eachMissing: ({ MIS_START, DOB }) => MIS_START <= DOB,
})
