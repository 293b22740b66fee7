import { hasOfstedUrn, rule } from '../ssda903.ts'

/** The URN is on Ofsted's list; seven Xs stand for a placement that Ofsted does not inspect. */
export default rule({
  code: '1008',
  from: '2022-23',
  needs: 'Episodes providers',
  flags: 'Episodes.URN',
  message: 'This URN is not on Ofsted’s list. Correct it, or enter XXXXXXX where Ofsted does not inspect.',
  eachEpisode: (episode, _child, { providers }) =>
    hasOfstedUrn(episode) && providers.find(episode.URN) === undefined,
})
