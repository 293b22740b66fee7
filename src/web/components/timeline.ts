import { addDays, type Day, daysBetween, formatShortDate } from '../words.ts'

/** A stretch of time in a lane: a legal status, a placement, a plan. */
export interface Span {
  readonly from: Day
  /** Absent: it still runs. */
  readonly to?: Day | undefined
  /** Short words for the bar; the table says more. */
  readonly text: string
  readonly more?: string | undefined
  /** One of the seven looks; `alarm` for what must be seen first. */
  readonly look?: '1' | '2' | '3' | '4' | '5' | '6' | 'alarm'
  readonly href?: string | undefined
}

export interface Lane {
  readonly name: string
  readonly spans: readonly Span[]
}

export interface DrawnSpan {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly look: string
  readonly text: string
  /** What fits into the bar; empty when nothing does. */
  readonly label: string
  readonly words: string
  readonly href: string | undefined
  readonly open: boolean
}

export interface Timeline {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly width: number
  readonly height: number
  readonly left: number
  readonly lanes: readonly { name: string; y: number; height: number; labelY: number }[]
  readonly spans: readonly DrawnSpan[]
  readonly ticks: readonly { x: number; label: string }[]
  readonly todayX: number | undefined
  readonly rows: readonly { lane: string; text: string; more: string; from: Day; to: Day | undefined }[]
}

const measures = {
  width: 1000,
  left: 128,
  right: 12,
  bar: 22,
  gap: 4,
  lanePadding: 7,
  head: 24,
  character: 6.3,
}

/** Puts spans that overlap on rows of their own, as few as will do. */
function stack(spans: readonly Span[], end: Day): { span: Span; row: number }[] {
  const lastEnds: Day[] = []
  return [...spans]
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : (a.to ?? end) < (b.to ?? end) ? -1 : 1))
    .map((span) => {
      const free = lastEnds.findIndex((last) => last <= span.from)
      const row = free === -1 ? lastEnds.length : free
      lastEnds[row] = span.to ?? end
      return { span, row }
    })
}

/** The first days of years, quarters or months, so that between four and fourteen stand along the edge. */
function ticksOf(from: Day, to: Day): { day: Day; label: string }[] {
  const days = daysBetween(from, to)
  const step = days < 420 ? 1 : days < 1300 ? 3 : days < 5200 ? 12 : days < 10_400 ? 24 : 60
  const ticks: { day: Day; label: string }[] = []
  const firstYear = Number(from.slice(0, 4))
  for (let month = step >= 12 ? -(firstYear % (step / 12)) * 12 : 0; ; month += step) {
    const year = firstYear + Math.floor(month / 12)
    const day = `${year}-${String((((month % 12) + 12) % 12) + 1).padStart(2, '0')}-01`
    if (day > to) return ticks
    if (day < from) continue
    ticks.push({ day, label: step >= 12 ? String(year) : formatShortDate(day).replace(/^1 /, '') })
  }
}

const earlier = (one: Day, other: Day): Day => [one, other].sort()[0]!
const later = (one: Day, other: Day): Day => [one, other].sort()[1]!

const shorten = (text: string, width: number): string => {
  const room = Math.floor((width - 10) / measures.character)
  if (text.length <= room) return text
  return room < 4 ? '' : `${text.slice(0, room - 1).trimEnd()}…`
}

/**
 * Where everything of a drawing goes: lanes of spans over time, in units of its view box. Pure. The same facts come
 * back as rows for the table beside it.
 */
export function drawTimeline(options: {
  readonly id: string
  readonly title: string
  readonly lanes: readonly Lane[]
  readonly today: Day
  /** What to show; by default from the first span to today. */
  readonly from?: Day
  readonly to?: Day
}): Timeline | undefined {
  const { id, title, today } = options
  const all = options.lanes.flatMap((lane) => lane.spans)
  if (all.length === 0) return undefined
  const first = options.from ?? all.map((span) => span.from).reduce(earlier)
  const latest = all.map((span) => span.to ?? today).reduce(later)
  const last = options.to ?? later(latest, today)
  const margin = Math.max(7, Math.round(daysBetween(first, last) * 0.02))
  const [start, end] = [addDays(first, -margin), addDays(last, margin)]
  const scale = (measures.width - measures.left - measures.right) / Math.max(1, daysBetween(start, end))
  const place = (day: Day) => {
    const inside = day < start ? start : day > end ? end : day
    return Math.round((measures.left + daysBetween(start, inside) * scale) * 10) / 10
  }

  const lanes: { name: string; y: number; height: number; labelY: number }[] = []
  const spans: DrawnSpan[] = []
  let y = measures.head
  for (const lane of options.lanes) {
    const stacked = stack(lane.spans, end)
    const rows = Math.max(1, ...stacked.map(({ row }) => row + 1))
    const height = rows * measures.bar + (rows - 1) * measures.gap + measures.lanePadding * 2
    lanes.push({ name: lane.name, y, height, labelY: y + measures.lanePadding + measures.bar / 2 + 4 })
    for (const { span, row } of stacked) {
      const x = place(span.from)
      const width = Math.max(3, Math.round((place(span.to ?? earlier(end, today)) - x) * 10) / 10)
      const until = span.to ? `to ${formatShortDate(span.to)}` : 'to now'
      spans.push({
        x,
        y: y + measures.lanePadding + row * (measures.bar + measures.gap),
        width,
        height: measures.bar,
        look: span.look ?? '1',
        text: span.text,
        label: shorten(span.text, width),
        words: `${lane.name}: ${span.text}, ${formatShortDate(span.from)} ${until}`,
        href: span.href,
        open: span.to === undefined,
      })
    }
    y += height + 2
  }
  const rows = options.lanes.flatMap((lane) =>
    [...lane.spans]
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .map(({ text, more, from, to }) => ({ lane: lane.name, text, more: more ?? '', from, to })),
  )
  const names = options.lanes.map((lane) => lane.name.toLowerCase())
  return {
    id,
    title,
    description: `${names.join(', ')} from ${formatShortDate(first)} to ${formatShortDate(last)}. The table below the drawing says the same in words.`,
    width: measures.width,
    height: y + 4,
    left: measures.left,
    lanes,
    spans,
    ticks: ticksOf(start, end).map(({ day, label }) => ({ x: place(day), label })),
    todayX: today >= start && today <= end ? place(today) : undefined,
    rows,
  }
}
