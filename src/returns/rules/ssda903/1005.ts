import { rule, unreadable } from '../ssda903.ts'

/** A child who is still missing or away has no end. */
export default rule({
  code: '1005',
  from: '2022-23',
  flags: 'Missing.MIS_END',
  message: 'The day the child was found or came back is no real date. Enter it as dd/mm/yyyy.',
  eachMissing: ({ MIS_END }) => unreadable(MIS_END),
})
