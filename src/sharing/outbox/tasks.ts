import { sql } from 'kysely'
import type { Connection } from '../../database/connection.ts'
import type { Task, TaskTools } from '../../database/task.ts'
import { partners } from '../partners.ts'
import type { Partner } from './partner.ts'

/**
 * Runs a partner's turn where no other process is at it. The lock is held by a transaction of its own: it ends with the
 * process, however that ends.
 */
export async function turn(partner: Partner, tools: TaskTools): Promise<boolean> {
  return tools.db.transaction().execute(async (holding) => {
    const { rows } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(hashtextextended(${`outbox ${partner.name}`}, 0)) as mine`.execute(
      holding,
    )
    if (!rows[0]!.mine) return false
    await partner.exchange(tools)
    return true
  })
}

async function partnerOf(db: Connection, message: string): Promise<Partner | undefined> {
  const { rows } = await sql<{ partner: string }>`
    select partner from outbox.message where id = ${message}::uuid`.execute(db)
  return partners.find(({ name }) => name === rows[0]?.partner)
}

/** One message was written: everything that its partner is due goes. */
const sending: Task = {
  name: 'outbox-send',
  async run(id, tools) {
    const partner = id === undefined ? undefined : await partnerOf(tools.db, id)
    if (partner?.isSetUp()) await turn(partner, tools)
  },
}

/** Every minute: what an import wrote, what is to be tried again, and what partners have for us. */
const turns: Task = {
  name: 'outbox-turn',
  cron: '* * * * *',
  async run(_, tools) {
    for (const partner of partners) {
      if (!partner.isSetUp()) continue
      // One that fails does not keep the others from theirs.
      await turn(partner, tools).catch((error: { name?: string }) =>
        tools.log.error({ partner: partner.name, kind: error?.name }, 'an exchange with a partner failed'),
      )
    }
  },
}

export const tasks: readonly Task[] = [sending, turns]
