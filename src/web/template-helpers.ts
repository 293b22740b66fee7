import nunjucks from 'nunjucks'
import { fieldId } from './form.ts'
import {
  agoWords,
  type Day,
  dueWords,
  formatAge,
  formatDate,
  formatMoment,
  formatNumber,
  formatShortDate,
  formatSpan,
  formatTime,
  type IsWorkingDay,
  listed,
} from './words.ts'

interface TemplateThis {
  ctx: { today?: Day; knownAt?: { text: string; moment: Date } }
}

type DayLike = Day | Date | null | undefined

/** The filters templates have, by name. 'Now' is the page's own, so that a page says one thing throughout. */
export function templateFilters(now: () => Date, isWorkingDay: IsWorkingDay) {
  const todayOf = (self: TemplateThis): Day | Date => self.ctx?.today ?? now()
  return {
    /** 'Mon 23 Nov 2026' */
    date: (value: DayLike) => formatDate(value),
    /** '23 Nov 2026' */
    shortDate: (value: DayLike) => formatShortDate(value),
    /** '14:05' */
    time: (value: Date | string | null | undefined) => formatTime(value),
    /** 'Mon 23 Nov 2026, 14:05' */
    moment: (value: Date | string | null | undefined) => formatMoment(value),
    /** '7y 4m' today, or on a day: `{{ born | age(on) }}` */
    age(this: TemplateThis, born: DayLike, on?: Day | Date) {
      return formatAge(born, on ?? todayOf(this))
    },
    /** 'in 3 working days', '2 days late' */
    due(this: TemplateThis, day: DayLike) {
      return day ? dueWords(day, todayOf(this), isWorkingDay).text : ''
    },
    /** late, today, soon, later */
    dueState(this: TemplateThis, day: DayLike) {
      return day ? dueWords(day, todayOf(this), isWorkingDay).state : 'later'
    },
    /** '9 days ago' */
    ago(this: TemplateThis, day: DayLike) {
      return day ? agoWords(day, todayOf(this)) : ''
    },
    /** `{{ start | spanTo(end) }}`: '2y 5m'; to today without an end */
    spanTo(this: TemplateThis, from: Day | Date, to?: DayLike) {
      return formatSpan(from, to ?? todayOf(this))
    },
    /** '1,234' */
    number: (value: number | null | undefined) => formatNumber(value),
    /** 'Ana, Ben and Cal' */
    listed: (words: string[]) => listed(words ?? []),
    /** `{{ 3 | plural('child', 'children') }}`: '3 children' */
    plural: (count: number, one: string, many = `${one}s`) =>
      `${formatNumber(count)} ${count === 1 ? one : many}`,
    fieldId,
    /** Paragraphs of typed text: a blank line parts them, a line end stays a line end. Safe. */
    paragraphs(value: string | null | undefined) {
      const escaped = (text: string) =>
        (nunjucks.lib as unknown as { escape(text: string): string }).escape(text)
      return new nunjucks.runtime.SafeString(
        (value ?? '')
          .trim()
          .split(/\n{2,}/)
          .filter(Boolean)
          .map((paragraph) => `<p class="govuk-body">${escaped(paragraph).replace(/\n/g, '<br>')}</p>`)
          .join(''),
      )
    },
    /** Keeps a link in the past when the page is: `{{ paths.people.record({ person: id }) | asKnown }}` */
    asKnown(this: TemplateThis, href: string) {
      const text = this.ctx?.knownAt?.text
      if (!text || href.includes('known-at=')) return href
      const [address, fragment] = href.split('#')
      const joined = `${address}${address!.includes('?') ? '&' : '?'}known-at=${encodeURIComponent(text)}`
      return fragment === undefined ? joined : `${joined}#${fragment}`
    },
  }
}

/** Functions templates have besides the addresses. */
export const templateGlobals = {
  /** Merges two objects; the later wins. */
  merge: (one: object, other: object) => ({ ...one, ...other }),
}
