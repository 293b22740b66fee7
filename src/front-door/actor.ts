import type { Role } from '../web/session.ts'
import type { Actor } from './states.ts'

/** Roles that take contacts: the front door by day, the duty team at night (practice 19; the database keeps the same). */
export const frontDoorRoles = { roles: ['A-DUTY', 'A-EDT'] } as const
/** Those who also see what became of a contact. */
export const readers = { roles: ['A-DUTY', 'A-EDT', 'A-SW', 'A-TM', 'A-SM'] } as const

/** What somebody may do at the front door by their roles: a screener proposes, a manager there or the night decides. */
export function actorOf(roles: readonly Role[]): Actor {
  const has = (role: string) => roles.includes(role)
  return {
    worksHere: has('A-DUTY') || has('A-EDT'),
    decides: has('A-EDT') || (has('A-DUTY') && (has('A-TM') || has('A-SM'))),
    manages: has('A-TM') || has('A-SM'),
  }
}
