import { birthday, rule } from '../ssda903.ts'

/**
 * Semi-independent living (H5), and supported accommodation (K3) in its place from 2024-25, are for young people.
 * Open episodes count too; the known reference passes them over.
 */
export default rule({
  code: '371',
  versions: [
    { from: '2022-23', until: '2022-23', place: 'H5', age: 14 },
    { from: '2023-24', until: '2023-24', place: 'H5', age: 16 },
    { from: '2024-25', place: 'K3', age: 16 },
  ],
  needs: 'Episodes Header',
  flags: 'Episodes.DECOM Episodes.PLACE',
  message:
    'The child was too young for semi-independent or supported accommodation when this placement began. Correct the placement type or the date.',
  eachEpisode: ({ PLACE, DECOM }, { header }, _collection, { place, age }) =>
    PLACE === place && DECOM < birthday(header.DOB, age),
})
