import { rule } from '../ssda903.ts'

/** A time missing begins by the last day of the year. */
export default rule({
  code: '570',
  from: '2022-23',
  flags: 'Missing.MIS_START',
  message:
    'This time missing begins after the end of the collection year. Correct the date, or leave it for next year.',
  eachMissing: ({ MIS_START }, _child, { lastDay }) => MIS_START > lastDay,
})
