import { rule } from '../ssda903.ts'

/** Nobody in the return is born after the year it is about. */
export default rule({
  code: '301',
  from: '2022-23',
  flags: 'Header.DOB',
  message: 'The date of birth is later than the end of the collection year. Correct it.',
  eachHeader: ({ DOB }, _child, { lastDay }) => DOB > lastDay,
})
