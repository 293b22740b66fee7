import { hasOfstedUrn, rule } from '../ssda903.ts'

/**
 * Own provision (PR1) lies in the authority, another authority's (PR2) does not. Where the provider lies is worked out
 * from its postcode; the DfE takes the authority that Ofsted holds, which may differ.
 */
export default rule({
  code: '229',
  from: '2022-23',
  needs: 'Episodes providers postcodes authority',
  flags: 'Episodes.URN Episodes.PLACE_PROVIDER',
  message:
    'Whether the provider is the authority’s own (PR1) or another authority’s (PR2) does not go with where it lies. Correct the provider or Ofsted’s number (URN).',
  eachEpisode: (episode, _child, { providers, postcodes, authority }) => {
    const { PLACE_PROVIDER, URN } = episode
    if ((PLACE_PROVIDER !== 'PR1' && PLACE_PROVIDER !== 'PR2') || !hasOfstedUrn(episode)) return false
    const isOwn = postcodes.authority(providers.find(URN)?.postcode) === authority
    return PLACE_PROVIDER === 'PR1' ? !isOwn : isOwn
  },
})
