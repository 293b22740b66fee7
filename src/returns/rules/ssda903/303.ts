import { filled, number, rule } from '../ssda903.ts'

/** Only a child who is marked as unaccompanied (UASC is 1) can have a day on which that status ends. */
export default rule({
  code: '303',
  from: '2022-23',
  needs: 'UASC Header uasc',
  flags: 'UASC.DUC Header.UASC',
  message:
    'There is a date on which the child stops being unaccompanied (DUC), but the child is not marked as such. Correct the mark or remove the date.',
  eachUASC: (uasc, { Header, header }) =>
    filled(uasc.DUC) && Header.length > 0 && number(header.UASC) !== 1 && [uasc, header],
})
