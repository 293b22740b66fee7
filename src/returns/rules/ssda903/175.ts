import { codes, filled, rule } from '../ssda903.ts'

const oneOrTwo = codes('1 2')

/** How many people adopted the child. */
export default rule({
  code: '175',
  from: '2022-23',
  flags: 'AD1.NB_ADOPTR',
  message: 'The number of adopters is neither 1 nor 2. Correct it.',
  eachAD1: ({ NB_ADOPTR }) => filled(NB_ADOPTR) && !oneOrTwo.has(NB_ADOPTR),
})
