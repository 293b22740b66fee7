import type pg from 'pg'
import { CarefulClient } from './connection-errors.ts'

/** One connection for one piece of work that is nobody's request: made, used, closed, whatever happens to it. */
export async function withSingleConnection<T>(
  options: pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new CarefulClient({ connectionTimeoutMillis: 10_000, ...options })
  // A connection that breaks fails the statement under way; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return work(client).finally(() => client.end().catch(() => undefined))
}
