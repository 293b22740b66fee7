import { rule } from '../cin-census.ts'

/** The conference of an enquiry is held in the census year. */
export default rule({
  code: '8715',
  from: '2022-23',
  flags: 'Section47.DateOfInitialCPC',
  message:
    'The conference was held before or after the collection year. Correct the date, leave that of a later conference blank, or leave out the enquiry if it was earlier.',
  eachSection47: (enquiry, _child, collection) => collection.outside(enquiry.DateOfInitialCPC),
})
