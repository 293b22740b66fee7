import type { Day } from '../words.ts'

/** One line of a child's chronology as the page shows it. */
export interface ChronologyItem {
  readonly day: Day
  readonly moment?: Date | undefined
  readonly end?: Day | undefined
  readonly title: string
  readonly href?: string | undefined
  readonly kind?: string | undefined
  readonly text?: string | undefined
  readonly by?: string | undefined
  readonly source?: string | undefined
  readonly recordedAt?: Date | undefined
  readonly significant?: boolean | undefined
  readonly historyHref?: string | undefined
  /** To whom it happened, where it is a family’s. */
  readonly who?: readonly string[]
  /** What it meant, for each child of whom that is said. */
  readonly impact?: readonly { readonly child: string; readonly words: string }[]
  /** Told by somebody outside the family, or to be asked about before it is passed on. */
  readonly told?: { readonly words: string; readonly police: boolean; readonly askFirst: boolean } | undefined
  /** Why it is left out of what others are given. */
  readonly leftOut?: string | undefined
  /** Where something can be said of it. */
  readonly marks?: readonly { readonly name?: string | undefined; readonly href: string }[]
}

/** Items in the order given, under their years. */
export function chronologyYears<T extends { readonly day: Day }>(
  items: readonly T[],
): { year: string; items: T[] }[] {
  const years: { year: string; items: T[] }[] = []
  for (const item of items) {
    const year = item.day.slice(0, 4)
    if (years.at(-1)?.year !== year) years.push({ year, items: [] })
    years.at(-1)!.items.push(item)
  }
  return years
}

export interface DensityBar {
  readonly year: string
  readonly count: number
  readonly height: number
  readonly href: string
}

/** One bar for each year from the first to the last, empty ones too, in calendar order; at most 28 high. */
export function densityBars(
  counts: ReadonlyMap<string, number>,
  hrefOf: (year: string) => string,
): DensityBar[] {
  const years = [...counts.keys()].map(Number).sort((a, b) => a - b)
  if (years.length === 0) return []
  const most = Math.max(...counts.values(), 1)
  const bars: DensityBar[] = []
  for (let year = years[0]!; year <= years.at(-1)!; year += 1) {
    const count = counts.get(String(year)) ?? 0
    const height = count === 0 ? 0 : Math.max(2, Math.round((count / most) * 28))
    bars.push({ year: String(year), count, height, href: hrefOf(String(year)) })
  }
  return bars
}
