import { blank, endsCare, isShortBreak, rule } from '../ssda903.ts'

/** When a girl's care ends it must be known whether she is a mother, unless it was a short break. */
export default rule({
  code: '607',
  versions: [
    { from: '2022-23', until: '2023-24', female: '2' },
    { from: '2024-25', female: 'F' },
  ],
  flags: 'Episodes.DEC Episodes.REC Episodes.LS Header.MOTHER Header.SEX',
  message:
    'This girl or young woman left care this year, and it is not said whether she is a mother. Enter 1 for yes or 0 for no.',
  eachEpisode: (episode, { header }, collection, { female }) =>
    header.SEX === female &&
    blank(header.MOTHER) &&
    endsCare(episode) &&
    collection.within(episode.DEC) &&
    !isShortBreak(episode) && [episode, header],
})
