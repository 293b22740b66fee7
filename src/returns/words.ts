import { formatMoment } from '../web/words.ts'
import type { MadeReturn, MadeState } from './store.ts'

export const stateWords: Record<MadeState, string> = {
  waiting: 'Waiting for its turn',
  making: 'Being made',
  ready: 'Ready',
  'not-offered': 'Not offered',
  failed: 'Stopped',
}

const returnWords: Record<MadeReturn['return'], string> = { 'cin-census': 'Children in need census' }

/** 'Children in need census 2024-25'. */
export const nameOf = (made: Pick<MadeReturn, 'return' | 'collection'>): string =>
  `${returnWords[made.return]} ${made.collection}`

/** What kind of file it is, where it is not the plain return. */
export function kindWords({ as_reported, known_at }: Pick<MadeReturn, 'as_reported' | 'known_at'>): string {
  const kind = as_reported ? ['as reported, not for sending'] : []
  if (known_at !== null) kind.push(`as known ${formatMoment(known_at)}`)
  return kind.join('; ')
}

export function sizeWords(bytes: number): string {
  return bytes < 1024 ** 2
    ? `${Math.max(1, Math.round(bytes / 1024))} KB`
    : `${(bytes / 1024 ** 2).toFixed(1)} MB`
}

/** For the progress component. */
export function progressOf(made: MadeReturn) {
  const states = { waiting: 'waiting', making: 'running', ready: 'finished' } as const
  return {
    title: nameOf(made),
    state: states[made.state as 'ready'] ?? 'failed',
    done: made.children,
    what: 'children',
    text: made.says ?? undefined,
    finishedAt: made.finished_at,
    reload: true,
  }
}
