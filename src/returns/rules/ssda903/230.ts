import { blank, day, hasOfstedUrn, placementAuthority, rule } from '../ssda903.ts'

const registeredFrom = day('2023-10-29')
const outsideEngland = /^[NWS]/i

/**
 * From 29 October 2023 semi-independent homes in England are registered with Ofsted, so seven Xs do not do. A placement
 * whose postcode tells no authority counts as in England; the known reference lets it pass.
 */
export default rule({
  code: '230',
  from: '2023-24',
  until: '2023-24',
  needs: 'Episodes postcodes',
  flags: 'Episodes.PLACE Episodes.DEC Episodes.URN',
  message:
    'A semi-independent placement (H5) in England that lasted beyond 28 October 2023 needs Ofsted’s number of the provider (URN). Enter it.',
  eachEpisode: (episode, _child, collection) =>
    episode.PLACE === 'H5' &&
    (blank(episode.DEC) || episode.DEC >= registeredFrom) &&
    !hasOfstedUrn(episode) &&
    !outsideEngland.test(placementAuthority(episode, collection) ?? ''),
})
