import { codes, rule } from '../ssda903.ts'

/** Sex is 1 or 2 up to 2023-24, and M, F or U from 2024-25. */
export default rule({
  code: '101',
  versions: [
    {
      from: '2022-23',
      until: '2023-24',
      accepted: codes('1 2'),
      message: 'The child’s sex is missing or is not a code of this year. Enter 1 (male) or 2 (female).',
    },
    { from: '2024-25', accepted: codes('M F U') },
  ],
  flags: 'Header.SEX',
  message: 'The child’s sex is missing or is not a code of this year. Enter M, F or U (unknown).',
  eachHeader: (header, _child, _collection, { accepted }) => !accepted.has(header.SEX),
})
