import { sql, type Transaction } from 'kysely'

/** The factors each assessment found, by the assessment's id. */
export async function factorsOf(
  // biome-ignore lint/suspicious/noExplicitAny: as Connection
  trx: Transaction<any>,
  people: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await sql<{ assessment: string; factors: string[] }>`
    select assessment_id as assessment, array_agg(assessment_factor::text order by assessment_factor) as factors
      from assessment_factor where person_id = any (${[...people]}::uuid[]) group by assessment_id`.execute(
    trx,
  )
  return new Map(rows.map(({ assessment, factors }) => [assessment, factors]))
}
