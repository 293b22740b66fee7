import { birthday, rule } from '../ssda903.ts'

/**
 * Of a young person who is missing until care ends on the 18th birthday, the reason is E8, care ceased for another
 * reason.
 */
export default rule({
  code: '580',
  from: '2022-23',
  needs: 'Missing Episodes',
  flags: 'Episodes.REC',
  message:
    'The young person was missing until care ended on the 18th birthday. The reason the episode ceased should then be E8 (other).',
  eachEpisode: ({ REC, DEC }, { Missing }) =>
    REC !== 'E8' && Missing.some(({ MIS_END, DOB }) => MIS_END === DEC && DEC === birthday(DOB, 18)),
})
