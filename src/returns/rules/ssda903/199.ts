import { adoptedCodes, type Child, type Episode, isDate, rule } from '../ssda903.ts'

/**
 * Adoption ends care for good: no episode follows it, neither of this year nor of last. An episode in both returns is
 * one, and counts as it is this year; the known reference takes it for two, and an adoption in both for a second one.
 */
export default rule({
  code: '199',
  from: '2022-23',
  needs: 'Episodes',
  flags: 'Episodes.CHILD',
  message:
    'This episode comes after the child was adopted. Correct why the earlier episode ended (E11, E12), or give the adopted child’s new care a record of its own.',
  eachChild: (child, report) => {
    let adopted = adoptionOnlyLastYear(child)
    for (const episode of child.Episodes) {
      if (adopted !== undefined && episode.DECOM >= adopted.DECOM) report(episode)
      else if (isAdoption(episode)) adopted = episode
    }
  },
})

const isAdoption = ({ REC, DECOM }: Episode) => adoptedCodes.has(REC) && isDate(DECOM)

/** The first adoption of last year's return that is not in this year's too. */
const adoptionOnlyLastYear = ({ Episodes, lastYear }: Child) =>
  lastYear.Episodes.find(
    (before) => isAdoption(before) && !Episodes.some(({ DECOM }) => DECOM === before.DECOM),
  )
