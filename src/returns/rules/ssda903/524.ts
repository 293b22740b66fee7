import { codes, rule } from '../ssda903.ts'

const sameSex = codes('MM FF')

/** A married couple of the same sex (L12) is two men or two women. */
export default rule({
  code: '524',
  from: '2022-23',
  flags: 'AD1.LS_ADOPTR AD1.SEX_ADOPTR',
  message:
    'The adopters are a married couple of the same sex (L12), and the sex given is not that of two men or two women. Correct one of the two.',
  eachAD1: ({ LS_ADOPTR, SEX_ADOPTR }) => LS_ADOPTR === 'L12' && !sameSex.has(SEX_ADOPTR),
})
