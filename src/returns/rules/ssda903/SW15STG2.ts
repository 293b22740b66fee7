import { rule } from '../ssda903.ts'

/**
 * A recent social worker's spell has a reason. Drafted for 2024-25 and withdrawn before that year's rules were in
 * use: kept for the record, never in force, and so without a test of rows.
 */
export default rule({
  code: 'SW15STG2',
  from: '2024-25',
  until: '2023-24',
  flags: 'SWEpisodes.SW_REASON',
  message: 'The reason for the change of social worker is missing. Enter it.',
})
