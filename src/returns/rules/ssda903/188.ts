import { birthday, filled, rule } from '../ssda903.ts'

/** The questionnaire is for children who are 4 by the end of the year. */
export default rule({
  code: '188',
  from: '2022-23',
  flags: 'OC2.SDQ_SCORE OC2.SDQ_REASON',
  message:
    'The child is not 4 by 31 March, too young for a strengths and difficulties score (SDQ) or a reason for none. Remove it, or correct the date of birth.',
  eachOC2: ({ DOB, SDQ_SCORE, SDQ_REASON }, _child, { lastDay }) =>
    (filled(SDQ_SCORE) || filled(SDQ_REASON)) && birthday(DOB, 4) > lastDay,
})
