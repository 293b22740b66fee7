import { rule } from '../ssda903.ts'

/**
 * Every child of the table Reviews is in the table of children, Header. A check of the files, without a number of
 * the DfE.
 */
export default rule({
  code: 'INT08',
  from: '2022-23',
  needs: 'Reviews Header',
  flags: 'Reviews.CHILD',
  message:
    'There is a review for a child who is not in the table of children (Header). Add the child, or correct the child’s identifier.',
  eachReview: (_review, { Header }) => Header.length === 0,
})
