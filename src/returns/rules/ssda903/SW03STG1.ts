import { blank, rule } from '../ssda903.ts'

/**
 * Every social worker's spell has a number, a start and a reason for the change. From 2024-25: SW01aSTG1, SW01bSTG1.
 */
export default rule({
  code: 'SW03STG1',
  from: '2023-24',
  until: '2023-24',
  flags: 'SWEpisodes.SW_ID SWEpisodes.SW_DECOM SWEpisodes.SW_REASON',
  message:
    'The social worker’s number, the start of this spell or the reason for the change is missing. Enter it.',
  eachSWEpisode: ({ SW_ID, SW_DECOM, SW_REASON }) => blank(SW_ID) || blank(SW_DECOM) || blank(SW_REASON),
})
