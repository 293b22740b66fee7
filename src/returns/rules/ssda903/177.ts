import { codes, filled, rule } from '../ssda903.ts'

const legalStatuses = codes('L0 L11 L12 L2 L3 L4')

/** Whether the adopters are single, married and so on. */
export default rule({
  code: '177',
  from: '2022-23',
  flags: 'AD1.LS_ADOPTR',
  message: 'The legal status of the adopters is not a code of the return. Choose one from its list.',
  eachAD1: ({ LS_ADOPTR }) => filled(LS_ADOPTR) && !legalStatuses.has(LS_ADOPTR),
})
