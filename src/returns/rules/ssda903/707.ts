import { type DeprivationOfLiberty, isDate, type PeriodOfCare, rule } from '../ssda903.ts'

/**
 * An order ends when care ends. It is looked for in every period of care of this year's return, and one that it fits
 * is enough; where DOLO_END is in a period, DOLO_START is not looked at. As the known reference does, an order that
 * ends outside every period fails too, not only one that was left open.
 */
export default rule({
  code: '707',
  from: '2026-27',
  needs: 'DoLo Episodes',
  flags: 'DoLo.DOLO_END',
  message:
    'The deprivation of liberty order goes on when the child is not looked after. End it when care ended, or correct the episodes.',
  eachDoLo: (order, { periodsOfCare }) =>
    isDate(order.DOLO_START) &&
    periodsOfCare.length > 0 &&
    periodsOfCare.every((period) => isOutOf(order, period)),
})

function isOutOf({ DOLO_START, DOLO_END }: DeprivationOfLiberty, { start, end }: PeriodOfCare): boolean {
  if (!isDate(DOLO_END)) return isDate(end) || DOLO_START < start
  return DOLO_END > end || DOLO_END < start
}
