import { codes, rule } from '../ssda903.ts'

const sameSex = codes('MM FF')

/** A couple of the same sex that is neither married nor in a civil partnership (L4) is two men or two women. */
export default rule({
  code: '518',
  from: '2022-23',
  flags: 'AD1.LS_ADOPTR AD1.SEX_ADOPTR',
  message:
    'The adopters are a couple of the same sex (L4), and the sex given is not that of two men or two women. Correct one of the two.',
  eachAD1: ({ LS_ADOPTR, SEX_ADOPTR }) => LS_ADOPTR === 'L4' && !sameSex.has(SEX_ADOPTR),
})
