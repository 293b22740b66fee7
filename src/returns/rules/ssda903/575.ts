import { blank, rule } from '../ssda903.ts'

/** Nobody is missing from a placement that has ended: a time missing that began in it has an end. */
export default rule({
  code: '575',
  from: '2022-23',
  needs: 'Missing Episodes',
  flags: 'Missing.MIS_END',
  message:
    'The placement that the child went missing from has ended, and the child is still shown as missing. Enter when that ended.',
  eachMissing: ({ MIS_START, MIS_END }, { Episodes }) =>
    blank(MIS_END) && Episodes.some(({ DECOM, DEC }) => MIS_START >= DECOM && MIS_START <= DEC),
})
