import { codesOf, rule } from '../cin-census.ts'

/**
 * The second to fourth character of a UPN are the number of an authority, whatever the length of the UPN; the known
 * reference tests only those of 13 characters.
 */
export default rule({
  code: '1530',
  versions: [
    { from: '2022-23', until: '2022-23', authorities: codesOf('upn_local_authority', '2022-23') },
    { from: '2023-24', authorities: codesOf('upn_local_authority', '2023-24') },
  ],
  flags: 'ChildIdentifiers.UPN',
  message:
    'The UPN names an authority that does not exist, in its 2nd to 4th character. Ask the school for the UPN.',
  eachChildIdentifiers: ({ UPN }, _child, _collection, { authorities }) =>
    UPN !== undefined && !authorities.has(UPN.slice(1, 4)),
})
