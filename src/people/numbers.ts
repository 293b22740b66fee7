const weights = [10, 9, 8, 7, 6, 5, 4, 3, 2]

/** Whether a number of ten digits is an NHS number: its last digit is worked out from the others, modulo 11. */
export function nhsNumberIsRight(value: string): boolean {
  if (!/^\d{10}$/.test(value)) return false
  const sum = weights.reduce((total, weight, i) => total + weight * Number(value[i]), 0)
  const digit = (11 - (sum % 11)) % 11
  return digit !== 10 && digit === Number(value[9])
}

/** Whether it has the form of a unique pupil number: a letter, eleven digits, and a digit or a letter. */
export const upnIsRight = (value: string): boolean => /^[A-Z]\d{11}[\dA-Z]$/i.test(value)

/** The letter for each remainder from 0: the alphabet without I, O and S. */
const letters = 'ABCDEFGHJKLMNPQRTUVWXYZ'

/**
 * Whether the first letter of a unique pupil number fits its digits (the department's guidance on UPNs): each digit
 * times its place, added up and divided by 23, tells the letter. A temporary one, which ends in a letter, is not tested.
 */
export function upnLetterFits(value: string): boolean {
  const upn = value.toUpperCase()
  if (!/^[A-Z]\d{12}$/.test(upn)) return upnIsRight(upn)
  const sum = [...upn.slice(1)].reduce((total, digit, i) => total + (i + 2) * Number(digit), 0)
  return upn[0] === letters[sum % 23]
}
