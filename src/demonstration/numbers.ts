/** Numbers that belong to nobody: from ranges that are kept free for tests and for drama. */

/** An NHS number of the range for tests (999 …), with its check digit (modulus 11). */
export function nhsNumber(n: number): string {
  for (let serial = 999_001_000 + (n % 140_000) * 7; ; serial += 1) {
    const digits = String(serial)
    const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0)
    const check = (11 - (sum % 11)) % 11
    if (check < 10) return `${digits}${check}`
  }
}

const checkLetters = 'ABCDEFGHJKLMNPQRTUVWXYZ'

/** A unique pupil number of an authority that is no more and of a school that never was, with its check letter. */
export function pupilNumber(n: number): string {
  const digits = `909${String(n).padStart(9, '0')}`
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place + 2), 0)
  return `${checkLetters[sum % 23]}${digits}`
}

const threeDigits = (n: number) => String(n % 1000).padStart(3, '0')

/** Numbers that Ofcom keeps free for drama: there are a thousand of each, so that in a large authority some are shared. */
export const mobileNumber = (n: number): string => `07700 900${threeDigits(n)}`
export const telephoneNumber = (n: number): string => `01632 960${threeDigits(n)}`
