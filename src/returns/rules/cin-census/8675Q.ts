import { blank, no, rule } from '../cin-census.ts'

/**
 * An enquiry that needs a conference should not wait for it for more than 15 working days at the reference date. The
 * first working day before that date is day 1; the known reference counts the date itself, and so stops a day short.
 */
export default rule({
  code: '8675Q',
  kind: 'query',
  from: '2022-23',
  flags: 'Section47.DateOfInitialCPC Section47.S47ActualStartDate Section47.ICPCnotRequired',
  message:
    'This enquiry has waited for its conference for more than 15 working days. Has it been held, or is none needed?',
  eachSection47: ({ DateOfInitialCPC, ICPCnotRequired, S47ActualStartDate }, _child, collection) =>
    blank(DateOfInitialCPC) &&
    no(ICPCnotRequired) &&
    S47ActualStartDate < collection.workingDaysBefore(collection.referenceDate, 15),
})
