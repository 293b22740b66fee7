import { asSupplied, filled, rule } from '../ssda903.ts'

/** A social worker has a child for a day at least. Compared as it was typed. */
export default rule({
  code: 'SW09STG2',
  from: '2023-24',
  flags: 'SWEpisodes.SW_DECOM SWEpisodes.SW_DEC',
  message: 'This social worker’s spell began and ended on the same day. Correct one of the two dates.',
  eachSWEpisode: (spell) =>
    filled(spell.SW_DECOM) &&
    filled(spell.SW_DEC) &&
    asSupplied(spell, 'SW_DECOM') === asSupplied(spell, 'SW_DEC'),
})
