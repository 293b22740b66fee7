import { isDate, rule } from '../ssda903.ts'

/**
 * A mother is born before her child; without a readable date of her own it cannot be seen, and that is a fault too.
 */
export default rule({
  code: '621',
  from: '2022-23',
  flags: 'Header.DOB Header.MC_DOB',
  message: 'The mother’s own date of birth must be before her child’s. Correct one of the two.',
  eachHeader: ({ DOB, MC_DOB }) => isDate(MC_DOB) && !(MC_DOB > DOB),
})
