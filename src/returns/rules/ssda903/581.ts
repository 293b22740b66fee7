import { isDate, rule } from '../ssda903.ts'

/**
 * A time missing begins within an episode, its first and last day included. Without a readable start it is in none.
 */
export default rule({
  code: '581',
  from: '2022-23',
  needs: 'Missing Episodes',
  flags: 'Missing.MIS_START',
  message:
    'The time missing does not begin within any episode of care. Correct the day it began, or the episodes.',
  eachMissing: ({ MIS_START }, { Episodes }) =>
    Episodes.length > 0 &&
    !Episodes.some(({ DECOM, DEC }) => MIS_START >= DECOM && (!isDate(DEC) || MIS_START <= DEC)),
})
