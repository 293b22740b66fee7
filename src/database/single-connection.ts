import pg from 'pg'
import { CarefulClient } from './connection-errors.ts'

/**
 * One connection for one piece of work that is nobody's request: made, used, closed, whatever happens to it.
 * @param mayShowValues in tests only, where rows are invented: errors then keep what they say of them
 */
export async function withSingleConnection<T>(
  options: pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
  { mayShowValues = false } = {},
): Promise<T> {
  const client = new (mayShowValues ? pg.Client : CarefulClient)({
    connectionTimeoutMillis: 10_000,
    ...options,
  })
  // A connection that breaks fails the statement under way; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return work(client).finally(() => client.end().catch(() => undefined))
}
