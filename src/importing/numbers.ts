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
