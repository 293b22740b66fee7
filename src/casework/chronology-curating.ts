import type { Happening } from '../events/store.ts'
import { type OriginCode, originWords } from '../people/origins.ts'
import type { Day } from '../web/words.ts'
import { formatDate, formatMoment, formatShortDate, listed } from '../web/words.ts'
import { areaWords, significantKinds } from './chronology.ts'
import type { Paper, Words } from './papers/paper.ts'

/** What a worker said of one happening. */
export interface Mark {
  readonly person: string
  readonly eventKind: string
  readonly factId: string
  readonly significant: boolean
  readonly words: string | null
  readonly impact: string | null
  readonly leftOutBecause: string | null
  readonly by: string | null
}

/** One child whose chronology is shown, alone or with sisters and brothers. */
export interface Whose {
  readonly id: string
  readonly name: string
  readonly people: readonly string[]
}

/** A line of a chronology: one thing that happened, to one child or to several on the same day. */
export interface Entry {
  readonly day: Day
  readonly moment: Date | undefined
  /** In a worker’s words where they gave some. */
  readonly words: string
  readonly area: string
  readonly significant: boolean
  /** By hand, or because such things belong in no chronology for others. */
  readonly leftOut: { readonly because: string; readonly byHand: boolean } | undefined
  /** What it meant, for each child of whom it is said. */
  readonly impact: readonly { readonly child: string; readonly words: string }[]
  /** What is told by somebody else than the family, or must be asked about before it is passed on. */
  readonly told: { readonly words: string; readonly police: boolean; readonly askFirst: boolean } | undefined
  /** The entry gives an address away that is kept from others. */
  readonly keptAddress: boolean
  /** Each child it happened to, with the event that tells it. */
  readonly of: readonly { readonly child: string; readonly name: string; readonly event: string }[]
  readonly happening: Happening
}

/** Daily work, in a dump of everything; in a chronology for others only when a worker says so (practice 12.2). */
const routine = new Set([
  'child-seen',
  'visit-attempted',
  'document-filed',
  'worker-began',
  'worker-ended',
  'social-worker-began',
  'social-worker-ended',
  'records-merged',
  'records-parted',
  'entry-taken-back',
  'case-audited',
  'night-was-told',
  'transfer-proposed',
  'transfer-accepted',
  'transfer-returned',
])

/** Told by the child, the parents or what a worker saw is theirs; by anybody else it is a third party’s. */
const own = new Set<string>(['child', 'parent', 'worker'])

/** Whoever told a fact, where it is somebody else’s to pass on. */
export function toldOf(fact: Readonly<Record<string, unknown>>): Entry['told'] {
  const origin = typeof fact.origin === 'string' ? fact.origin : undefined
  const askFirst = fact.ask_first === true || origin === 'police'
  if (!askFirst && (!origin || own.has(origin))) return undefined
  const who =
    origin && Object.hasOwn(originWords, origin) ? originWords[origin as OriginCode] : 'Not recorded by whom'
  return { words: who, police: origin === 'police', askFirst }
}

/**
 * Happenings of some children as the lines of one chronology, in the order given: what happened to several on the same
 * day in the same words is one line. Pure.
 */
export function entriesOf(
  whose: readonly Whose[],
  happened: readonly Happening[],
  marks: readonly Mark[],
): Entry[] {
  const marked = new Map(marks.map((mark) => [`${mark.eventKind} ${mark.factId}`, mark]))
  const lines = new Map<string, Entry>()
  for (const one of happened) {
    const child = whose.find(({ people }) => people.includes(one.personId))
    if (!child) continue
    const mark = marked.get(`${one.kind.kind} ${one.factId}`)
    const words = mark?.words ?? one.words
    const key = `${one.day} ${one.kind.kind} ${words} ${mark?.leftOutBecause ?? ''}`
    const before = lines.get(key)
    const of = [...(before?.of ?? []), { child: child.id, name: child.name, event: one.id }]
    const impact = mark?.impact ? [{ child: child.name, words: mark.impact }] : []
    if (before && !before.of.some(({ child: id }) => id === child.id)) {
      lines.set(key, {
        ...before,
        of,
        significant: before.significant || mark?.significant === true,
        impact: [...before.impact, ...impact],
        told: before.told ?? toldOf(one.fact),
        leftOut: mark?.significant ? undefined : before.leftOut,
      })
      continue
    }
    lines.set(before ? `${key} ${one.id}` : key, {
      day: one.day,
      moment: one.moment,
      words,
      area: areaWords[one.kind.area],
      significant: mark
        ? mark.significant || (significantKinds.has(one.kind.kind) && !mark.leftOutBecause)
        : significantKinds.has(one.kind.kind),
      leftOut: mark?.leftOutBecause
        ? { because: mark.leftOutBecause, byHand: true }
        : routine.has(one.kind.kind) && !mark?.significant
          ? { because: 'Daily work', byHand: false }
          : undefined,
      impact,
      told: toldOf(one.fact),
      keptAddress: one.group === 'F04',
      of: before ? [{ child: child.id, name: child.name, event: one.id }] : of,
      happening: one,
    })
  }
  return [...lines.values()]
}

