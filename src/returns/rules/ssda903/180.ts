import { filled, number, rule } from '../ssda903.ts'

/** The score of the strengths and difficulties questionnaire is a whole number from 0 to 40. */
export default rule({
  code: '180',
  from: '2022-23',
  flags: 'OC2.SDQ_SCORE',
  message:
    'The strengths and difficulties score (SDQ) is not a whole number from 0 to 40. Correct it, or leave it blank and enter the reason why there is none.',
  eachOC2: ({ SDQ_SCORE }) => filled(SDQ_SCORE) && !isScore(number(SDQ_SCORE)),
})

const isScore = (score: number) => Number.isInteger(score) && score >= 0 && score <= 40
