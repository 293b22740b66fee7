import { blank, filled, rule } from '../cin-census.ts'

/** With the first meeting it is said how many reviews of it followed. Provisional. */
export default rule({
  code: '9015Q',
  kind: 'query',
  provisional: true,
  from: '2026-27',
  flags: 'PreProceedingsandFGDM.InitialPPMeetingDate PreProceedingsandFGDM.ReviewMeetingsCount',
  message:
    'A first pre-proceedings meeting was held, but it is not said how many review meetings followed. Give 0 if there were none.',
  eachPreProceedings: ({ InitialPPMeetingDate, ReviewMeetingsCount }) =>
    filled(InitialPPMeetingDate) && blank(ReviewMeetingsCount),
})
