import { birthday, rule } from '../ssda903.ts'

/** Children who arrive alone are seldom under 11 at the end of the year. The DfE calls the marker UASC_STATUS. */
export default rule({
  code: '231',
  kind: 'query',
  from: '2024-25',
  needs: 'Header uasc',
  flags: 'Header.DOB Header.UASC',
  message:
    'The child is very young to be here unaccompanied: under 11 on 31 March. Check the date of birth and the mark, and explain if both are right.',
  eachHeader: ({ UASC, DOB }, _child, { lastDay }) => UASC === '1' && birthday(DOB, 11) > lastDay,
})
