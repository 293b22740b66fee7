import { rule, unreadable } from '../ssda903.ts'

/** The day on which a young mother's child was born. */
export default rule({
  code: '171',
  from: '2022-23',
  flags: 'Header.MC_DOB',
  message: 'The day on which the young mother’s own child was born is no real date. Enter it as dd/mm/yyyy.',
  eachHeader: ({ MC_DOB }) => unreadable(MC_DOB),
})
