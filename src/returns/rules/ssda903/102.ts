import { isDate, rule } from '../ssda903.ts'

/** Everyone in the return has a date of birth, an estimated one if need be. */
export default rule({
  code: '102',
  from: '2022-23',
  flags: 'Header.DOB',
  message: 'The date of birth is blank or is no real date. Enter it as dd/mm/yyyy.',
  eachHeader: ({ DOB }) => !isDate(DOB),
})
