import { hasOtherBirthDate, rule } from '../ssda903.ts'

/** The table Reviews has the date of birth that Header has. A check of the files, without a number of the DfE. */
export default rule({
  code: 'INT17',
  from: '2022-23',
  needs: 'Reviews Header',
  flags: 'Reviews.DOB',
  message:
    'The date of birth with the review is not the one in the table of children (Header). Correct the one that is wrong.',
  eachReview: hasOtherBirthDate,
})
