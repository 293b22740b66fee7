import { birthday, filled, rule } from '../ssda903.ts'

/** The questionnaire is for young people who were no older than 17 on the first day. */
export default rule({
  code: '189',
  from: '2022-23',
  flags: 'OC2.DOB OC2.SDQ_SCORE OC2.SDQ_REASON',
  message:
    'The young person was 17 before the year began, too old for a strengths and difficulties score (SDQ) or a reason for none. Remove it, or correct the date of birth.',
  eachOC2: ({ DOB, SDQ_SCORE, SDQ_REASON }, _child, { firstDay }) =>
    (filled(SDQ_SCORE) || filled(SDQ_REASON)) && birthday(DOB, 17) < firstDay,
})
