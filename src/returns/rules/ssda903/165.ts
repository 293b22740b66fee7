import {
  blank,
  type Child,
  type Collection,
  careLeaverDetailsGiven,
  isInYear,
  isShortBreak,
  rule,
  yesOrNoCodes,
} from '../ssda903.ts'

const until2023 = { male: '1', female: '2' }
const from2024 = { male: 'M', female: 'F' }

/**
 * Whether she is a mother is asked of a girl who was in care this year, short breaks aside; not of boys, nor of a care
 * leaver whose time in care was before. The known reference asks by the codes for sex of 2023-24 in later years too,
 * and passes over children without any care but short breaks. That a care leaver's marker must be blank the DfE does
 * not spell out: it follows from the return's own description.
 */
export default rule({
  code: '165',
  from: '2022-23',
  needs: 'Header Episodes OC3',
  flags: 'Header.MOTHER Header.SEX OC3.IN_TOUCH OC3.ACTIV OC3.ACCOM',
  message:
    'Enter 1 or 0 for whether a girl who was in care this year is a mother. Leave it blank for a boy, and for a care leaver not in care this year.',
  eachHeader: (header, child, collection) => {
    const { SEX, MOTHER } = header
    const { male, female } = collection.year <= '2023-24' ? until2023 : from2024
    const fails = blank(MOTHER)
      ? SEX === female && wasInCareThisYear(child, collection)
      : !yesOrNoCodes.has(MOTHER) ||
        SEX === male ||
        (SEX === female &&
          child.OC3.some(careLeaverDetailsGiven) &&
          hasBeenInCare(child) &&
          !wasInCareThisYear(child, collection))
    return fails && [header, ...child.OC3]
  },
})

const hasBeenInCare = ({ Episodes }: Child) => Episodes.some((episode) => !isShortBreak(episode))

const wasInCareThisYear = ({ Episodes }: Child, collection: Collection) =>
  Episodes.some((episode) => !isShortBreak(episode) && isInYear(episode, collection))
