import { careLeaverDetailsGiven, rule } from '../ssda903.ts'

/** When another authority has taken over (E3), the care leaver is theirs. */
export default rule({
  code: '1011',
  from: '2022-23',
  needs: 'OC3 Episodes',
  flags: 'OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'Another authority took over the child’s care (E3), so the care leaver details are theirs to send. Remove them, or correct why the episode ended.',
  eachOC3: (oc3, child) => child.latestEpisode?.REC === 'E3' && careLeaverDetailsGiven(oc3),
})
