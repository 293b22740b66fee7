import { rule } from '../cin-census.ts'

const neitherLetterNorDigit = /[^\p{L}\p{Nd}]/u

/** The authority's own number for a child is made of letters and digits. */
export default rule({
  code: '1580',
  from: '2024-25',
  flags: 'ChildIdentifiers.LAchildID',
  message:
    'The child’s identifier has something in it that is neither a letter nor a digit. Leave that out, every year.',
  eachChildIdentifiers: ({ LAchildID }) => LAchildID !== undefined && neitherLetterNorDigit.test(LAchildID),
})
