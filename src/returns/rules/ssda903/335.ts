import { codes, rule } from '../ssda903.ts'

/** E1, A1 and A2 are codes of long ago, kept in the published test. */
const adopted = codes('E1 E11 E12')
const withPresentCarers = codes('A2 A3 A5')
const withOthers = codes('A1 A4 A6')

/** Whether the adopters were the foster carers (FOSTER_CARE) goes with the placement that the child was adopted from. */
export default rule({
  code: '335',
  from: '2022-23',
  flags: 'Episodes.PLACE AD1.FOSTER_CARE',
  message:
    'Whether the adopters had been the child’s foster carers does not go with the type of the last placement. Correct one of the two.',
  eachChild: ({ AD1, Episodes }, report) => {
    for (const ad1 of AD1)
      for (const episode of Episodes) {
        const { PLACE, REC } = episode
        const saysPresentCarers = withPresentCarers.has(PLACE) && ad1.FOSTER_CARE === '0'
        const saysOthers = withOthers.has(PLACE) && ad1.FOSTER_CARE === '1'
        if (adopted.has(REC) && (saysPresentCarers || saysOthers)) report(ad1, episode)
      }
  },
})
