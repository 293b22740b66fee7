import { type Collection, rule } from '../ssda903.ts'

/**
 * A social worker's spell of the return ends within the year or, from 2024-25, the year before. The known reference
 * takes 365.2425 days for that year, and so tells its first day when there is a 29 February in it.
 */
export default rule({
  code: 'SW07STG2',
  versions: [
    { from: '2023-24', until: '2023-24', earliest: ({ firstDay }: Collection) => firstDay },
    { from: '2024-25', earliest: ({ firstDayLastYear }: Collection) => firstDayLastYear },
  ],
  flags: 'SWEpisodes.SW_DEC',
  message:
    'This social worker’s spell ended before the time the return is about, or ends after it. Correct the date, leave a later end blank, or leave out a spell that ended earlier.',
  eachSWEpisode: ({ SW_DEC }, _child, collection, { earliest }) =>
    SW_DEC < earliest(collection) || SW_DEC > collection.lastDay,
})
