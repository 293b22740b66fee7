import { rule } from '../cin-census.ts'

/** The letter for each remainder from 0: the alphabet without I, O and S. */
const letters = 'ABCDEFGHJKLMNPQRTUVWXYZ'
const endsInTwelveDigits = /^.\d{12}$/

/** Each digit times its place, added up and divided by 23: the remainder tells the letter. */
function checkLetter(upn: string) {
  let sum = 0
  for (let place = 2; place <= 13; place++) sum += place * Number(upn[place - 1])
  return letters[sum % 23]
}

/**
 * The first letter of a UPN checks its twelve digits. A temporary UPN, which ends in a letter, is not tested, although
 * the guidance on UPNs gives a letter for those too.
 */
export default rule({
  code: '1510',
  from: '2022-23',
  flags: 'ChildIdentifiers.UPN',
  message:
    'The first letter of the UPN does not fit its digits: something is mistyped. Ask the school for the UPN.',
  eachChildIdentifiers: ({ UPN }) =>
    UPN !== undefined && endsInTwelveDigits.test(UPN) && UPN[0] !== checkLetter(UPN),
})
