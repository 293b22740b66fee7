import { filled, rule } from '../ssda903.ts'

/** A score is asked of children who were looked after all year. */
export default rule({
  code: '185',
  from: '2022-23',
  needs: 'OC2 Episodes',
  flags: 'OC2.SDQ_SCORE',
  message:
    'There is a strengths and difficulties score (SDQ), and the child was not looked after all year. Remove it, or correct the episodes.',
  eachOC2: ({ SDQ_SCORE }, child, collection) =>
    filled(SDQ_SCORE) && !child.isContinuouslyLookedAfter(collection),
})
