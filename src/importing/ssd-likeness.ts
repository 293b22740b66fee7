import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { nearDays } from '../people/near-days.ts'
import { decisions, lastDay, peopleAlike, tellApart } from './likeness.ts'
import type { Transaction } from './store.ts'

/*
 * Somebody of a load whom no number makes known, and who is like somebody the record has: a person decides on the
 * problems page, and the next load of the files takes it. Until then the row waits, and all that names it.
 */

/** Somebody who waits, by the system's own number, and whom they may be. */
export interface Asked {
  readonly source: string
  readonly candidates: readonly string[]
}

interface Unknown {
  source: string
  name: string | null
  day: string | null
  postcode: string | null
  numbers: string[]
}

/** Somebody the record knows from elsewhere, whom a person held to be another. */
interface Apart {
  readonly source: string
  readonly candidates: readonly string[]
}

const peopleAtATime = 5000
const awaits =
  'pers_person_id: may be somebody whom the record knows already: somebody decides who it is (Import problems), and the next load takes it'

const decidesFor = (system: string) => `ssd ${system}`

export class LoadLikeness {
  readonly #asked: Asked[] = []
  readonly #apart: Apart[] = []

  constructor(
    private readonly trx: Transaction,
    private readonly system: string,
  ) {}

  /** Looks at those in staged_who who are new so far: some become somebody the record knows, some wait. */
  async look(): Promise<void> {
    if (!(await this.#anybodyKnown())) return
    let after = ''
    for (;;) {
      const people = await this.#unknown(after)
      if (people.length === 0) return
      await this.#lookAt(people)
      after = people.at(-1)!.source
    }
  }

  /** Notes who was decided to be somebody else, when all are in the record. */
  async tellApart(): Promise<void> {
    if (this.#apart.length === 0) return
    const { rows } = await sql<{ source: string; person: string }>`
      select source, person from staged_who where person is not null and source = any (${this.#apart.map(({ source }) => source)}::text[])`.execute(
      this.trx,
    )
    const person = new Map(rows.map((row) => [row.source, row.person]))
    await tellApart(
      this.trx,
      this.#apart.flatMap(({ source, candidates }) =>
        person.has(source) ? [{ person: person.get(source)!, candidates }] : [],
      ),
    )
  }

  /** Keeps on the problems page who waits, with the row as it stood; what waited and does no more is put away. */
  async keepAsked(run: string): Promise<void> {
    const asked = this.#asked.map(({ source, candidates }) => ({
      source,
      candidates,
      digest: `\\x${hash('sha256', JSON.stringify([this.system, source, candidates]), 'hex').slice(0, 32)}`,
    }))
    await sql`
      update importing.problem p set state = 'replaced', decided_at = clock_timestamp()
       where p.source = 'ssd' and p.period = ${this.system} and p.state = 'open'
         and p.digest <> all (${asked.map(({ digest }) => digest)}::bytea[])`.execute(this.trx)
    await sql`
      insert into importing.problem (run_id, source, period, file, line, child, table_name, rows, reason, digest, candidates)
      select ${run}::uuid, 'ssd', ${this.system}, r.file, r.line, a.source, 'ssd_person',
             jsonb_build_array(jsonb_build_object('table', 'ssd_person', 'file', r.file, 'line', r.line, 'kind', 'held', 'values', r.raw)),
             ${awaits}, a.digest::bytea, array(select jsonb_array_elements_text(a.candidates)::uuid)
        from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a (source text, candidates jsonb, digest text)
        join importing.source_row r on r.run_id = ${run}::uuid and r.source_table = 'ssd_person' and r.source_id = a.source and r.outcome = 'held'
      on conflict (source, period, digest) do update
        set state = case when problem.state = 'dismissed' then 'dismissed' else 'open' end, run_id = excluded.run_id`.execute(
      this.trx,
    )
  }

  /** The record of a first load knows nobody: nothing is asked a million times. */
  async #anybodyKnown(): Promise<boolean> {
    const { rows } = await sql<{ known: boolean }>`select exists (select from index_card) as known`.execute(
      this.trx,
    )
    return rows[0]!.known
  }

  async #unknown(after: string): Promise<Unknown[]> {
    const { rows } = await sql<Unknown>`
      select w.source, w.name, s.pers_dob::date::text as day, a.postcode,
             array_remove(array[s.pers_single_unique_id, s.pers_common_child_id], null) as numbers
        from staged_who w
        join lateral (select p.* from staged_ssd_person p where p.pers_person_id = w.source order by p.place limit 1) s on true
        left join lateral (select min(d.addr_address_postcode) as postcode from staged_ssd_address d
                            where d.addr_person_id = w.source and s.pers_dob is null) a on true
       where w.is_new and w.person is null and w.held is null and w.source > ${after}
       order by w.source limit ${peopleAtATime}`.execute(this.trx)
    return rows
  }

  async #lookAt(people: readonly Unknown[]): Promise<void> {
    const last = lastDay()
    const alike = await peopleAlike(
      this.trx,
      'la-child-id',
      people.map(({ name, day, postcode, numbers }, place) => ({
        place,
        name,
        day,
        near: day === null ? [] : nearDays(day, last).map((near) => near.day),
        postcode,
        numbers,
      })),
    )
    const decided = await decisions(
      this.trx,
      decidesFor(this.system),
      people.map(({ source }) => source),
    )
    const same: { source: string; person: string }[] = []
    for (const [place, { source }] of people.entries()) {
      const candidates = alike.get(place) ?? []
      const decision = decided.get(source)
      if (decision?.person) same.push({ source, person: decision.person })
      // Somebody else may be like them since it was decided.
      else if (candidates.some((one) => !decision?.candidates.includes(one)))
        this.#asked.push({ source, candidates })
      else if (decision) this.#apart.push({ source, candidates: decision.candidates })
    }
    await sql`
      update staged_who w set person = d.person, is_new = false
        from jsonb_to_recordset(${JSON.stringify(same)}::jsonb) as d (source text, person uuid) where w.source = d.source`.execute(
      this.trx,
    )
    const waiting = this.#asked.map(({ source }) => source)
    await sql`update staged_who set held = ${awaits} where source = any (${waiting}::text[])`.execute(
      this.trx,
    )
  }
}
