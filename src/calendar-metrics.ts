import { Gauge, type Registry } from 'prom-client'
import { dayNumber, londonDay, warnDaysBefore } from './clocks/calendar.ts'
import { calendarNow } from './clocks/store.ts'
import type { Connection } from './database/connection.ts'

/** Adds to /metrics for how many days ahead bank holidays are known: working days after that are counted wrong. */
export function showCalendar(metrics: Registry, db: Connection): void {
  new Gauge({
    name: 'cairn_bank_holidays_known_days',
    help: `Days for which bank holidays are still known; under ${warnDaysBefore} an administrator has to add the next year`,
    registers: [metrics],
    async collect() {
      const calendar = await calendarNow(db).catch(() => undefined)
      if (calendar) this.set(calendar.knownTo - londonDay(Date.now()))
    },
  })
}

/** Working days as pages speak of them, with the bank holidays an administrator added since, within the hour. */
export function workingDays(db: Connection): (day: string) => boolean {
  let calendar: Awaited<ReturnType<typeof calendarNow>> | undefined
  let asked = 0
  const ask = async () => {
    asked = Date.now()
    calendar = await calendarNow(db).catch(() => calendar)
  }
  void ask()
  return (day) => {
    if (Date.now() - asked > 3_600_000) void ask()
    const number = dayNumber(day)
    return calendar ? calendar.isWorking(number) : ![0, 6].includes(new Date(day).getUTCDay())
  }
}
