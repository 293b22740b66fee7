import { birthday, rule } from '../ssda903.ts'

/**
 * Independent living (P2) is for young people, of 15 in 2022-23 and of 16 in 2023-24. Open episodes count too; the
 * known reference passes them over.
 */
export default rule({
  code: '370',
  versions: [
    { from: '2022-23', until: '2022-23', age: 15 },
    { from: '2023-24', until: '2023-24', age: 16 },
  ],
  needs: 'Episodes Header',
  flags: 'Episodes.DECOM Episodes.PLACE',
  message:
    'The child was too young for independent living (P2) when this placement began. Correct the placement type or the date.',
  eachEpisode: ({ PLACE, DECOM }, { header }, _collection, { age }) =>
    PLACE === 'P2' && DECOM < birthday(header.DOB, age),
})
