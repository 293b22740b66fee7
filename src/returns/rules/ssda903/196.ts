import { codes, filled, rule } from '../ssda903.ts'

const reasons = codes('SDQ1 SDQ2 SDQ3 SDQ4 SDQ5')

/** Why there is no score of the strengths and difficulties questionnaire. */
export default rule({
  code: '196',
  from: '2022-23',
  flags: 'OC2.SDQ_REASON',
  message:
    'The reason why there is no strengths and difficulties score is not a code of the return. Choose one from SDQ1 to SDQ5.',
  eachOC2: ({ SDQ_REASON }) => filled(SDQ_REASON) && !reasons.has(SDQ_REASON),
})
