import { number, rule } from '../ssda903.ts'

/** The marker of unaccompanied children is read as a number. In a CSV return it is worked out, so nobody is asked. */
export default rule({
  code: '105',
  from: '2022-23',
  needs: 'Header xml',
  flags: 'Header.UASC',
  message:
    'It is not said whether the child is unaccompanied and seeking asylum. Enter 1 for yes or 0 for no.',
  eachHeader: ({ UASC }) => number(UASC) !== 0 && number(UASC) !== 1,
})
