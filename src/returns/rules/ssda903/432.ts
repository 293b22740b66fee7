import { codes, rule } from '../ssda903.ts'

const careEnded = codes('E2 E3 E4A E4B E5 E6 E7 E8 E9 E11 E12 E13 E14 E15 E16 E17 E41 E45 E46 E47 E48')

/** After care has ended, the next episode can only start care afresh, however long after. */
export default rule({
  code: '432',
  from: '2022-23',
  flags: 'Episodes.RNE',
  message:
    'Care had ended with the episode before this one, so this one starts care afresh. Enter S, or correct the reason for the end before.',
  eachNextEpisode: (previous, { RNE }) => RNE !== 'S' && careEnded.has(previous.REC),
})
