import type { Connection } from '../database/connection.ts'
import type { Day } from '../web/words.ts'
import type { Facts } from './notice.ts'
import { groupsHeld, inForce } from './store.ts'

/** Everything a notice is made from, as it is in force on a day. */
export async function factsOn(db: Connection, authority: string, on: Day): Promise<Facts> {
  const of = <R extends Parameters<typeof inForce>[1]>(register: R) => inForce<R>(db, register, on)
  return {
    authority,
    groups: await groupsHeld(db),
    registers: {
      'lawful-bases': await of('lawful-bases'),
      recipients: await of('recipients'),
      retention: await of('retention'),
      automated: await of('automated'),
      transfers: await of('transfers'),
      sources: await of('sources'),
      contacts: await of('contacts'),
      processors: await of('processors'),
    },
  }
}
