import { rule } from '../cin-census.ts'

const upn = /^[A-Za-z]\d{11}[\dA-Za-z]$/

/**
 * A former UPN has the form of a UPN: a letter, eleven digits, and a digit or a letter. The known reference does not
 * know the letter at the end.
 */
export default rule({
  code: '1560Q',
  kind: 'query',
  from: '2022-23',
  flags: 'ChildIdentifiers.FormerUPN',
  message: 'The former UPN is not 13 characters in the form of a UPN. Correct it, or leave it out.',
  eachChildIdentifiers: ({ FormerUPN }) => FormerUPN !== undefined && !upn.test(FormerUPN),
})
