import { rule } from '../ssda903.ts'

/**
 * The social worker's spell that was left open last year opens this year's, with the same number. Drafted for
 * 2024-25 and withdrawn before that year's rules were in use: kept for the record, never in force, and so without a
 * test of rows.
 */
export default rule({
  code: 'SW16aSTG2',
  from: '2024-25',
  until: '2023-24',
  needs: 'SWEpisodes SWEpisodes_last',
  flags: 'SWEpisodes.SW_ID',
  message: 'The first social worker of this year is not the one left open last year. Correct the number.',
})
