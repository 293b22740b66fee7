import { blank, filled, rule } from '../cin-census.ts'

/** With the letter before proceedings it is said whether a family meeting was offered. Provisional. */
export default rule({
  code: '9007',
  provisional: true,
  from: '2026-27',
  flags: 'PreProceedingsandFGDM.LBPSentDate PreProceedingsandFGDM.FGDMMeetingOffer',
  message:
    'The letter before proceedings was sent, but it is not said whether it offered a family group decision making meeting. Answer yes or no.',
  eachPreProceedings: ({ LBPSentDate, FGDMMeetingOffer }) => filled(LBPSentDate) && blank(FGDMMeetingOffer),
})
