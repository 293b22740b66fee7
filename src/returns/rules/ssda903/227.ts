import { hasOfstedUrn, rule } from '../ssda903.ts'

/** Nobody is placed with a provider from the day on which its registration ends. */
export default rule({
  code: '227',
  from: '2022-23',
  needs: 'Episodes providers',
  flags: 'Episodes.URN Episodes.DECOM',
  message:
    'According to Ofsted’s list the provider had closed by the day this episode began. Correct its number (URN) or the date.',
  eachEpisode: (episode, _child, { providers }) => {
    const provider = hasOfstedUrn(episode) ? providers.find(episode.URN) : undefined
    return provider !== undefined && episode.DECOM >= provider.registrationEnd
  },
})
