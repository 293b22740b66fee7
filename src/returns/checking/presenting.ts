import { columnsOf, tablesOf } from './shown-rows.ts'
import { type CheckRun, type FoundRow, type Transaction, teamsOf } from './store.ts'
import { kindWords, placeWords } from './words.ts'

/* Findings as the pages show them. */

export const notInRecord = 'Not in the record'

/** Rules that found something, most first. */
export const foundRules = (run: CheckRun) =>
  run.rules.filter(({ count }) => count > 0).sort((one, other) => other.count - one.count)

/** What findings can be narrowed to. */
export async function optionsOf(trx: Transaction, run: CheckRun) {
  const any = { value: '', text: 'Any' }
  const teams = await teamsOf(trx, run.id)
  return {
    rule: [
      any,
      ...run.rules.filter(({ count }) => count > 0).map(({ code }) => ({ value: code, text: code })),
    ],
    kind: [any, { value: 'error', text: 'Errors' }, { value: 'query', text: 'Queries' }],
    table: [any, ...tablesOf(run.return).map((value) => ({ value, text: value }))],
    ticked: [any, { value: 'no', text: 'Not yet' }, { value: 'yes', text: 'Ticked off' }],
    team: [
      any,
      ...teams.map(({ team_id, team }) => ({ value: team_id ?? 'none', text: team ?? notInRecord })),
    ],
  }
}

export function shownFinding(run: CheckRun, finding: FoundRow) {
  const { message = '' } = run.rules.find(({ code }) => code === finding.rule) ?? {}
  return {
    ...finding,
    message,
    kindWords: kindWords[finding.kind],
    where: finding.places.map(placeWords).join('; '),
    ticked: finding.ticked_at !== null,
  }
}

export type ShownFinding = ReturnType<typeof shownFinding>

/** Findings brought together under their children. */
export function byChild(findings: readonly ShownFinding[]) {
  const children = new Map<number, { child: string | null; findings: ShownFinding[] }>()
  for (const finding of findings) {
    const one = children.get(finding.child_place) ?? { child: finding.child, findings: [] }
    children.set(finding.child_place, one)
    one.findings.push(finding)
  }
  return [...children.values()]
}

/** A child's rows table by table, the faulty cells marked and what is wrong beside them. */
export function tablesWithMarks(
  run: CheckRun,
  rows: readonly { table: string; row: number; cells: string[] }[],
  findings: readonly ShownFinding[],
) {
  return tablesOf(run.return).flatMap((name) => {
    const of = rows.filter(({ table }) => table === name)
    if (of.length === 0) return []
    const marked = of.map((row) => markedRow(name, columnsOf(run.return, name), row, findings))
    // A column of which nothing is said, and nothing is wrong, would only make the table wider.
    const columns = columnsOf(run.return, name).map((text, i) => ({
      text,
      shown: marked.some(({ cells }) => cells[i]!.text !== '' || cells[i]!.rules !== ''),
    }))
    return [
      {
        name,
        columns: columns.filter(({ shown }) => shown).map(({ text }) => text),
        rows: marked.map((row) => ({ ...row, cells: row.cells.filter((_, i) => columns[i]!.shown) })),
      },
    ]
  })
}

function markedRow(
  table: string,
  columns: readonly string[],
  { row, cells }: { row: number; cells: string[] },
  findings: readonly ShownFinding[],
) {
  const here = findings.flatMap((finding) =>
    finding.places
      .filter((place) => place.table === table && place.row === row)
      .map(({ fields }) => ({ rule: finding.rule, message: finding.message, fields })),
  )
  const rulesOn = (column: string) =>
    [...new Set(here.filter(({ fields }) => fields.includes(column)).map(({ rule }) => rule))].join(', ')
  return {
    row,
    wrong: [...new Map(here.map(({ rule, message }) => [rule, message]))].map(([rule, message]) => ({
      rule,
      message,
    })),
    cells: columns.map((column, i) => ({ text: cells[i] ?? '', rules: rulesOn(column) })),
  }
}
