import { blank, isDate, rule, socialWorkersToldFrom } from '../ssda903.ts'

/**
 * A social worker's spell has a start and, where that was before April 2023, at least a number. From then on:
 * SW01bSTG1.
 */
export default rule({
  code: 'SW01aSTG1',
  from: '2024-25',
  flags: 'SWEpisodes.SW_DECOM SWEpisodes.SW_ID',
  message:
    'The social worker’s number is missing, or the start of this spell is missing or no full date. Enter it.',
  eachSWEpisode: ({ SW_ID, SW_DECOM }) =>
    !isDate(SW_DECOM) || (blank(SW_ID) && SW_DECOM < socialWorkersToldFrom),
})
