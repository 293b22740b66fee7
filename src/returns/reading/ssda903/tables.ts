/** The tables of the looked-after children return as they stand in its files, and how to read their columns. */
export interface TableShape {
  name: string
  columns: readonly string[]
  /** Columns that hold a date; the others hold text. */
  dates: readonly string[]
}

const table = (name: string, columns: string, dates: string): TableShape => ({
  name,
  columns: columns.split(' '),
  dates: dates.split(' '),
})

/** In the order in which a return is told. */
export const ssda903Tables = [
  table('Header', 'CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB UASC', 'DOB MC_DOB'),
  table(
    'Episodes',
    'CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN',
    'DECOM DEC',
  ),
  table('Reviews', 'CHILD DOB REVIEW REVIEW_CODE', 'DOB REVIEW'),
  table('UASC', 'CHILD SEX DOB DUC', 'DOB DUC'),
  table(
    'OC2',
    'CHILD DOB SDQ_SCORE SDQ_REASON CONVICTED HEALTH_CHECK IMMUNISATIONS TEETH_CHECK HEALTH_ASSESSMENT SUBSTANCE_MISUSE INTERVENTION_RECEIVED INTERVENTION_OFFERED',
    'DOB',
  ),
  table('OC3', 'CHILD DOB IN_TOUCH ACTIV ACCOM', 'DOB'),
  table(
    'AD1',
    'CHILD DOB DATE_INT DATE_MATCH FOSTER_CARE NB_ADOPTR SEX_ADOPTR LS_ADOPTR',
    'DOB DATE_INT DATE_MATCH',
  ),
  table(
    'PlacedAdoption',
    'CHILD DOB DATE_PLACED DATE_PLACED_CEASED REASON_PLACED_CEASED',
    'DOB DATE_PLACED DATE_PLACED_CEASED',
  ),
  // DATE_PERM may have an unknown day, month or year: whoever asks for it reads it as text.
  table('PrevPerm', 'CHILD DOB PREV_PERM LA_PERM DATE_PERM', 'DOB'),
  table('Missing', 'CHILD DOB MISSING MIS_START MIS_END', 'DOB MIS_START MIS_END'),
  table('SWEpisodes', 'CHILD DOB SW_ID SW_DECOM SW_DEC SW_REASON', 'DOB SW_DECOM SW_DEC'),
  table('DoLo', 'CHILD DOB DOLO_START DOLO_END', 'DOB DOLO_START DOLO_END'),
] as const satisfies readonly TableShape[]

/** Columns that a return may hold and that are worked out, not sent: read when there, not missed when not. */
const optional = new Set(['UASC', 'PL_LA', 'PL_LOCATION', 'PL_DISTANCE'])

/** Names by which newer wordings of the DfE call a column. */
const otherNames: Record<string, string> = {
  PL: 'PLACE',
  PLACEMENT: 'PLACE',
  DATE_EPISODE_CEASED: 'DEC',
  UASC_STATUS: 'UASC',
  CHILDID: 'CHILD',
}

/** A column's name as the return has it, whatever its case, spaces or quotes. */
export function columnName(heading: string): string {
  const name = heading.replaceAll('\u00a0', ' ').trim().toUpperCase().replace(/\s+/g, '_')
  return otherNames[name] ?? name
}

/** Columns in more than one table tell nothing about which table it is. */
const shared = new Set(['CHILD', 'DOB', 'SEX', 'UASC'])

/**
 * Which table has these columns, whatever the file is called and in whatever order they stand.
 * @returns the table's place in `ssda903Tables`, or -1 when it is none of them
 */
export function recogniseTable(columns: readonly string[]): number {
  if (!columns.includes('CHILD')) return -1
  let best = -1
  let bestShare = 0
  ssda903Tables.forEach((shape, number) => {
    const own = shape.columns.filter((column) => !shared.has(column))
    const share = own.filter((column) => columns.includes(column)).length / own.length
    if (share > bestShare) {
      best = number
      bestShare = share
    }
  })
  // Half of a table's own columns are there, or half of what is there is the table's: less would be a guess.
  const known = columns.filter((column) => ssda903Tables[best]?.columns.includes(column as never))
  if (bestShare >= 0.5 || known.length >= columns.length / 2) return best
  return columns.includes('SEX') && columns.includes('DOB') ? 0 : -1
}

/** Columns a table should have that are not among these. */
export function missingColumns(shape: TableShape, columns: readonly string[]): string[] {
  return shape.columns.filter((column) => !columns.includes(column) && !optional.has(column))
}
