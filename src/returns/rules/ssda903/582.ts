import { adoptedCodes, rule, same } from '../ssda903.ts'

/**
 * A child is matched some time before the adoption. On the same day is unusual rather than impossible: it may have
 * to be explained.
 */
export default rule({
  code: '582',
  from: '2022-23',
  needs: 'Episodes AD1',
  flags: 'Episodes.DEC',
  message:
    'The adoption is on the same day as the match with the adopters. Correct one of the two dates, or be ready to explain it.',
  eachEpisode: ({ REC, DEC }, { AD1 }) =>
    adoptedCodes.has(REC) && AD1.some(({ DATE_MATCH }) => same(DATE_MATCH, DEC)),
})
