import { type Day, isDate, type MissingSpell, rule } from '../ssda903.ts'

/**
 * Times missing follow one another: one begins when the one before has ended. They are in order of their end, an open
 * one by its beginning, so that of one inside another the outer is told.
 */
export default rule({
  code: '574',
  from: '2022-23',
  flags: 'Missing.MIS_START Missing.MIS_END',
  message:
    'This time missing begins before another one has ended. Enter the end of the other, or correct the dates.',
  eachChild: ({ Missing }, report) => {
    if (Missing.length < 2) return
    const ordered = [...Missing].sort(byEnd)
    for (let i = 1; i < ordered.length; i++) {
      const [previous, missing] = [ordered[i - 1]!, ordered[i]!]
      if (!isDate(previous.MIS_END) || missing.MIS_START < previous.MIS_END) report(missing)
    }
  },
})

const byEnd = (one: MissingSpell, other: MissingSpell) =>
  orLast(endOrStart(one)) - orLast(endOrStart(other)) || orLast(one.MIS_START) - orLast(other.MIS_START)

const endOrStart = ({ MIS_START, MIS_END }: MissingSpell): Day => (isDate(MIS_END) ? MIS_END : MIS_START)

const orLast = (day: Day): Day => (isDate(day) ? day : Number.MAX_SAFE_INTEGER)
