import { rule } from '../ssda903.ts'

/** Each short break in a series (V3) is a stretch of care for itself and begins with RNE S. */
export default rule({
  code: '366',
  from: '2022-23',
  flags: 'Episodes.RNE',
  message: 'A short break (V3) begins a time in care of its own. Enter S as the reason for the episode.',
  eachEpisode: ({ LS, RNE }) => LS === 'V3' && RNE !== 'S',
})
