import { type CinEpisode, clashes, type Enquiry, rule, same } from '../cin-census.ts'

const heldOnTheSameDay = (cin: CinEpisode, enquiry: Enquiry) =>
  same(cin.DateOfInitialCPC, enquiry.DateOfInitialCPC)

/** A conference is told once: on the episode only when no enquiry led to it. All episodes of the child are looked at. */
export default rule({
  code: '2884',
  from: '2022-23',
  flags: 'CINdetails.DateOfInitialCPC Section47.DateOfInitialCPC',
  message: 'The same conference is recorded twice: on the episode and in an enquiry. Keep it in the enquiry.',
  eachCINdetails: (cin, { Section47 }, collection) =>
    clashes(cin, 'DateOfInitialCPC', Section47, heldOnTheSameDay, collection),
})
