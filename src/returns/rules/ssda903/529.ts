import { codes, rule } from '../ssda903.ts'

const takesOthers = codes('A3 A4 A5 A6 K1 K2 P1 U1 U2 U3 U4 U5 U6')

/** Other public bodies (PR3) provide no adoption, foster care, children’s homes or care by parents. */
export default rule({
  code: '529',
  from: '2022-23',
  flags: 'Episodes.PLACE Episodes.PLACE_PROVIDER',
  message:
    'Another public body (PR3) does not provide this type of placement. Correct the placement type or the provider.',
  eachEpisode: ({ PLACE, PLACE_PROVIDER }) => PLACE_PROVIDER === 'PR3' && takesOthers.has(PLACE),
})
