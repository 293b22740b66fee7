import { type Kysely, sql } from 'kysely'
import { type EventKind, eventKind, type Fact } from './kinds.ts'

/** Something that happened, with the fact that tells it. */
export interface Happening {
  readonly id: string
  readonly personId: string
  readonly kind: EventKind
  /** YYYY-MM-DD */
  readonly day: string
  readonly moment: Date | undefined
  readonly group: string
  readonly factId: string
  readonly fact: Fact
  /** Its line in the chronology. */
  readonly words: string
  readonly recordedAt: Date
  readonly recordedBy: string | undefined
  readonly importRunId: string | undefined
  readonly importPlace: string | undefined
}

export interface Which {
  kinds?: readonly string[] | undefined
  /** First and last day, both included. */
  from?: string | undefined
  to?: string | undefined
  /** At most so many, the latest first; all when absent. */
  most?: number | undefined
}

interface Row {
  id: string
  person_id: string
  kind: string
  happened_on: string
  happened_at: Date | null
  field_group: string
  fact_table: string
  fact_id: string
  recorded_at: Date
  recorded_by: string | null
  import_run_id: string | null
  import_place: string | null
}

/**
 * What happened to these people, the latest first: as far as the field groups that are open let it be seen. Two
 * statements, however many tables the facts are in; under `knownAt` they show what was known then.
 * @param trx a transaction of `reading`, or one inside a run
 */
export async function happenings(
  // biome-ignore lint/suspicious/noExplicitAny: as Connection
  trx: Kysely<any>,
  people: readonly string[],
  { kinds, from, to, most }: Which = {},
): Promise<Happening[]> {
  const { rows } = await sql<Row>`
    select * from record.events_of(${people}::uuid[], ${kinds ?? null}::text[], ${from ?? null}::date, ${to ?? null}::date,
                                   ${most ?? null}::integer)`.execute(trx)
  const facts = await factsOf(trx, rows)
  return rows.flatMap((row) => {
    const fact = facts.get(row.fact_id)
    if (!fact) return []
    const kindOf = eventKind(row.kind)
    return {
      id: row.id,
      personId: row.person_id,
      kind: kindOf,
      day: row.happened_on,
      moment: row.happened_at ?? undefined,
      group: row.field_group,
      factId: row.fact_id,
      fact,
      words: kindOf.words(fact),
      recordedAt: row.recorded_at,
      recordedBy: row.recorded_by ?? undefined,
      importRunId: row.import_run_id ?? undefined,
      importPlace: row.import_place ?? undefined,
    }
  })
}

// biome-ignore lint/suspicious/noExplicitAny: as Connection
async function factsOf(trx: Kysely<any>, rows: readonly Row[]): Promise<Map<string, Fact>> {
  if (rows.length === 0) return new Map()
  const asked: Record<string, string[]> = {}
  for (const { fact_table, fact_id } of rows) {
    asked[fact_table] ??= []
    asked[fact_table].push(fact_id)
  }
  const { rows: facts } = await sql<{ id: string; fact: Fact }>`
    select * from record.facts_of(${JSON.stringify(asked)}::jsonb)`.execute(trx)
  return new Map(facts.map(({ id, fact }) => [id, fact]))
}
