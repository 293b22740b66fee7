import { type Episode, rule } from '../ssda903.ts'

const isCarersHoliday = ({ PLACE }: Episode) => PLACE === 'T3'

/** In a year carers have two holidays (T3) without the child at most. */
export default rule({
  code: '377',
  from: '2022-23',
  flags: 'Episodes.PLACE',
  message:
    'The child has more than two temporary placements during carers’ holidays (T3) this year. Correct the placement types.',
  eachChild: ({ Episodes }, report) => {
    let holidays = 0
    for (const episode of Episodes) if (isCarersHoliday(episode)) holidays++
    if (holidays > 2) report(...Episodes.filter(isCarersHoliday))
  },
})
