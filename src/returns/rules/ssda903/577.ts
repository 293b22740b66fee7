import { isDate, type MissingSpell, type PeriodOfCare, rule } from '../ssda903.ts'

/**
 * A time missing ends when care ends. It is looked for in every period of care of this year's return, and one that it
 * fits is enough; where MIS_END is in a period, MIS_START is not looked at. As the known reference does, a time that
 * ends outside every period fails too, not only one that was left open.
 */
export default rule({
  code: '577',
  from: '2022-23',
  needs: 'Missing Episodes',
  flags: 'Missing.MIS_END',
  message:
    'The child is shown as missing when not looked after. End the time missing when care ended, or correct the dates.',
  eachMissing: (missing, { periodsOfCare }) =>
    isDate(missing.MIS_START) &&
    periodsOfCare.length > 0 &&
    periodsOfCare.every((period) => isOutOf(missing, period)),
})

function isOutOf({ MIS_START, MIS_END }: MissingSpell, { start, end }: PeriodOfCare): boolean {
  if (!isDate(MIS_END)) return isDate(end) || MIS_START < start
  return MIS_END > end || MIS_END < start
}
