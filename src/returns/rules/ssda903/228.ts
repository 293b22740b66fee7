import { blank, hasOfstedUrn, rule } from '../ssda903.ts'

/**
 * An episode ends with the provider's registration at the latest; an open one is taken to go on until the end of the
 * year, so a child who has moved since may be told wrongly.
 */
export default rule({
  code: '228',
  from: '2022-23',
  needs: 'Episodes providers',
  flags: 'Episodes.URN Episodes.DEC',
  message:
    'According to Ofsted’s list the provider closed before this episode ended. Correct its number (URN), or end the episode by then.',
  eachEpisode: (episode, _child, { providers, lastDay }) => {
    const provider = hasOfstedUrn(episode) ? providers.find(episode.URN) : undefined
    return provider !== undefined && (blank(episode.DEC) ? lastDay : episode.DEC) > provider.registrationEnd
  },
})
