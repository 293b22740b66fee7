import { filled, rule } from '../ssda903.ts'

/** A reason for no score is asked of children who were looked after all year. */
export default rule({
  code: '198',
  from: '2022-23',
  needs: 'OC2 Episodes',
  flags: 'OC2.SDQ_REASON',
  message:
    'There is a reason for no strengths and difficulties score (SDQ), and the child was not looked after all year. Remove it, or correct the episodes.',
  eachOC2: ({ SDQ_REASON }, child, collection) =>
    filled(SDQ_REASON) && !child.isContinuouslyLookedAfter(collection),
})
