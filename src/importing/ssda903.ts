import type { GatheredChild, Row } from '../returns/reading/ssda903/gather.ts'
import { ssda903Tables } from '../returns/reading/ssda903/tables.ts'
import { isoOfDay } from './days.ts'
import {
  collectionYear,
  type Fact,
  periodOf,
  type SourceRow,
  type StatedPerson,
  type Value,
} from './model.ts'
import {
  asText,
  calledOf,
  days,
  filledOf,
  type Reading,
  type Shape,
  Stating,
  texts,
  valuesOf,
  wholes,
  yesNos,
} from './stating.ts'

/*
 * What a looked-after children return says, as facts of the record (the table in docs/import.md). Episodes are kept as
 * they are sent; periods of care, placements and legal statuses are worked out from them by the record itself.
 */

/** The codes were 1 and 2 to 2023-24. */
const asSex: Reading = (text) => ({ 1: 'M', 2: 'F' })[text] ?? text

const shapes = {
  person: { sex: ['SEX', asSex], ...days({ date_of_birth: 'DOB' }) },
  characteristics: texts({ ethnicity: 'ETHNIC' }),
  mother: { ...yesNos({ mother: 'MOTHER' }), ...days({ mc_dob: 'MC_DOB' }) },
  episode: {
    ...days({ decom: 'DECOM', dec: 'DEC' }),
    ...texts({
      rne: 'RNE',
      ls: 'LS',
      cin: 'CIN',
      place: 'PLACE',
      place_provider: 'PLACE_PROVIDER',
      rec: 'REC',
      reason_place_change: 'REASON_PLACE_CHANGE',
      home_post: 'HOME_POST',
    }),
  },
  whereabouts: texts({ pl_post: 'PL_POST', urn: 'URN' }),
  review: { ...days({ review: 'REVIEW' }), ...texts({ review_code: 'REVIEW_CODE' }) },
  health: yesNos({
    health_check: 'HEALTH_CHECK',
    immunisations: 'IMMUNISATIONS',
    teeth_check: 'TEETH_CHECK',
    health_assessment: 'HEALTH_ASSESSMENT',
  }),
  misuse: yesNos({
    substance_misuse: 'SUBSTANCE_MISUSE',
    intervention_received: 'INTERVENTION_RECEIVED',
    intervention_offered: 'INTERVENTION_OFFERED',
  }),
  convicted: yesNos({ convicted: 'CONVICTED' }),
  sdq: { ...wholes({ sdq_score: 'SDQ_SCORE' }), ...texts({ sdq_reason: 'SDQ_REASON' }) },
  leaver: texts({ in_touch: 'IN_TOUCH', activ: 'ACTIV', accom: 'ACCOM' }),
  adoption: {
    ...days({ date_int: 'DATE_INT', date_match: 'DATE_MATCH' }),
    ...yesNos({ foster_care: 'FOSTER_CARE' }),
    ...texts({ nb_adoptr: 'NB_ADOPTR', sex_adoptr: 'SEX_ADOPTR', ls_adoptr: 'LS_ADOPTR' }),
  },
  placed: {
    ...days({ date_placed: 'DATE_PLACED', date_placed_ceased: 'DATE_PLACED_CEASED' }),
    ...texts({ reason_placed_ceased: 'REASON_PLACED_CEASED' }),
  },
  permanence: texts({ prev_perm: 'PREV_PERM', la_perm: 'LA_PERM', date_perm: 'DATE_PERM' }),
  missing: { ...texts({ missing: 'MISSING' }), ...days({ mis_start: 'MIS_START', mis_end: 'MIS_END' }) },
  worker: {
    ...texts({ sw_id: 'SW_ID', sw_reason: 'SW_REASON' }),
    ...days({ sw_decom: 'SW_DECOM', sw_dec: 'SW_DEC' }),
  },
  dolo: days({ dolo_start: 'DOLO_START', dolo_end: 'DOLO_END' }),
  uasc: days({ duc: 'DUC' }),
} satisfies Record<string, Shape>

const called = Object.fromEntries(
  Object.entries(shapes).map(([name, shape]) => [name, calledOf(shape)]),
) as Record<keyof typeof shapes, Record<string, string>>

/** A child of the return as rows, table by table. */
export function rowsOfReturnChild({ rows }: GatheredChild): SourceRow[] {
  return rows.flatMap((of, table) => of.map((row) => sourceRow(ssda903Tables[table]!, row)))
}

/** Days are kept as the record has them, which is how the problems page shows them too; what is no day stays as sent. */
function sourceRow(shape: (typeof ssda903Tables)[number], { cells, odd, file, line }: Row): SourceRow {
  const values: Record<string, string> = {}
  shape.columns.forEach((column, i) => {
    const cell = cells[i]
    if (typeof cell === 'number') values[column] = Number.isNaN(cell) ? (odd?.get(i) ?? '') : isoOfDay(cell)
    else if (cell !== undefined) values[column] = cell
  })
  return { table: shape.name, file, line, values }
}

/** Days that fall into the year a return is made for, all of them or nearly: episodes may have begun long before. */
const tellingColumns = ['DEC', 'REVIEW', 'MIS_START', 'MIS_END', 'SW_DEC']

/** Counts the days of a child that tell which year's return this is, by the year in which the collection ends. */
export function countYears({ rows }: GatheredChild, counts: Map<string, number>, today: number): void {
  rows.forEach((of, table) => {
    const { columns } = ssda903Tables[table]!
    for (const column of tellingColumns) {
      const place = (columns as readonly string[]).indexOf(column)
      if (place === -1) continue
      for (const { cells } of of) {
        const cell = cells[place]
        if (typeof cell !== 'number' || !(cell <= today)) continue
        const period = periodOf(isoOfDay(cell))
        counts.set(period, (counts.get(period) ?? 0) + 1)
      }
    }
  })
}

