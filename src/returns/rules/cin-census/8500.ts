import { blank, rule } from '../cin-census.ts'

/** Every child has the authority's own identifier. */
export default rule({
  code: '8500',
  from: '2022-23',
  flags: 'ChildIdentifiers.LAchildID',
  message: 'The child has no identifier. Give the one that stays the same every year.',
  eachChildIdentifiers: ({ LAchildID }) => blank(LAchildID),
})
