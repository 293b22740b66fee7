import { rule } from '../cin-census.ts'

const eightDigits = /^.{4}\d{8}/

/** The fifth to twelfth character of a UPN are digits. One too short has not all eight; the known reference lets it pass. */
export default rule({
  code: '1540',
  from: '2022-23',
  flags: 'ChildIdentifiers.UPN',
  message: 'The 5th to 12th character of the UPN are not all digits. Ask the school for the UPN.',
  eachChildIdentifiers: ({ UPN }) => UPN !== undefined && !eightDigits.test(UPN),
})
