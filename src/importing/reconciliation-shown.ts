import type { Signer } from './reconciliation-model.ts'
import type { Line, Reconciled, Signature } from './reconciliation-store.ts'

/** So many years stand beside each other; those before are one. */
const shownYears = 7

export interface ShownTable extends Line {
  /** Rows of ours less the rows that came in. */
  difference: number
  /** By the columns of `years`: one number where both say the same, 'came in / in our view' where not. */
  byYear: { text: string; differs: boolean }[]
}

/** The counts of the tables of a load, and of their years. */
export function linesByTable(lines: readonly Line[]): { years: string[]; rows: ShownTable[] } {
  const all = [...new Set(lines.map(({ code }) => code))].filter((code) => /^\d/.test(code)).sort()
  const recent = all.slice(-shownYears).reverse()
  const columns = [
    ...recent,
    ...(all.length > shownYears ? ['Earlier'] : []),
    ...(lines.some(({ code }) => code === 'no date') ? ['No date'] : []),
  ]
  const columnOf = (code: string) =>
    code === 'no date' ? 'No date' : recent.includes(code) ? code : 'Earlier'
  const rows = lines
    .filter(({ code }) => code === '')
    .map((line) => {
      const years = lines.filter(({ subject, code }) => subject === line.subject && code !== '')
      const byYear = columns.map((column) => {
        const of = years.filter(({ code }) => columnOf(code) === column)
        const came = of.reduce((sum, { loaded, warned }) => sum + loaded + warned, 0)
        const ours = of.reduce((sum, one) => sum + one.ours, 0)
        const text = came === ours ? (came === 0 ? '' : number(came)) : `${number(came)} / ${number(ours)}`
        return { text, differs: came !== ours }
      })
      return { ...line, difference: line.ours - line.loaded - line.warned, byYear }
    })
  return { years: columns, rows }
}

const number = (n: number) => n.toLocaleString('en-GB')

/** The counts of a return: modules whole, and codes. */
export function returnLines(lines: readonly Line[]): { whole: Line[]; codes: Line[] } {
  return {
    whole: lines.filter(({ field }) => field === ''),
    codes: lines.filter(({ field }) => field !== ''),
  }
}

/** How a page shows a calculation that is under way, or did not end well. */
export function stateOfPart({ id, state, says, finished_at }: Reconciled) {
  return {
    id,
    title: 'Calculating',
    state:
      ({ waiting: 'waiting', working: 'running', finished: 'finished' } as const)[state as 'waiting'] ??
      'failed',
    text: says ?? undefined,
    finishedAt: finished_at,
    reload: true,
  }
}

/** The signatures of each role, and whether whoever looks can give it. */
export function signOffOf(
  signatures: readonly Signature[],
  roles: readonly string[],
  signers: readonly Signer[],
  words: Record<Signer, string>,
) {
  const places = signers.map((role) => ({
    role,
    words: words[role],
    signature: signatures.find((one) => one.role === role && one.current),
    mine: roles.includes(role),
  }))
  return {
    places,
    complete: places.every(({ signature }) => signature !== undefined),
    voided: signatures.filter(({ current }) => !current),
  }
}
