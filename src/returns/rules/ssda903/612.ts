import { blank, filled, rule } from '../ssda903.ts'

/** Only of a mother the date of birth of her child is sent. */
export default rule({
  code: '612',
  versions: [
    { from: '2022-23', until: '2023-24', female: '2' },
    { from: '2024-25', female: 'F' },
  ],
  flags: 'Header.SEX Header.MOTHER Header.MC_DOB',
  message:
    'A date of birth of her child is given, and she is not recorded as a mother. Enter 1 for mother, or remove the date.',
  eachHeader: ({ SEX, MOTHER, MC_DOB }, _child, _collection, { female }) =>
    filled(MC_DOB) && SEX === female && (blank(MOTHER) || MOTHER === '0'),
})
