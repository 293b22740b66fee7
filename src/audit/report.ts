import { formatMoment } from '../web/words.ts'
import { momentOf } from './line.ts'
import type { Finding, FindingKind } from './prove.ts'
import { patienceMinutes, type Verification } from './verify.ts'

/** What each kind of finding says of a line, for people. */
const ofLine: Partial<Record<FindingKind, string>> = {
  changed: 'is not as it was sealed',
  removed: 'is gone',
  inserted: 'was put in afterwards',
  moved: 'was moved to another place',
  emptied: 'has lost what it said, and no line says that retention erased it',
  leaf: 'is as it was, but its place in the proof was changed',
}

const ofTrail: Partial<Record<FindingKind, string>> = {
  unsealed: `Lines have waited more than ${patienceMinutes} minutes for a seal: does background work run, and has it its key?`,
  unwitnessed: `Sealed lines have waited more than ${patienceMinutes} minutes for the witness: can background work reach it?`,
}

/** One finding in a sentence: which line, where and when, and what happened to it. */
export function findingWords({ kind, id, at, place, says }: Finding): string {
  if (id === undefined) return says ?? ofTrail[kind] ?? kind
  const where = place === undefined ? 'not in the tree' : `place ${place}`
  return `Line ${id} (${where}, ${at === undefined ? 'time not known' : formatMoment(momentOf(at))}) ${ofLine[kind]}.`
}

/** The outcome in one sentence. */
export function outcomeWords({ proved, findings, more, witnessed }: Verification): string {
  if (!proved) {
    const count = `${more ? 'More than ' : ''}${findings.length}`
    return `The trail is not proved: ${count} ${findings.length === 1 ? 'finding' : 'findings'}.`
  }
  return `The trail is whole: every line witnessed until ${formatMoment(witnessed.sealedAt)} is as it was, and none was put in.`
}

/** The whole report for a terminal, a line each. */
export function reportLines(verification: Verification): string[] {
  const { witnessed, lines, sealedSince, unsealed, erased, late, findings, more } = verification
  const rows = [
    outcomeWords(verification),
    `Witnessed   ${witnessed.size} lines, sealed ${formatMoment(witnessed.sealedAt)}, taken ${formatMoment(witnessed.takenAt)}; ${lines} are as they were.`,
    `Since then  ${sealedSince} sealed, held against the database’s own signed root only.`,
    unsealed.count === 0
      ? 'Unsealed    none.'
      : `Unsealed    ${unsealed.count} since ${formatMoment(unsealed.oldest!)}: a change of these would leave no trace.`,
  ]
  if (erased > 0) rows.push(`Erased      ${erased}, each by a line that says so.`)
  if (late > 0) rows.push(`Late        ${late} were sealed more than an hour after their time.`)
  rows.push(...findings.map(findingWords))
  if (more) rows.push('There is more; no more are named.')
  return rows
}

/** The same for programs and for the row that is kept: each finding with its words. */
export const forPrograms = (found: Verification) => ({
  ...found,
  findings: found.findings.map((finding) => ({ ...finding, words: findingWords(finding) })),
})
