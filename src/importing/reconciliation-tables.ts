import { ssdLandings, ssdWaiting, ssdYears } from './ssd-landings.ts'
import { ssdTables } from './ssd-tables.ts'

/** How the rows of one table of the files are found again in the view of the same name. */
export interface ReconciledTable {
  table: string
  /** SQL over the row of the files (`s`): the identifier under which the load kept its facts. */
  id: string
  /** SQL over it: the source's number of the person; none where the table does not say whom it is about. */
  person?: string
  /** The day by whose year rows are counted, called the same in the view. */
  date?: string
  /** SQL over the view (`v`): the fact that its row shows. */
  fact: string
  /** SQL: source_id, person_id and fact, as text, of everything that loads of the system (`:system`) brought into the view. */
  keys: string
}

const keysOf = (table: string): string =>
  `select k.source_id, k.person_id, k.fact_id::text as fact from importing.source_key k where k.system = :system and k.source_table = '${table}'`

/** Views whose rows bear the person's number and no fact of their own. */
const numbersOf = (table: string): string =>
  `select k.source_id, k.person_id, p.source_id as fact from importing.source_key k
     join importing.source_key p on p.system = k.system and p.fact_table = 'person' and p.person_id = k.person_id
    where k.system = :system and k.source_table = '${table}'`

const inYear = (day: string) => `importing.year_of(s.${day}::date)`

/** Where identifier, fact or day are not what stands in the first field of the table. */
const otherwise: Readonly<Record<string, Partial<ReconciledTable>>> = {
  ssd_person: { fact: 'v.pers_person_id', keys: numbersOf('ssd_person') },
  ssd_disability: { id: 's.disa_disability_code' },
  // Of a mother whose child is not known, the record keeps that she is one.
  ssd_mother: {
    id: `case when s.moth_childs_person_id is null then '' else s.moth_person_id end`,
    person: 'coalesce(s.moth_childs_person_id, s.moth_person_id)',
  },
  ssd_linked_identifiers: { id: `s.link_identifier_type || ' ' || s.link_identifier_value` },
  // Factors stand in the view by assessment.
  ssd_assessment_factors: {
    id: 's.cinf_assessment_id',
    fact: 'v.cinf_assessment_id',
    keys: keysOf('ssd_cin_assessments'),
  },
  // What the record keeps by the year: several rows of the files are one here.
  ssd_cla_health: {
    id: inYear('clah_health_check_date'),
    fact: `split_part(v.clah_health_check_id, ' ', 1)`,
  },
  ssd_cla_immunisations: {
    id: inYear('clai_immunisations_status_date'),
    fact: 'v.clai_person_id',
    keys: numbersOf('ssd_cla_immunisations'),
  },
  ssd_cla_substance_misuse: { id: inYear('clas_substance_misuse_date') },
  ssd_cla_convictions: { id: inYear('clac_cla_conviction_date') },
  ssd_care_leavers: {
    id: `importing.year_of(coalesce(s.clea_care_leaver_latest_contact::date, current_date))`,
  },
  ssd_address: { date: 'addr_address_start_date' },
  ssd_sdq_scores: { date: 'csdq_sdq_completed_date' },
  ssd_immigration_status: { date: 'immi_immigration_status_start_date' },
  ssd_department: {
    keys: 'select t.source_id, null::uuid as person_id, t.team_id::text as fact from importing.source_team t where t.system = :system',
  },
  ssd_professionals: {
    keys: 'select w.source_id, null::uuid as person_id, w.source_id as fact from importing.source_worker w where w.system = :system',
  },
}

const waits = new Set(ssdWaiting.map(({ from }) => from))
const lands = new Set([...ssdLandings.map(({ from }) => from), 'ssd_department', 'ssd_professionals'])

/** Every table of the dataset whose rows come in, in the dataset's order; those that are held whole are not compared row by row. */
export const reconciledTables: readonly ReconciledTable[] = ssdTables
  .filter(({ name }) => lands.has(name) && !waits.has(name))
  .map(({ name, fields }) => {
    const key = fields[0]!.name
    const person = ssdLandings.find(({ from, further }) => from === name && !further)?.person
    return {
      table: name,
      id: `s.${key}`,
      ...(person !== undefined && fields.some((field) => field.name === person) && { person: `s.${person}` }),
      ...(ssdYears[name] !== undefined && { date: ssdYears[name] }),
      fact: `v.${key}`,
      keys: keysOf(name),
      ...otherwise[name],
    }
  })
