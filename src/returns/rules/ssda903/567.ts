import { rule } from '../ssda903.ts'

/** A time missing ends on the day it began at the earliest. */
export default rule({
  code: '567',
  from: '2022-23',
  flags: 'Missing.MIS_START Missing.MIS_END',
  message: 'The child was found before going missing. Correct one of the two dates.',
  eachMissing: ({ MIS_START, MIS_END }) => MIS_START > MIS_END,
})
