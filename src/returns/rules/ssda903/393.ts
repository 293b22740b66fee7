import { blank, isShortBreak, rule } from '../ssda903.ts'

/** Of a girl in care it is asked whether she is a mother, unless she had short breaks only. */
export default rule({
  code: '393',
  versions: [
    { from: '2022-23', until: '2023-24', female: '2' },
    { from: '2024-25', female: 'F' },
  ],
  needs: 'Header Episodes',
  flags: 'Header.MOTHER',
  message: 'It is not said whether this girl or young woman is a mother. Enter 1 for yes or 0 for no.',
  eachHeader: ({ SEX, MOTHER }, { Episodes }, _collection, { female }) =>
    SEX === female && blank(MOTHER) && Episodes.some((episode) => !isShortBreak(episode)),
})
