import type { TrailLine } from './store.ts'
import { actionWords, outcomeWords, partWords, purposeWords, ruleWords } from './words.ts'

/** A line of the trail in words, for a row of a list. */
export interface LineView {
  readonly at: Date
  readonly actor: string | null
  readonly who: string
  readonly jobTitle: string | null
  readonly subject: string | null
  readonly did: string
  readonly parts: string | undefined
  /** Every part by name, where `parts` only counts them. */
  readonly allParts: readonly string[]
  readonly why: string
  readonly reason: string | null
  readonly rule: string | undefined
  readonly outcome: string
  readonly refused: boolean
  readonly because: string | null
  readonly emergency: boolean
  readonly client: string | null
  readonly about: string | null
  readonly shown: readonly string[]
}

/** @param names of the parts of a record, by field group */
export function lineView(line: TrailLine, names: ReadonlyMap<string, string>): LineView {
  const { groups, level, asked } = line
  const refused = line.outcome === 'refused'
  const parts = partWords(groups, names) ?? (level === 'index' ? 'who this is' : undefined)
  return {
    at: line.at,
    actor: line.actor,
    who: line.actorName ?? 'The service itself',
    jobTitle: line.jobTitle,
    subject: line.subject,
    did: refused ? `Asked: ${actionWords(line.action).toLowerCase()}` : actionWords(line.action),
    parts: line.subject ? parts : asked ? `‘${asked}’` : undefined,
    allParts: groups.length > 4 ? groups.map((code) => names.get(code) ?? code) : [],
    why: purposeWords(line.purpose ?? ''),
    reason: line.reason,
    rule: ruleWords(line.rule),
    outcome: outcomeWords(line.outcome),
    refused,
    because: refused ? line.why : null,
    emergency: line.emergency,
    client: line.client,
    about: line.about,
    shown: line.shown,
  }
}
