import { rule } from '../ssda903.ts'

/** An order of the return begins by the end of the year; it may have begun in an earlier one. */
export default rule({
  code: '703',
  from: '2026-27',
  flags: 'DoLo.DOLO_START',
  message:
    'The deprivation of liberty order begins after the end of the collection year. Correct the date, or leave the order for next year.',
  eachDoLo: ({ DOLO_START }, _child, { lastDay }) => DOLO_START > lastDay,
})
