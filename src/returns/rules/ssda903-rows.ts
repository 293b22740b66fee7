import { ssda903Tables } from '../reading/ssda903/tables.ts'
import { type Cells, Row } from './row.ts'
import type { Day, Text } from './words.ts'

/**
 * The rows of the looked-after children return, with the DfE's names for their fields. Written out field by field
 * because a return has two million of them: engines are quick with objects that all have the same fields.
 */

const columnsOf = (table: string): readonly string[] =>
  ssda903Tables.find(({ name }) => name === table)!.columns

const columnsOfHeader = columnsOf('Header')
const columnsOfEpisodes = columnsOf('Episodes')
const columnsOfReviews = columnsOf('Reviews')
const columnsOfUASC = columnsOf('UASC')
const columnsOfOC2 = columnsOf('OC2')
const columnsOfOC3 = columnsOf('OC3')
const columnsOfAD1 = columnsOf('AD1')
const columnsOfPlacedAdoption = columnsOf('PlacedAdoption')
const columnsOfPrevPerm = columnsOf('PrevPerm')
const columnsOfMissing = columnsOf('Missing')
const columnsOfSWEpisodes = columnsOf('SWEpisodes')
const columnsOfDoLo = columnsOf('DoLo')

/** Header: a child of the return. */
export class HeaderRow extends Row {
  CHILD: Text
  SEX: Text
  DOB: Day
  ETHNIC: Text
  UPN: Text
  MOTHER: Text
  MC_DOB: Day
  UASC: Text

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.SEX = cells[1] as Text
    this.DOB = cells[2] as Day
    this.ETHNIC = cells[3] as Text
    this.UPN = cells[4] as Text
    this.MOTHER = cells[5] as Text
    this.MC_DOB = cells[6] as Day
    this.UASC = cells[7] as Text
  }

  get table() {
    return 'Header' as const
  }

  get columns() {
    return columnsOfHeader
  }
}

/** Episodes: a stretch of time with one legal status, one placement and one carer. */
export class Episode extends Row {
  CHILD: Text
  DECOM: Day
  RNE: Text
  LS: Text
  CIN: Text
  PLACE: Text
  PLACE_PROVIDER: Text
  DEC: Day
  REC: Text
  REASON_PLACE_CHANGE: Text
  HOME_POST: Text
  PL_POST: Text
  URN: Text
  /** The neighbouring episodes of the child in order of DECOM. */
  previous: Episode | undefined = undefined
  next: Episode | undefined = undefined

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.DECOM = cells[1] as Day
    this.RNE = cells[2] as Text
    this.LS = cells[3] as Text
    this.CIN = cells[4] as Text
    this.PLACE = cells[5] as Text
    this.PLACE_PROVIDER = cells[6] as Text
    this.DEC = cells[7] as Day
    this.REC = cells[8] as Text
    this.REASON_PLACE_CHANGE = cells[9] as Text
    this.HOME_POST = cells[10] as Text
    this.PL_POST = cells[11] as Text
    this.URN = cells[12] as Text
  }

  get table() {
    return 'Episodes' as const
  }

  get columns() {
    return columnsOfEpisodes
  }
}

/** Reviews: a review of the care plan. */
export class Review extends Row {
  CHILD: Text
  DOB: Day
  REVIEW: Day
  REVIEW_CODE: Text

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.DOB = cells[1] as Day
    this.REVIEW = cells[2] as Day
    this.REVIEW_CODE = cells[3] as Text
  }

  get table() {
    return 'Reviews' as const
  }

  get columns() {
    return columnsOfReviews
  }
}

/** UASC: an unaccompanied asylum-seeking child. */
export class UascRow extends Row {
  CHILD: Text
  SEX: Text
  DOB: Day
  DUC: Day

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.SEX = cells[1] as Text
    this.DOB = cells[2] as Day
    this.DUC = cells[3] as Day
  }

  get table() {
    return 'UASC' as const
  }

  get columns() {
    return columnsOfUASC
  }
}

/** OC2: health and outcomes of a child looked after all year. */
export class OC2Row extends Row {
  CHILD: Text
  DOB: Day
  SDQ_SCORE: Text
  SDQ_REASON: Text
  CONVICTED: Text
  HEALTH_CHECK: Text
  IMMUNISATIONS: Text
  TEETH_CHECK: Text
  HEALTH_ASSESSMENT: Text
  SUBSTANCE_MISUSE: Text
  INTERVENTION_RECEIVED: Text
  INTERVENTION_OFFERED: Text

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.DOB = cells[1] as Day
    this.SDQ_SCORE = cells[2] as Text
    this.SDQ_REASON = cells[3] as Text
    this.CONVICTED = cells[4] as Text
    this.HEALTH_CHECK = cells[5] as Text
    this.IMMUNISATIONS = cells[6] as Text
    this.TEETH_CHECK = cells[7] as Text
    this.HEALTH_ASSESSMENT = cells[8] as Text
    this.SUBSTANCE_MISUSE = cells[9] as Text
    this.INTERVENTION_RECEIVED = cells[10] as Text
    this.INTERVENTION_OFFERED = cells[11] as Text
  }

  get table() {
    return 'OC2' as const
  }

  get columns() {
    return columnsOfOC2
  }
}

