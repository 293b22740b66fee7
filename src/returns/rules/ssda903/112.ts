import { rule, unreadable } from '../ssda903.ts'

/** The day on which adoption was decided to be best for the child. */
export default rule({
  code: '112',
  from: '2022-23',
  flags: 'AD1.DATE_INT',
  message:
    'The day on which adoption was decided to be best for the child is no real date. Enter it as dd/mm/yyyy.',
  eachAD1: ({ DATE_INT }) => unreadable(DATE_INT),
})
