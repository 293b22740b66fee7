import { blank, day, rule } from '../ssda903.ts'

const lastDay = day('2023-10-28')

/** Independent living (P2) was no placement for a child in care any more after 28 October 2023. */
export default rule({
  code: '217t',
  from: '2023-24',
  until: '2023-24',
  flags: 'Episodes.PLACE Episodes.DECOM',
  message:
    'Independent living (P2) could not go on after 28 October 2023. End the episode by then, or correct the placement type.',
  eachEpisode: ({ PLACE, DEC }) => PLACE === 'P2' && (blank(DEC) || DEC > lastDay),
})
