import { filled, reasonsForNoUpn, rule } from '../ssda903.ts'

/** A letter and twelve digits; the last may be a letter when the number is temporary. */
const uniquePupilNumber = /^[A-HJ-NP-RT-Z]\d{11}[\dA-Z]$/

/** The unique pupil number, or why there is none (UN1 to UN5). The check letter is not worked out. */
export default rule({
  code: '168',
  from: '2022-23',
  flags: 'Header.UPN',
  message:
    'The unique pupil number (UPN) is not of the right form. Correct it, or enter why there is none (UN1 to UN5).',
  eachHeader: ({ UPN }) => filled(UPN) && !uniquePupilNumber.test(UPN!) && !reasonsForNoUpn.has(UPN),
})