/** What a chronology for others holds: `significant` alone, or everything but daily work and what was left out by hand. */
export const curated = (entries: readonly Entry[], significant: boolean): Entry[] =>
  entries.filter((one) => !one.leftOut && (!significant || one.significant))

/** For what a chronology is kept. */
export const purposes = {
  court: 'For court',
  conference: 'For a conference',
  transfer: 'For another authority or team',
  supervision: 'For supervision',
  other: 'For something else',
} as const
export type Purpose = keyof typeof purposes

/** What stands above the entries. */
export interface Above {
  readonly authority: string
  readonly children: readonly { readonly name: string; readonly born: Day | null }[]
  readonly purpose: string | undefined
  readonly madeBy: string
  readonly asAt: Date
  readonly from: Day | undefined
  readonly to: Day | undefined
  /** Entries a worker left out by hand. */
  readonly leftOut: number
}

/** A curated chronology as a paper, the earliest first, as courts read it. An address kept from others is not in it. */
export function chronologyPaper(entries: readonly Entry[], above: Above): Paper {
  const several = above.children.length > 1
  const earliest = entries.toSorted(
    (one, other) => one.day.localeCompare(other.day) || momentOf(one) - momentOf(other),
  )
  const row = (one: Entry): Words[] => [
    formatDate(one.day),
    ...(several ? [listed(one.of.map(({ name }) => name))] : []),
    one.keptAddress
      ? 'Moved (the address is kept from others)'
      : one.significant
        ? [{ strong: one.words }]
        : one.words,
    one.impact.map(({ child, words }) => (several ? `${child}: ${words}` : words)).join('\n'),
    sourceWords(one),
  ]
  return {
    title: several ? 'Family chronology' : 'Chronology',
    authority: above.authority,
    landscape: true,
    foot: `Private. As known on ${formatMoment(above.asAt)}`,
    blocks: [
      {
        kind: 'facts',
        rows: [
          {
            key: several ? 'Children' : 'Child',
            value: above.children
              .map(({ name, born }) => (born ? `${name}, born ${formatShortDate(born)}` : name))
              .join('\n'),
          },
          { key: 'Purpose', value: above.purpose ?? '' },
          { key: 'Period', value: periodWords(above) },
          { key: 'As known on', value: formatMoment(above.asAt) },
          { key: 'Made by', value: above.madeBy },
          {
            key: 'Left out by hand',
            value: above.leftOut === 0 ? '' : above.leftOut === 1 ? '1 entry' : `${above.leftOut} entries`,
          },
        ],
      },
      entries.length === 0
        ? { kind: 'paragraph', text: 'Nothing on record belongs in it.' }
        : {
            kind: 'table',
            caption: 'What happened',
            columns: [
              { text: 'Date', share: 3 },
              ...(several ? [{ text: 'Who', share: 3 }] : []),
              { text: 'What happened', share: 9 },
              { text: 'What it meant for the child', share: 7 },
              { text: 'Source', share: 4 },
            ],
            rows: earliest.map(row),
          },
      {
        kind: 'paragraph',
        quiet: true,
        text: 'What stands out was marked as significant. What was told by somebody outside the family, and what is the police’s, says so: whoever told it may have to be asked before it is passed on.',
      },
    ],
  }
}

const momentOf = ({ moment }: Entry) => moment?.getTime() ?? 0

/** 'Told by the police: ask before passing it on', 'Recorded 3 days later'. */
export function sourceWords({ told, happening: { importPlace } }: Entry): string {
  return [
    told &&
      (told.police
        ? 'Police: ask before it is passed on'
        : `Third party: ${told.words.toLowerCase()}${told.askFirst ? '; ask first' : ''}`),
    importPlace && 'From an earlier system',
  ]
    .filter(Boolean)
    .join('\n')
}

export const periodWords = ({ from, to }: { from: Day | undefined; to: Day | undefined }): string =>
  from && to
    ? `${formatShortDate(from)} to ${formatShortDate(to)}`
    : from
      ? `Since ${formatShortDate(from)}`
      : to
        ? `Until ${formatShortDate(to)}`
        : 'Everything on record'
