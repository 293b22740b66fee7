import { isDate, rule } from '../ssda903.ts'

/** That adoption is best for the child is decided before adopters are matched, or on the same day. */
export default rule({
  code: '333',
  from: '2022-23',
  flags: 'AD1.DATE_INT',
  message:
    'The day on which adoption was decided to be best for the child is missing or is after the match with adopters. Enter it or correct it.',
  eachAD1: ({ DATE_INT, DATE_MATCH }) => isDate(DATE_MATCH) && (!isDate(DATE_INT) || DATE_INT > DATE_MATCH),
})