/** OC3: a care leaver around the birthday in the year. */
export class OC3Row extends Row {
  CHILD: Text
  DOB: Day
  IN_TOUCH: Text
  ACTIV: Text
  ACCOM: Text

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.DOB = cells[1] as Day
    this.IN_TOUCH = cells[2] as Text
    this.ACTIV = cells[3] as Text
    this.ACCOM = cells[4] as Text
  }

  get table() {
    return 'OC3' as const
  }

  get columns() {
    return columnsOfOC3
  }
}

/** AD1: an adoption. */
export class AD1Row extends Row {
  CHILD: Text
  DOB: Day
  DATE_INT: Day
  DATE_MATCH: Day
  FOSTER_CARE: Text
  NB_ADOPTR: Text
  SEX_ADOPTR: Text
  LS_ADOPTR: Text

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.DOB = cells[1] as Day
    this.DATE_INT = cells[2] as Day
    this.DATE_MATCH = cells[3] as Day
    this.FOSTER_CARE = cells[4] as Text
    this.NB_ADOPTR = cells[5] as Text
    this.SEX_ADOPTR = cells[6] as Text
    this.LS_ADOPTR = cells[7] as Text
  }

  get table() {
    return 'AD1' as const
  }

  get columns() {
    return columnsOfAD1
  }
}

/** PlacedAdoption: a decision that a child should be placed for adoption. */
export class AdoptionPlan extends Row {
  CHILD: Text
  DOB: Day
  DATE_PLACED: Day
  DATE_PLACED_CEASED: Day
  REASON_PLACED_CEASED: Text

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.DOB = cells[1] as Day
    this.DATE_PLACED = cells[2] as Day
    this.DATE_PLACED_CEASED = cells[3] as Day
    this.REASON_PLACED_CEASED = cells[4] as Text
  }

  get table() {
    return 'PlacedAdoption' as const
  }

  get columns() {
    return columnsOfPlacedAdoption
  }
}

/** PrevPerm: how an earlier permanence arrangement ended. DATE_PERM is text: parts of it may be unknown. */
export class PreviousPermanence extends Row {
  CHILD: Text
  DOB: Day
  PREV_PERM: Text
  LA_PERM: Text
  DATE_PERM: Text

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.DOB = cells[1] as Day
    this.PREV_PERM = cells[2] as Text
    this.LA_PERM = cells[3] as Text
    this.DATE_PERM = cells[4] as Text
  }

  get table() {
    return 'PrevPerm' as const
  }

  get columns() {
    return columnsOfPrevPerm
  }
}

/** Missing: a time that the child was missing or away without authorisation. */
export class MissingSpell extends Row {
  CHILD: Text
  DOB: Day
  MISSING: Text
  MIS_START: Day
  MIS_END: Day

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.DOB = cells[1] as Day
    this.MISSING = cells[2] as Text
    this.MIS_START = cells[3] as Day
    this.MIS_END = cells[4] as Day
  }

  get table() {
    return 'Missing' as const
  }

  get columns() {
    return columnsOfMissing
  }
}

/** SWEpisodes: a spell of one social worker. */
export class SocialWorkerSpell extends Row {
  CHILD: Text
  DOB: Day
  SW_ID: Text
  SW_DECOM: Day
  SW_DEC: Day
  SW_REASON: Text

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.DOB = cells[1] as Day
    this.SW_ID = cells[2] as Text
    this.SW_DECOM = cells[3] as Day
    this.SW_DEC = cells[4] as Day
    this.SW_REASON = cells[5] as Text
  }

  get table() {
    return 'SWEpisodes' as const
  }

  get columns() {
    return columnsOfSWEpisodes
  }
}

/** DoLo: a deprivation of liberty order. */
export class DeprivationOfLiberty extends Row {
  CHILD: Text
  DOB: Day
  DOLO_START: Day
  DOLO_END: Day

  constructor(cells: Cells, row: number, odd: Row['odd'] = null) {
    super(row, odd)
    this.CHILD = cells[0] as Text
    this.DOB = cells[1] as Day
    this.DOLO_START = cells[2] as Day
    this.DOLO_END = cells[3] as Day
  }

  get table() {
    return 'DoLo' as const
  }

  get columns() {
    return columnsOfDoLo
  }
}

/** How a row of each table is made, in the order of the tables. */
export const rowMakers = {
  Header: HeaderRow,
  Episodes: Episode,
  Reviews: Review,
  UASC: UascRow,
  OC2: OC2Row,
  OC3: OC3Row,
  AD1: AD1Row,
  PlacedAdoption: AdoptionPlan,
  PrevPerm: PreviousPermanence,
  Missing: MissingSpell,
  SWEpisodes: SocialWorkerSpell,
  DoLo: DeprivationOfLiberty,
} as const

export type TableName = keyof typeof rowMakers
export type RowOf<T extends TableName> = InstanceType<(typeof rowMakers)[T]>
