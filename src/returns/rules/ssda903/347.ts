import { birthday, codes, rule } from '../ssda903.ts'

/** Foyer or similar, suitable or not. */
const foyer = codes('T1 T2')

/**
 * Foyers take nobody under 18. The DfE names the code by its letter; the known reference looks for the letter alone,
 * which nobody enters, and counts a year as 365.2425 days, so that it tells some who turn 18 on the first day.
 */
export default rule({
  code: '347',
  from: '2023-24',
  flags: 'OC3.ACCOM OC3.DOB',
  message:
    'A care leaver who was under 18 on 1 April cannot be living in a foyer (T1, T2). Correct the accommodation or the date of birth.',
  eachOC3: ({ ACCOM, DOB }, _child, { firstDay }) => foyer.has(ACCOM) && birthday(DOB, 18) > firstDay,
})
