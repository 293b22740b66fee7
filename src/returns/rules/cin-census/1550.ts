import { rule } from '../cin-census.ts'

const allowed = /^[0-9A-HJ-NP-RT-Z]$/

/** The last character of a UPN is a digit or, in a temporary one, a capital letter other than I, O and S. */
export default rule({
  code: '1550',
  from: '2022-23',
  flags: 'ChildIdentifiers.UPN',
  message:
    'The last character of the UPN is neither a digit nor a letter that is used there. Ask the school for the UPN.',
  eachChildIdentifiers: ({ UPN }) => UPN?.length === 13 && !allowed.test(UPN[12]!),
})
