import { filled, rule } from '../ssda903.ts'

/** A child of one's own is asked of young mothers only. */
export default rule({
  code: '174',
  versions: [
    { from: '2022-23', until: '2023-24', male: '1' },
    { from: '2024-25', male: 'M' },
  ],
  flags: 'Header.SEX Header.MC_DOB',
  message:
    'A mother’s first child is entered for a boy or young man. Remove that date of birth, or correct the sex.',
  eachHeader: ({ SEX, MC_DOB }, _child, _collection, { male }) => SEX === male && filled(MC_DOB),
})
