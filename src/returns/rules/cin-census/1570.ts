import { rule } from '../cin-census.ts'

/** The authority's own number for a child has at most 20 characters. */
export default rule({
  code: '1570',
  from: '2024-25',
  flags: 'ChildIdentifiers.LAchildID',
  message:
    'The child’s identifier is longer than 20 characters. Use one that is shorter and stays the same every year.',
  eachChildIdentifiers: ({ LAchildID }) => LAchildID !== undefined && LAchildID.length > 20,
})
