import { hasOfstedUrn, rule } from '../ssda903.ts'

/** The kind of provider (PLACE_PROVIDER) is one that Ofsted's list gives for the URN. */
export default rule({
  code: '224',
  from: '2022-23',
  needs: 'Episodes providers',
  flags: 'Episodes.PLACE_PROVIDER',
  message:
    'The kind of placement provider is not the one on Ofsted’s list for this number (URN). Correct the provider or the number.',
  eachEpisode: (episode, _child, { providers }) =>
    hasOfstedUrn(episode) && !providers.find(episode.URN)?.providerCodes.has(episode.PLACE_PROVIDER),
})
