import { clockById } from '../clocks/clocks.ts'
import { paths } from './paths.ts'

/** What a person can begin there and then, by what meets the clock. */
const starts: Readonly<Record<string, { text: string; href: (person: string) => string }>> = {
  'child-seen': { text: 'Write up a visit', href: (person) => paths.noteNew({ person }, { kind: 'visit' }) },
}

/** The form that meets a clock, in one press; undefined where there is none to press yet. */
export function startOf(clock: string, person: string): { text: string; href: string } | undefined {
  for (const { kind } of clockById(clock).stops) {
    const found = starts[kind]
    if (found) return { text: found.text, href: found.href(person) }
  }
  return undefined
}
