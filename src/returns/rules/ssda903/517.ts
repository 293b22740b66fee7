import { rule } from '../ssda903.ts'

/** An unmarried couple of different sexes (L3) is a man and a woman. */
export default rule({
  code: '517',
  from: '2022-23',
  flags: 'AD1.LS_ADOPTR AD1.SEX_ADOPTR',
  message:
    'The adopters are an unmarried couple of different sexes (L3), and the sex given is not that of a man and a woman. Correct one of the two.',
  eachAD1: ({ LS_ADOPTR, SEX_ADOPTR }) => LS_ADOPTR === 'L3' && SEX_ADOPTR !== 'MF',
})
