import { type DeprivationOfLiberty, eachNext, inOrderOf, isDate, rule } from '../ssda903.ts'

/**
 * One order ends before, or on the day, the next begins. The published definition compares the starts only; its
 * title, and the known reference, ask for the end of the one before.
 */
export default rule({
  code: '705',
  from: '2026-27',
  flags: 'DoLo.DOLO_START DoLo.DOLO_END',
  message:
    'This deprivation of liberty order begins before the one before it has ended. Give the earlier order its end, or correct the dates.',
  eachChild: ({ DoLo }, report) =>
    eachNext(inOrderOf(DoLo, endOrElseStart, start), ({ DOLO_END }, order) => {
      if (!isDate(DOLO_END) || order.DOLO_START < DOLO_END) report(order)
    }),
})

const start = ({ DOLO_START }: DeprivationOfLiberty) => DOLO_START

const endOrElseStart = ({ DOLO_START, DOLO_END }: DeprivationOfLiberty) =>
  isDate(DOLO_END) ? DOLO_END : DOLO_START
