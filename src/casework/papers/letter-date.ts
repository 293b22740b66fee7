import type { Day } from '../../web/words.ts'

const formatted = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

/** A day as letters write it: '25 November 2026'. */
export const letterDate = (day: Day): string => formatted.format(new Date(`${day}T00:00:00Z`))
