import type { Part, Section } from './notice.ts'

/** What two versions of a section say differently, line by line. */
export interface Difference {
  readonly heading: string
  readonly gone: readonly string[]
  readonly added: readonly string[]
}

const linesOf = (part: Part): readonly string[] => {
  if (typeof part === 'string') return [part]
  return 'list' in part ? part.list : part.rows.map((cells) => cells.filter(Boolean).join(' | '))
}

/** Section by section; those that say the same are left out. */
export function differencesOf(before: readonly Section[], after: readonly Section[]): Difference[] {
  const ids = [...new Set([...after, ...before].map(({ id }) => id))]
  const of = (sections: readonly Section[], id: string) => sections.find((one) => one.id === id)
  return ids.flatMap((id) => {
    const [old, now] = [of(before, id), of(after, id)]
    const [oldLines, newLines] = [old, now].map((one) => (one?.parts ?? []).flatMap(linesOf)) as [
      string[],
      string[],
    ]
    const gone = oldLines.filter((line) => !newLines.includes(line))
    const added = newLines.filter((line) => !oldLines.includes(line))
    return gone.length + added.length === 0 ? [] : [{ heading: (now ?? old)!.heading, gone, added }]
  })
}
