import { labelOf } from '../codes/codes.ts'
import { formatShortDate } from '../web/words.ts'

/** A day of a fact as a cell that sorts by the day: empty where there is none. */
export const dayCell = (day: string | null) =>
  day ? { text: formatShortDate(day), value: day } : { text: '', value: '' }

/** What a code says, with the code beneath it: analysts read codes, workers words. */
export const codeCell = (set: string, code: string | null) => {
  if (!code) return ''
  const label = labelOf(set, code)
  return label === code ? code : { text: label, sub: code }
}
