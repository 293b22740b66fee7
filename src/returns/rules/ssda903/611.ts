import { blank, rule } from '../ssda903.ts'

/** Of a mother the date of birth of her first child is asked. */
export default rule({
  code: '611',
  from: '2022-23',
  flags: 'Header.MOTHER Header.MC_DOB',
  message:
    'She is recorded as a mother, and her child’s date of birth is missing. Enter it, or correct the mark.',
  eachHeader: ({ MOTHER, MC_DOB }) => MOTHER === '1' && blank(MC_DOB),
})
