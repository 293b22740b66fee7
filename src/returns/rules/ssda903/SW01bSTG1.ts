import { blank, isDate, rule, socialWorkersToldFrom } from '../ssda903.ts'

/**
 * A social worker's spell has a start and, from April 2023, a number and the reason for the change. Before:
 * SW01aSTG1.
 */
export default rule({
  code: 'SW01bSTG1',
  from: '2024-25',
  flags: 'SWEpisodes.SW_DECOM SWEpisodes.SW_ID SWEpisodes.SW_REASON',
  message:
    'The social worker’s number or the reason for the change is missing, or the start of this spell is missing or no full date. Enter it.',
  eachSWEpisode: ({ SW_ID, SW_DECOM, SW_REASON }) =>
    !isDate(SW_DECOM) || ((blank(SW_ID) || blank(SW_REASON)) && SW_DECOM >= socialWorkersToldFrom),
})
