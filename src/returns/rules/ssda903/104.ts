import { rule, unreadable } from '../ssda903.ts'

/** A child who ceased to be unaccompanied before the year began is not in this year's file of them. */
export default rule({
  code: '104',
  from: '2022-23',
  flags: 'UASC.DUC',
  message:
    'The day the child ceased to be unaccompanied is no real date, or is before this year. Correct it, or remove the row.',
  eachUASC: ({ DUC }, _child, { firstDay }) => unreadable(DUC) || DUC < firstDay,
})
