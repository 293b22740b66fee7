import { sql, type Transaction } from 'kysely'

/**
 * Files a form once, however often it is sent: a double press, a page sent again after going back, a retry after a
 * broken line. Inside the transaction that writes the fact, so that either both stand or neither.
 *
 * `work` writes and returns the address to show next; the second time it is not run, and the first address comes back.
 * Two at the same moment: the second waits for the first.
 */
export async function once<T>(
  trx: Transaction<T>,
  form: { readonly once: string },
  account: string,
  work: () => Promise<string>,
): Promise<string> {
  const claimed = await sql<{ key: string }>`
    insert into access.submission (key, account_id) values (${form.once}, ${account})
    on conflict (key) do nothing returning key`.execute(trx)
  if (claimed.rows.length === 0) {
    const before = await sql<{ led_to: string | null }>`
      select led_to from access.submission where key = ${form.once} and account_id = ${account}`.execute(trx)
    return before.rows[0]?.led_to ?? '/'
  }
  const ledTo = await work()
  await sql`update access.submission set led_to = ${ledTo} where key = ${form.once}`.execute(trx)
  return ledTo
}
