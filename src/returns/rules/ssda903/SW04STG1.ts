import { asSupplied, isDate, latestPossibleDay, rule, unreadable } from '../ssda903.ts'

/** When a social worker's spell began may be known in part only. */
export default rule({
  code: 'SW04STG1',
  from: '2023-24',
  flags: 'SWEpisodes.SW_DECOM',
  message: 'The start of this social worker’s spell is no real date. Enter it as dd/mm/yyyy.',
  eachSWEpisode: (spell) =>
    unreadable(spell.SW_DECOM) && !isDate(latestPossibleDay(String(asSupplied(spell, 'SW_DECOM')))),
})
