import type { Transaction } from 'kysely'
import { sql } from 'kysely'
import { allocate, type Taker, takers } from '../casework/unallocated-store.ts'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** Who takes a child on: a team, or a worker of it. */
export interface Receiver {
  readonly team: string
  readonly account: string | null
}

const keyOf = ({ team, account }: Receiver) => `${team} ${account ?? 'team'}`

/** Each team, and its workers under it, as a form offers them. */
export async function receivers(trx: Trx): Promise<{ value: string; text: string }[]> {
  const workers = await takers(trx)
  return workers.flatMap((worker: Taker, n) => [
    ...(workers[n - 1]?.team === worker.team
      ? []
      : [{ value: keyOf({ team: worker.team, account: null }), text: `${worker.teamName}: no worker yet` }]),
    { value: keyOf(worker), text: `${worker.teamName}: ${worker.name}` },
  ])
}

/** What was chosen, if it was offered. */
export async function receiverOf(trx: Trx, key: string | undefined): Promise<Receiver | undefined> {
  if (!key) return undefined
  const workers = await takers(trx)
  return workers
    .flatMap(({ team, account }) => [
      { team, account },
      { team, account: null },
    ])
    .find((one) => keyOf(one) === key)
}

/** Gives children to a team or a worker from a day; who has a worker already keeps them. Records open to write (F26). */
export async function giveTo(trx: Trx, children: readonly string[], to: Receiver, from: Day): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select child as id from unnest(${[...children]}::uuid[]) as child
     where not exists (select from involvement i where i.person_id = child and i.to_day is null
                          and (i.kind = 'allocated' or ${to.account}::uuid is null and i.kind = 'team' and i.team_id = ${to.team}::uuid))`.execute(
    trx,
  )
  await allocate(
    trx,
    rows.map(({ id }) => id),
    { ...to, from },
  )
}
