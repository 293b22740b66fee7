import { blank, rule } from '../cin-census.ts'

/** Of a child whose case was closed because of death the date of death is known. */
export default rule({
  code: '8585Q',
  kind: 'query',
  from: '2022-23',
  flags: 'CINdetails.ReasonForClosure ChildIdentifiers.PersonDeathDate',
  message:
    'The case was closed because the child died, but there is no date of death. Give it, or correct the reason.',
  eachCINdetails: (cin, { identifiers }) =>
    cin.ReasonForClosure === 'RC2' && blank(identifiers.PersonDeathDate) && [cin, identifiers],
})
