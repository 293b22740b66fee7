import { blank, rule } from '../ssda903.ts'

/** No freeing order (D1) is in force any more: an episode under one has ended. */
export default rule({
  code: '451',
  from: '2022-23',
  until: '2023-24',
  flags: 'Episodes.DEC Episodes.REC Episodes.LS',
  message:
    'This open episode is under a freeing order (D1), and there are none any more. Correct the legal status, or end the episode.',
  eachEpisode: ({ LS, DEC, REC }) => LS === 'D1' && blank(DEC) && blank(REC),
})
