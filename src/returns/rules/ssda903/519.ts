import { codes, rule } from '../ssda903.ts'

const couple = codes('MM FF MF')

/** Civil partners (L2) are two people, of the same sex or not. */
export default rule({
  code: '519',
  from: '2022-23',
  flags: 'AD1.LS_ADOPTR AD1.SEX_ADOPTR',
  message:
    'The adopters are civil partners (L2), and the sex given is not that of a couple. Correct one of the two.',
  eachAD1: ({ LS_ADOPTR, SEX_ADOPTR }) => LS_ADOPTR === 'L2' && !couple.has(SEX_ADOPTR),
})
