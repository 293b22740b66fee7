import { codes, filled, rule } from '../ssda903.ts'

const reasons = codes('X1 E11 E12 E13 E14 E15 E16 E17 E2 E3 E4A E4B E41 E45 E46 E47 E48 E5 E6 E7 E8 E9')

/** Why the episode ended. */
export default rule({
  code: '149',
  from: '2022-23',
  flags: 'Episodes.REC',
  message: 'The reason why the episode ended is not a code of the return. Choose one from its list.',
  eachEpisode: ({ REC }) => filled(REC) && !reasons.has(REC),
})
