import { adoptedInYear, adoptionDetailsGiven, rule } from '../ssda903.ts'

/** Adoption details are sent in the year of the adoption. */
export default rule({
  code: '602',
  from: '2022-23',
  needs: 'AD1 Episodes',
  flags: 'AD1.CHILD',
  message:
    'There are details of an adoption, and no episode shows that the child was adopted this year. Correct how care ended, or remove the details.',
  eachAD1: (ad1, { Episodes }, collection) =>
    adoptionDetailsGiven(ad1) && !Episodes.some((episode) => adoptedInYear(episode, collection)),
})
