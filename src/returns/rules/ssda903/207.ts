import { rule } from '../ssda903.ts'

/** Who is a mother stays one. Asked only of those with an episode this year: care leavers have no mother marker. */
export default rule({
  code: '207',
  from: '2022-23',
  needs: 'Header Header_last Episodes',
  flags: 'Header.MOTHER',
  message:
    'Last year’s return has this young person as a mother, and this year’s does not. Enter 1 for mother.',
  eachHeader: ({ MOTHER }, { Episodes, lastYear }) =>
    lastYear.header.MOTHER === '1' && MOTHER !== '1' && Episodes.length > 0,
})
