import { rule } from '../cin-census.ts'

/** The first meeting of pre-proceedings is held in the census year. Provisional. */
export default rule({
  code: '9008',
  provisional: true,
  from: '2026-27',
  flags: 'PreProceedingsandFGDM.InitialPPMeetingDate',
  message:
    'The first pre-proceedings meeting was held before or after the collection year. Correct the date.',
  eachPreProceedings: ({ InitialPPMeetingDate }, _child, collection) =>
    collection.outside(InitialPPMeetingDate),
})
