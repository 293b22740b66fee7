import { hasOfstedUrn, rule } from '../ssda903.ts'

/**
 * The provider of this URN offers this type of placement. It is enough that one of several rows for a URN does; the
 * known reference wants all of them to. A URN that is not on the list offers none.
 */
export default rule({
  code: '219',
  from: '2022-23',
  needs: 'Episodes providers',
  flags: 'Episodes.URN Episodes.PLACE',
  message:
    'According to Ofsted’s list the provider with this number (URN) does not offer this type of placement. Correct the number or the placement type.',
  eachEpisode: (episode, _child, { providers }) =>
    hasOfstedUrn(episode) && !providers.find(episode.URN)?.placementCodes.has(episode.PLACE),
})
