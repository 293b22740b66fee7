import { isDate, rule } from '../ssda903.ts'

/** An order always has a day on which it began. A part of it cannot be unknown. */
export default rule({
  code: '700',
  from: '2026-27',
  flags: 'DoLo.DOLO_START',
  message:
    'The day the deprivation of liberty order began is missing or no real date. Enter it as dd/mm/yyyy.',
  eachDoLo: ({ DOLO_START }) => !isDate(DOLO_START),
})
