import { eventKinds } from './kinds.ts'

/** What writing the list needs of a connection. */
interface Writes {
  query(sql: string, values?: unknown[]): Promise<unknown>
}

/**
 * Brings into the database who hears of which kind of event, as this version has it: the database tells them in the transaction
 * that made the event (0716).
 * @param client as the owner of the database, after its migrations
 */
export async function writeHearers(client: Writes): Promise<void> {
  const rows = eventKinds.flatMap(({ kind, hears }) => hears.map((hearer) => ({ kind, hearer })))
  await client.query(
    `with wanted as (select * from jsonb_to_recordset($1::jsonb) as r (kind text, hearer text)),
          gone as (delete from foundation.hearing h where not exists (select from wanted w where w.kind = h.kind and w.hearer = h.hearer))
     insert into foundation.hearing select kind, hearer from wanted on conflict do nothing`,
    [JSON.stringify(rows)],
  )
}
