import { birthday, rule } from '../ssda903.ts'

/** At 18 a young person is no unaccompanied child any more. */
export default rule({
  code: '304',
  from: '2022-23',
  flags: 'UASC.DUC',
  message:
    'The date on which the child stops being unaccompanied (DUC) is after the 18th birthday. It is the birthday at the latest.',
  eachUASC: ({ DUC, DOB }) => DUC > birthday(DOB, 18),
})
