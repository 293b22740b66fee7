import { asSupplied, isDate, latestPossibleDay, rule, unreadable } from '../ssda903.ts'

/** When a social worker's spell ended may be known in part only, and the last one goes on. */
export default rule({
  code: 'SW05STG1',
  from: '2023-24',
  flags: 'SWEpisodes.SW_DEC',
  message:
    'The end of this social worker’s spell is no real date. Enter it as dd/mm/yyyy, or leave it blank while it goes on.',
  eachSWEpisode: (spell) =>
    unreadable(spell.SW_DEC) && !isDate(latestPossibleDay(String(asSupplied(spell, 'SW_DEC')))),
})
