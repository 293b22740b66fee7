import { paths } from '../paths.ts'
import type { Waiting } from './store.ts'

/** What waits, as lists show it: to sign, and returned to the reader. */
export function waitingView(waiting: readonly Waiting[]) {
  const rows = waiting.map((one) => ({
    ...one,
    names: one.children.map(({ called }) => called),
    href: paths.signing({ person: one.children[0]!.person, work: one.work }),
  }))
  return {
    toSign: rows.filter(({ act }) => act === 'submitted'),
    returned: rows.filter(({ act }) => act === 'returned'),
  }
}
