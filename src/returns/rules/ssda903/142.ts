import { blank, isDate, rule } from '../ssda903.ts'

/**
 * Only the last episode can be open. Episodes without a readable start are left out (they come behind all others); the
 * known reference takes such a one for the last.
 */
export default rule({
  code: '142',
  from: '2022-23',
  flags: 'Episodes.DEC Episodes.REC',
  message:
    'This episode is not the child’s last, and its end or the reason for it is missing. Enter when and why it ended.',
  eachEpisode: ({ DEC, REC, next }) =>
    next !== undefined && isDate(next.DECOM) && (!isDate(DEC) || blank(REC)),
})
