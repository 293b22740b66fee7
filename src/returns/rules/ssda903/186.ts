import { birthday, blank, rule } from '../ssda903.ts'

/** A child of 4 to 16 who was looked after all year has a score, or a reason why not. */
export default rule({
  code: '186',
  from: '2022-23',
  needs: 'OC2 Episodes',
  flags: 'OC2.SDQ_SCORE',
  message:
    'The child was looked after all year and is of the age for a strengths and difficulties score (SDQ). Enter it, or the reason why there is none.',
  eachOC2: ({ DOB, SDQ_SCORE, SDQ_REASON }, child, collection) =>
    blank(SDQ_SCORE) &&
    blank(SDQ_REASON) &&
    birthday(DOB, 4) <= collection.firstDay &&
    birthday(DOB, 17) > collection.lastDay &&
    child.isContinuouslyLookedAfter(collection),
})
