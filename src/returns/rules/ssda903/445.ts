import { day, rule } from '../ssda903.ts'

const freeingEnded = day('2005-12-31')

/** Freeing orders (D1) gave way to placement orders at the end of 2005. */
export default rule({
  code: '445',
  from: '2022-23',
  until: '2023-24',
  flags: 'Episodes.LS Episodes.DECOM',
  message:
    'The legal status is a freeing order (D1), of which there were none when this episode began. Correct the legal status or the start.',
  eachEpisode: ({ LS, DECOM }) => LS === 'D1' && DECOM > freeingEnded,
})
