import { rule } from '../ssda903.ts'

/**
 * A time missing begins while the child is looked after. It is looked for in every period of care of this year's
 * return, and one is enough. The day a period ends is outside it; the known reference takes it for inside.
 */
export default rule({
  code: '578',
  from: '2022-23',
  needs: 'Missing Episodes',
  flags: 'Missing.MIS_START',
  message:
    'The child is shown as going missing when not looked after. Correct the start of the time missing, or the episodes.',
  eachMissing: ({ MIS_START }, { periodsOfCare }) =>
    periodsOfCare.length > 0 &&
    periodsOfCare.every(({ start, end }) => MIS_START < start || MIS_START >= end),
})
