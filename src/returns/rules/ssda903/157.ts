import { birthday, blank, rule } from '../ssda903.ts'

/**
 * Too young or too old (SDQ1) is no reason for no score of a child who was 4 when the year began, is 16 on its last
 * day at most, and was looked after all year.
 */
export default rule({
  code: '157',
  from: '2022-23',
  needs: 'OC2 Episodes',
  flags: 'OC2.SDQ_REASON OC2.DOB',
  message:
    'The child is of the age for a strengths and difficulties score (SDQ), so age cannot be why there is none (SDQ1). Enter the score or another reason.',
  eachOC2: ({ DOB, SDQ_SCORE, SDQ_REASON }, child, collection) =>
    SDQ_REASON === 'SDQ1' &&
    blank(SDQ_SCORE) &&
    birthday(DOB, 4) <= collection.firstDay &&
    birthday(DOB, 16) >= collection.lastDay &&
    child.isContinuouslyLookedAfter(collection),
})
