import { codes, filled, rule } from '../ssda903.ts'

const sexes = codes('M1 F1 MM FF MF')

/** The sex of one adopter (M1, F1) or of two. */
export default rule({
  code: '176',
  from: '2022-23',
  flags: 'AD1.SEX_ADOPTR',
  message: 'The sex of the adopters is not a code of the return. Choose M1, F1, MM, FF or MF.',
  eachAD1: ({ SEX_ADOPTR }) => filled(SEX_ADOPTR) && !sexes.has(SEX_ADOPTR),
})
