import { codes, rule } from '../ssda903.ts'

const oneAdopter = codes('M1 F1')

/** Two adopters are not one man or one woman. */
export default rule({
  code: '511',
  from: '2022-23',
  flags: 'AD1.NB_ADOPTR AD1.SEX_ADOPTR',
  message:
    'There are two adopters, and the sex given is that of one person. Correct the number of adopters or their sex.',
  eachAD1: ({ NB_ADOPTR, SEX_ADOPTR }) => NB_ADOPTR === '2' && oneAdopter.has(SEX_ADOPTR),
})
