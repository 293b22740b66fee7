import type { Place } from '../rules/check-child.ts'
import type { ReturnName } from '../rules/registered.ts'
import type { CheckRun, CheckState } from './store.ts'

export const returnWords: Record<ReturnName, string> = {
  'cin-census': 'Children in need census',
  ssda903: 'Looked-after children return',
}

export const stateWords: Record<CheckState, string> = {
  waiting: 'Waiting for its turn',
  checking: 'Being checked',
  finished: 'Checked',
  unusable: 'Could not be used',
  failed: 'Stopped',
}

/** 'Children in need census 2024-25'. */
export const checkName = ({ return: of, year }: Pick<CheckRun, 'return' | 'year'>): string =>
  year === null ? returnWords[of] : `${returnWords[of]} ${year}`

/** 'Episodes 2: DECOM, DEC'. */
export const placeWords = ({ table, row, fields }: Place): string => `${table} ${row}: ${fields.join(', ')}`

export const kindWords = { error: 'Error', query: 'Query' } as const

/** For the progress component. */
export function progressOf(run: CheckRun) {
  const states = { waiting: 'waiting', checking: 'running', finished: 'finished' } as const
  return {
    title: checkName(run),
    state: states[run.state as 'finished'] ?? 'failed',
    // Files are read by the byte, so that it is a share and not a number of children.
    done: run.progress,
    total: run.progress > 0 ? 100 : undefined,
    what: 'per cent',
    text: run.says ?? undefined,
    finishedAt: run.finished_at,
    reload: true,
  }
}

/** Years that may be chosen, the latest first: those with rules of their own and some before. */
export function yearsToChoose(today: string): string[] {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))]
  const latest = month >= 4 ? year : year - 1
  return Array.from({ length: 8 }, (_, before) => {
    const start = latest - before
    return `${start}-${String((start + 1) % 100).padStart(2, '0')}`
  })
}
