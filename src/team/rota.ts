import { addDays, type Day } from '../web/words.ts'

/** The parts of a day that a rota is written in, with their hours in London. A night belongs to the evening it begins with. */
export const halves = [
  { name: 'morning', text: 'Morning', from: '08:30', until: '13:00', nextDay: false },
  { name: 'afternoon', text: 'Afternoon', from: '13:00', until: '17:30', nextDay: false },
  { name: 'night', text: 'Night', from: '17:30', until: '08:30', nextDay: true },
] as const
export type Half = (typeof halves)[number]['name']

/** One account on duty for one half of a day. */
export interface Shift {
  readonly account: string
  readonly day: Day
  readonly half: Half
}

/** The Monday of the week of a day. */
export function mondayOf(day: Day): Day {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
  return addDays(day, -((weekday + 6) % 7))
}

export const weekOf = (monday: Day): Day[] => Array.from({ length: 7 }, (_, n) => addDays(monday, n))

/** What a tick of the week’s table is called. */
export const tickOf = ({ account, day, half }: Shift): string => `${account} ${day} ${half}`

/** The shifts that a form’s ticks name, within one week; what it did not offer is left out. */
export function shiftsOf(ticks: readonly string[], monday: Day): Shift[] {
  const days = new Set(weekOf(monday))
  return ticks.flatMap((tick) => {
    const [account, day, half] = tick.split(' ')
    const known = halves.find(({ name }) => name === half)
    const isAccount = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(account ?? '')
    return isAccount && day && days.has(day) && known ? [{ account: account!, day, half: known.name }] : []
  })
}

/** Where nobody is on duty in office hours, Monday to Friday: the gaps a manager has to fill. */
export function gapsOf(
  days: readonly Day[],
  shifts: readonly Shift[],
  isWorkingDay: (day: Day) => boolean,
): { day: Day; half: Half }[] {
  const taken = new Set(shifts.map(({ day, half }) => `${day} ${half}`))
  return days
    .filter(isWorkingDay)
    .flatMap((day) =>
      halves
        .filter(({ name }) => name !== 'night' && !taken.has(`${day} ${name}`))
        .map(({ name }) => ({ day, half: name })),
    )
}
