import { codes, filled, rule } from '../ssda903.ts'

const needs = codes('N1 N2 N3 N4 N5 N6 N7 N8')

/** The child's main need when care began. */
export default rule({
  code: '145',
  from: '2022-23',
  flags: 'Episodes.CIN',
  message: 'The category of need is not a code of the return. Choose one from N1 to N8.',
  eachEpisode: ({ CIN }) => filled(CIN) && !needs.has(CIN),
})
