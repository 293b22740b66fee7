/** Days as whole numbers: how many there are from 1 January 1970. NaN stands for text that is no real date. */

const monthStarts = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
const monthLengths = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * The day that stands as dd/mm/yyyy in ten bytes.
 * @returns whole days since 1 January 1970, or NaN when it is no real date
 */
export function dayIn(bytes: Uint8Array, at: number): number {
  if (bytes[at + 2] !== 47 || bytes[at + 5] !== 47) return Number.NaN
  const d = digits(bytes[at]!, bytes[at + 1]!)
  const m = digits(bytes[at + 3]!, bytes[at + 4]!)
  const century = digits(bytes[at + 6]!, bytes[at + 7]!)
  const ofCentury = digits(bytes[at + 8]!, bytes[at + 9]!)
  if (d < 1 || m < 1 || m > 12 || century < 0 || ofCentury < 0) return Number.NaN
  return dayNumber(century * 100 + ofCentury, m, d)
}

function digits(tens: number, ones: number): number {
  return tens < 48 || tens > 57 || ones < 48 || ones > 57 ? -1 : (tens - 48) * 10 + ones - 48
}

/** Whole days since 1 January 1970, or NaN when the calendar has no such day. Years from 1 to 9999. */
export function dayNumber(year: number, month: number, day: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  if (year < 1 || day > monthLengths[month]! + (leap && month === 2 ? 1 : 0)) return Number.NaN
  const before = year - 1
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400)
  return before * 365 + leapDays - 719162 + monthStarts[month]! + (leap && month > 2 ? 1 : 0) + day - 1
}

/** The day written as dd/mm/yyyy, strictly; NaN when it is none. */
export function dayOf(text: string): number {
  if (!/^\d\d\/\d\d\/\d{4}$/.test(text)) return Number.NaN
  return dayIn(Buffer.from(text, 'latin1'), 0)
}

/**
 * The day written as CCYY-MM-DD.
 * @returns whole days since 1 January 1970, or NaN when it is no real date
 */
export function dayOfIso(text: string): number {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN
  const year = number(text, 0, 4)
  const month = number(text, 5, 7)
  const day = number(text, 8, 10)
  return month >= 1 && month <= 12 && day >= 1 ? dayNumber(year, month, day) : Number.NaN
}

function number(text: string, from: number, to: number): number {
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}
