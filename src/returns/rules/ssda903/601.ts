import { adoptedInYear, adoptionDetailsComplete, rule } from '../ssda903.ts'

/**
 * Of a child adopted this year all six adoption details are asked. No row of them at all is six blanks; the known
 * reference lets that pass.
 */
export default rule({
  code: '601',
  from: '2022-23',
  flags:
    'Episodes.REC AD1.DATE_INT AD1.DATE_MATCH AD1.FOSTER_CARE AD1.NB_ADOPTR AD1.SEX_ADOPTR AD1.LS_ADOPTR',
  message:
    'The child was adopted this year, and details of the adoption are missing. Complete all six, from the decision to the adopters’ legal status.',
  eachEpisode: (episode, { AD1 }, collection) => {
    if (!adoptedInYear(episode, collection)) return false
    if (AD1.length === 0) return true
    const incomplete = AD1.filter((ad1) => !adoptionDetailsComplete(ad1))
    return incomplete.length > 0 && [episode, ...incomplete]
  },
})
