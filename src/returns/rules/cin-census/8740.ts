import { blank, no, rule } from '../cin-census.ts'

/**
 * An enquiry that needs a conference and has had none started in the census year. The known reference takes only `0`
 * for no, not `false`.
 */
export default rule({
  code: '8740',
  from: '2022-23',
  flags: 'Section47.S47ActualStartDate Section47.DateOfInitialCPC Section47.ICPCnotRequired',
  message:
    'The enquiry started before or after the collection year and had no conference. Give the conference, say that none is needed, or correct the start.',
  eachSection47: ({ S47ActualStartDate, DateOfInitialCPC, ICPCnotRequired }, _child, collection) =>
    blank(DateOfInitialCPC) && collection.outside(S47ActualStartDate) && no(ICPCnotRequired),
})
