import { rule, unreadable } from '../ssda903.ts'

/** The day on which the child was matched with the adopters. */
export default rule({
  code: '113',
  from: '2022-23',
  flags: 'AD1.DATE_MATCH',
  message:
    'The day on which the child was matched with the adopters is no real date. Enter it as dd/mm/yyyy.',
  eachAD1: ({ DATE_MATCH }) => unreadable(DATE_MATCH),
})
