import { isDate, rule } from '../ssda903.ts'

/** Each time that a child was missing or away has a beginning. */
export default rule({
  code: '1004',
  from: '2022-23',
  flags: 'Missing.MIS_START',
  message: 'The day the child went missing or away is blank or is no real date. Enter it as dd/mm/yyyy.',
  eachMissing: ({ MIS_START }) => !isDate(MIS_START),
})
