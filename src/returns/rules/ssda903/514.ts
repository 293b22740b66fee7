import { codes, rule } from '../ssda903.ts'

const oneAdopter = codes('M1 F1')

/** A single adopter (L0) is one man or one woman. */
export default rule({
  code: '514',
  from: '2022-23',
  flags: 'AD1.LS_ADOPTR AD1.SEX_ADOPTR',
  message: 'The adopter is single (L0), and the sex given is not that of one person. Correct one of the two.',
  eachAD1: ({ LS_ADOPTR, SEX_ADOPTR }) => LS_ADOPTR === 'L0' && !oneAdopter.has(SEX_ADOPTR),
})
