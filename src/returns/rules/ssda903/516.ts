import { codes, rule } from '../ssda903.ts'

const toFormerCarers = codes('E45 E46')
const fosterCare = codes('U1 U2 U3 U4 U5 U6')

/** Whose former foster carers become special guardians (E45, E46) was in foster care until then. */
export default rule({
  code: '516',
  from: '2022-23',
  flags: 'Episodes.REC Episodes.PLACE',
  message:
    'Care ended with special guardianship by former foster carers (E45, E46), and the child was not in foster care. Correct the reason or the placement type.',
  eachEpisode: ({ REC, PLACE }) => toFormerCarers.has(REC) && !fosterCare.has(PLACE),
})
