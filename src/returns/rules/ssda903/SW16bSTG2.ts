import { rule } from '../ssda903.ts'

/**
 * The social worker's spell that was left open last year opens this year's, with the same start. Drafted for 2024-25
 * and withdrawn before that year's rules were in use: kept for the record, never in force, and so without a test of
 * rows.
 */
export default rule({
  code: 'SW16bSTG2',
  from: '2024-25',
  until: '2023-24',
  needs: 'SWEpisodes SWEpisodes_last',
  flags: 'SWEpisodes.SW_DECOM',
  message:
    'The first social worker’s spell of this year does not begin on the day of the one left open last year. Correct its start.',
})
