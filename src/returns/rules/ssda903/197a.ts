import { filled, rule } from '../ssda903.ts'

/** Either a score or a reason why there is none. */
export default rule({
  code: '197a',
  from: '2022-23',
  flags: 'OC2.SDQ_SCORE OC2.SDQ_REASON',
  message:
    'There is a strengths and difficulties score (SDQ) as well as a reason why there is none. Remove one of the two.',
  eachOC2: ({ SDQ_SCORE, SDQ_REASON }) => filled(SDQ_SCORE) && filled(SDQ_REASON),
})
