import { sql } from 'kysely'
import type { Connection } from '../database/connection.ts'

/**
 * Valid people and facts in a line each, written past the row policies: pass the owner's connection of a test
 * database, or a transaction inside a run. Everybody is invented. Workers, teams and what ties them to a child are in
 * `signed-in.ts` and `ties.ts`.
 */

type Row = Record<string, unknown>

/** One fact of any table of the record; returns its id. `fact(db.owner, 'cin_plan', { person_id, cin_plan_start_date })`. */
export async function fact(db: Connection, table: string, row: Row): Promise<string> {
  const { id } = await db.insertInto(`record.${table}`).values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

const forenames = ['Rowan', 'Skye', 'Idris', 'Marnie', 'Tobias', 'Amara', 'Kit', 'Zofia', 'Jude', 'Nadia']
const surnames = ['Fellside', 'Brackenbury', 'Okoro', 'Thwaite', 'Larkfield', 'Wren', 'Adeyemi', 'Holloway']
let made = 0

export interface Someone {
  forename?: string
  surname?: string
  /** `null`: not known by name, as after an import. */
  name?: string | null
  born?: string | null
  sex?: 'M' | 'F' | 'U'
  postcode?: string
  /** The authority's own number for a child. */
  localId?: string
  more?: Row
}

/** A person with a name; adults and children are made alike. */
export async function someone(db: Connection, who: Someone = {}): Promise<string> {
  made += 1
  const {
    forename = forenames[made % forenames.length]!,
    surname = surnames[made % surnames.length]!,
    name = `${forename} ${surname}`,
    born = '2014-06-17',
    sex = made % 2 ? 'F' : 'M',
    postcode,
    localId,
    more = {},
  } = who
  const id = await fact(db, 'person', { date_of_birth: born, sex, ...more })
  if (name !== null) {
    await fact(db, 'person_name', {
      person_id: id,
      natural_key: `legal ${name}`,
      kind: 'legal',
      full_name: name,
      forename,
      surname,
    })
  }
  if (localId) {
    await fact(db, 'person_identifier', {
      person_id: id,
      natural_key: `la-child-id ${localId}`,
      kind: 'la-child-id',
      value: localId,
    })
  }
  if (postcode) await fact(db, 'address', { person_id: id, kind: 'home', postcode, from_day: '2020-04-01' })
  return id
}

/** A child with name, birth date, ethnicity and a number of the authority's own. */
export async function aChild(db: Connection, who: Someone & { ethnicity?: string } = {}): Promise<string> {
  const { ethnicity = 'WBRI', ...rest } = who
  const id = await someone(db, { localId: `CH${String(made + 1).padStart(7, '0')}`, ...rest })
  await fact(db, 'person_characteristics', { person_id: id, ethnicity })
  return id
}

/** A mother with parental responsibility, and her children, sisters and brothers of each other. */
export async function aFamily(
  db: Connection,
  { children = 2, surname = surnames[made % surnames.length]!, postcode = 'FX1 2AB' } = {},
): Promise<{ mother: string; children: string[] }> {
  const mother = await someone(db, { forename: 'Maeve', surname, born: '1990-02-11', sex: 'F' })
  const ids: string[] = []
  for (let n = 0; n < children; n += 1) {
    const child = await aChild(db, { surname, postcode, born: `${2011 + 2 * n}-09-03` })
    await fact(db, 'relationship', {
      person_id: child,
      other_person_id: mother,
      kind: 'mother',
      other_name: `Maeve ${surname}`,
      same_household: true,
    })
    await fact(db, 'parental_responsibility', { person_id: child, holder_person_id: mother, basis: 'mother' })
    for (const sibling of ids) {
      await fact(db, 'relationship', { person_id: child, other_person_id: sibling, kind: 'sibling' })
    }
    ids.push(child)
  }
  return { mother, children: ids }
}

/** An episode of need from referral to assessment and plan; open unless `closed`. */
export async function anEpisodeOfNeed(
  db: Connection,
  child: string,
  { from = '2025-05-06', closed = null as string | null, need = 'N1', factors = ['16A'] as string[] } = {},
): Promise<{ referral: string; assessment: string; plan: string }> {
  const referral = await fact(db, 'referral', {
    person_id: child,
    natural_key: from,
    referral_date: from,
    referral_source_code: '2A',
    cin_primary_need_code: need,
    referral_nfa: false,
    close_date: closed,
    close_reason: closed && 'RC7',
  })
  const assessment = await fact(db, 'assessment', {
    person_id: child,
    natural_key: from,
    referral_id: referral,
    assessment_start_date: from,
    assessment_auth_date: later(from, 40),
  })
  for (const factor of factors) {
    await fact(db, 'assessment_factor', {
      person_id: child,
      natural_key: `${from} ${factor}`,
      assessment_id: assessment,
      assessment_factor: factor,
    })
  }
  const plan = await fact(db, 'cin_plan', {
    person_id: child,
    natural_key: later(from, 41),
    referral_id: referral,
    cin_plan_start_date: later(from, 41),
    cin_plan_end_date: closed,
  })
  return { referral, assessment, plan }
}

/** An enquiry, its conference and the child protection plan it made; the plan stands unless `ended`. */
export async function aChildProtectionPlan(
  db: Connection,
  child: string,
  {
    referral = null as string | null,
    from = '2025-07-01',
    ended = null as string | null,
    category = 'NEG',
  } = {},
): Promise<{ enquiry: string; conference: string; plan: string }> {
  const enquiry = await fact(db, 'section_47', {
    person_id: child,
    natural_key: later(from, -18),
    referral_id: referral,
    s47_start_date: later(from, -18),
    icpc_not_required: false,
  })
  const conference = await fact(db, 'initial_conference', {
    person_id: child,
    natural_key: from,
    referral_id: referral,
    section_47_id: enquiry,
    icpc_date: from,
    icpc_outcome_cp: true,
  })
  const plan = await fact(db, 'child_protection_plan', {
    person_id: child,
    natural_key: from,
    referral_id: referral,
    initial_conference_id: conference,
    cp_plan_start_date: from,
    cp_plan_end_date: ended,
    cp_plan_initial_category: category,
    cp_plan_latest_category: category,
    number_of_previous_cpp: 0,
    number_of_previous_cpp_source: 'counted here',
  })
  return { enquiry, conference, plan }
}

export interface Stay {
  from: string
  /** The day the next began, or care ended. */
  to?: string
  ls?: string
  place?: string
  /** Why it began; S for the first and P for the others unless said. */
  rne?: string
  /** Why it ended; X1 when another follows that day, else E4A. */
  rec?: string
}

/** Episodes of care, with the period, placements and legal statuses that follow from them. */
export async function aPeriodOfCare(
  db: Connection,
  child: string,
  stays: readonly Stay[] = [{ from: '2025-02-10' }],
): Promise<string[]> {
  const ids: string[] = []
  for (const [n, { from, to, ls = 'C2', place = 'U6', rne, rec }] of stays.entries()) {
    const runsOn = stays[n + 1]?.from === to
    const id = await fact(db, 'episode', {
      person_id: child,
      natural_key: from,
      decom: from,
      rne: rne ?? (n === 0 ? 'S' : 'P'),
      ls,
      cin: 'N1',
      place,
      place_provider: place === 'P1' ? 'PR0' : 'PR1',
      dec: to ?? null,
      rec: to ? (rec ?? (runsOn ? 'X1' : 'E4A')) : null,
      reason_place_change: to && runsOn ? 'CARPL' : null,
      home_post: 'FX1 2AB',
    })
    await fact(db, 'placement_whereabouts', {
      person_id: child,
      natural_key: from,
      episode_id: id,
      pl_post: 'FX9 8ZY',
      urn: 'SC123456',
    })
    ids.push(id)
  }
  await sql`select record.derive_care(${[child]}::uuid[])`.execute(db)
  return ids
}

/** The day so many days after (or before) another. */
export function later(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}
