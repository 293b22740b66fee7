import { birthday, blank, rule } from '../ssda903.ts'

/**
 * Of a child who turns 4 or 17 in the year, and was looked after all year, a score is not always to be had, but then
 * the reason is asked.
 */
export default rule({
  code: '197B',
  from: '2022-23',
  needs: 'OC2 Episodes',
  flags: 'OC2.SDQ_REASON OC2.DOB',
  message:
    'The child turned 4 or 17 this year and was looked after all year. Enter the strengths and difficulties score (SDQ), or the reason why there is none.',
  eachOC2: ({ DOB, SDQ_SCORE, SDQ_REASON }, child, collection) =>
    blank(SDQ_SCORE) &&
    blank(SDQ_REASON) &&
    (collection.within(birthday(DOB, 4)) || collection.within(birthday(DOB, 17))) &&
    child.isContinuouslyLookedAfter(collection),
})
