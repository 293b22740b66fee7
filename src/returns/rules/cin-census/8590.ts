import { rule } from '../cin-census.ts'

/** Every child in the return has an episode. */
export default rule({
  code: '8590',
  from: '2022-23',
  flags: 'ChildIdentifiers.LAchildID',
  message: 'The child has no referral in this return. Add the episode, or leave the child out.',
  eachChildIdentifiers: (_identifiers, { CINdetails }) => CINdetails.length === 0,
})