/** @param period the year in which the collection ends */
export function stateReturnChild(rows: SourceRow[], period: string): StatedPerson {
  const stating = new Stating(rows)
  const year = collectionYear(period)
  const header = rows.find(({ table }) => table === 'Header')
  if (header) stateHeader(stating, header)
  for (const row of rows)
    if (row.table === 'Header' && row !== header) stating.refuse(row, 'The child is in Header already')
  // Every table carries the birth date again; it is the header's to say.
  if (!header && rows[0]) {
    const born = rows.find(({ values }) => values.DOB !== undefined)
    if (born) stating.add('person', null, born, filledOf(born, shapes.person), { called: called.person })
  }
  const localId = rows[0]?.values.CHILD ?? null
  if (localId !== null)
    stating.add('person_identifier', `ssda903-child-id ${localId}`, rows[0]!, {
      kind: 'ssda903-child-id',
      value: localId,
    })
  const uascRows = rows.filter(({ table }) => table === 'UASC')
  stateUasc(stating, header, uascRows, year)
  for (const row of rows) {
    stateRow(stating, row, year)
    if (header && row.table !== 'Header') tellDifference(stating, row, header)
  }
  return stating.person(localId)
}

function stateHeader(stating: Stating, row: SourceRow): void {
  const { UPN: upn } = row.values
  const unknown = upn !== undefined && /^UN\d$/.test(upn)
  stating.add(
    'person',
    null,
    row,
    {
      ...filledOf(row, shapes.person),
      ...(upn === undefined ? {} : { upn_unknown: unknown ? upn : null }),
    },
    { called: { ...called.person, upn_unknown: 'UPN' } },
  )
  if (upn !== undefined && !unknown)
    stating.add(
      'person_identifier',
      `upn ${upn}`,
      row,
      { kind: 'upn', value: upn },
      { called: { value: 'UPN' } },
    )
  if (row.values.ETHNIC !== undefined)
    stating.add('person_characteristics', null, row, valuesOf(row, shapes.characteristics), {
      called: called.characteristics,
    })
  if (row.values.MOTHER !== undefined || row.values.MC_DOB !== undefined)
    stating.add('mother_status', null, row, valuesOf(row, shapes.mother), { called: called.mother })
}

/** What the header says stands in the record; another birth date or sex in another table has no place there. */
function tellDifference(stating: Stating, row: SourceRow, header: SourceRow): void {
  for (const column of ['DOB', 'SEX']) {
    const [here, there] = [row.values[column], header.values[column]]
    if (here !== undefined && here !== there)
      stating.refuse(
        row,
        `${column} is ‘${here}’ here and ‘${there ?? ''}’ in Header, which is what was entered`,
      )
  }
}

/** In XML the header says it; in CSV being in the table does. */
function stateUasc(stating: Stating, header: SourceRow | undefined, rows: SourceRow[], year: string): void {
  const row = rows[0] ?? (header?.values.UASC === undefined ? undefined : header)
  if (row === undefined) return
  const said = header?.values.UASC
  const uasc: Value = said === undefined ? true : said === '1' ? true : said === '0' ? false : said
  stating.add(
    'uasc_status',
    year,
    row,
    { collection_year: year, uasc, ...valuesOf(row, shapes.uasc) },
    {
      called: { ...called.uasc, uasc: 'UASC' },
    },
  )
  for (const more of rows.slice(1)) stating.refuse(more, 'The child is in this table already')
}

function stateRow(stating: Stating, row: SourceRow, year: string): void {
  const { values } = row
  const add = (
    table: string,
    toldBy: string | undefined,
    shape: keyof typeof shapes,
    more: Record<string, Value> = {},
    under: Record<string, Fact> = {},
  ) =>
    stating.add(
      table,
      toldBy ?? '',
      row,
      { ...more, ...valuesOf(row, shapes[shape]) },
      {
        under,
        called: called[shape],
      },
    )
  const ofYear = { collection_year: year }
  switch (row.table) {
    case 'Episodes': {
      const episode = add('episode', values.DECOM, 'episode')
      if (values.PL_POST !== undefined || values.URN !== undefined)
        add('placement_whereabouts', episode.key, 'whereabouts', {}, { episode_id: episode })
      break
    }
    case 'Reviews':
      add('looked_after_review', values.REVIEW, 'review')
      break
    case 'OC2':
      add('health_outcome', year, 'health', ofYear)
      add('substance_misuse_outcome', year, 'misuse', ofYear)
      add('conviction_outcome', year, 'convicted', ofYear)
      add('sdq', year, 'sdq', ofYear)
      break
    case 'OC3':
      add('care_leaver_outcome', year, 'leaver', ofYear)
      break
    case 'AD1':
      add('adoption', year, 'adoption', ofYear)
      break
    case 'PlacedAdoption':
      add('placed_for_adoption', values.DATE_PLACED, 'placed')
      break
    case 'PrevPerm':
      add('previous_permanence', permanenceKey(row), 'permanence')
      break
    case 'Missing':
      add('missing_episode', values.MIS_START, 'missing')
      break
    case 'SWEpisodes':
      add('social_worker_episode', values.SW_DECOM, 'worker')
      break
    case 'DoLo':
      add('deprivation_of_liberty', values.DOLO_START, 'dolo')
      break
  }
}

/** A child has one such row in a return; over the years it is the same one. */
const permanenceKey = ({ values }: SourceRow) => asText(values.PREV_PERM ?? '') as string
