import { filled, rule, yesOrNoCodes } from '../ssda903.ts'

/** Whether the adopters had been the child's foster carers. */
export default rule({
  code: '114',
  from: '2022-23',
  flags: 'AD1.FOSTER_CARE',
  message: 'Enter 1 if the adopters had been the child’s foster carers, and 0 if not.',
  eachAD1: ({ FOSTER_CARE }) => filled(FOSTER_CARE) && !yesOrNoCodes.has(FOSTER_CARE),
})
