import { blank, rule, yes } from '../cin-census.ts'

/** Of a family meeting that was offered it is said whether it was held. Provisional. */
export default rule({
  code: '9010Q',
  kind: 'query',
  provisional: true,
  from: '2026-27',
  flags: 'PreProceedingsandFGDM.FGDMMeetingOffer PreProceedingsandFGDM.FGDMMeetingFac',
  message:
    'A family group decision making meeting was offered, but it is not said whether it was held. Answer yes or no.',
  eachPreProceedings: ({ FGDMMeetingOffer, FGDMMeetingFac }) =>
    yes(FGDMMeetingOffer) && blank(FGDMMeetingFac),
})
