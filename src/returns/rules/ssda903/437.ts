import { codes, isDate, rule } from '../ssda903.ts'

const diedOrTurned18 = codes('E2 E15')

/** Nothing follows when the young person died or turned 18. Other years' returns are not looked at. */
export default rule({
  code: '437',
  from: '2022-23',
  flags: 'Episodes.REC',
  message:
    'Care ended by death or by turning 18 (E2, E15), and another episode follows. Correct the reason, or remove the episodes after it.',
  eachEpisode: ({ REC, DECOM, next }) => next !== undefined && diedOrTurned18.has(REC) && isDate(DECOM),
})
