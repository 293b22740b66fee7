import { readdirSync, readFileSync } from 'node:fs'
import { boundOf, type Definition, definition } from './definition.ts'

/** What bringing the forms needs of a connection. */
interface Writes {
  query(sql: string, values?: unknown[]): Promise<unknown>
}

const folder = new URL('./definitions/', import.meta.url)

/**
 * The forms that this version brings, as the files of `definitions/` have them.
 * @throws ZodError when a file is no form: a mistake in the program
 */
export const shippedForms = (): Definition[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => definition.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))))

/**
 * Brings the forms of this version into the database: one that is new or other than it was brought before is published, or,
 * where an authority has published its own since, waits as a draft.
 * @param client as the owner of the database, after its migrations
 */
export async function bringForms(client: Writes): Promise<void> {
  for (const form of shippedForms())
    await client.query('select forms.bring($1::jsonb, $2::jsonb)', [
      JSON.stringify(form),
      JSON.stringify(boundOf(form)),
    ])
}
