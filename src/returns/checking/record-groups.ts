import type { Role } from '../../web/session.ts'
import type { ReturnName } from '../rules/registered.ts'
import type { TableName } from '../rules/ssda903-rows.ts'

/** Roles that may write in somebody's record: whoever sees a fault there can mend it. */
export const menders: readonly Role[] = ['A-SW', 'A-TM', 'A-SM', 'A-DUTY', 'A-EDT', 'A-PA', 'A-ADO']

/** What each table of the census is made from: field groups of the record. */
const groupsOfCensus: Record<string, readonly string[]> = {
  ChildIdentifiers: ['F01', 'F05'],
  ChildCharacteristics: ['F06'],
  Disabilities: ['F06'],
  CINdetails: ['F09', 'F11'],
  Assessments: ['F12'],
  CINPlanDates: ['F12'],
  Section47: ['F09', 'F13'],
  ChildProtectionPlans: ['F09'],
  Reviews: ['F09'],
  PreProceedingsandFGDM: ['F08'],
}

/** What each table of the looked-after return is made from. */
const groupsOf903: Record<TableName, readonly string[]> = {
  Header: ['F01', 'F05', 'F06', 'F07'],
  Episodes: ['F15'],
  Reviews: ['F15'],
  UASC: ['F29'],
  OC2: ['F16', 'F17', 'F18', 'F19'],
  OC3: ['F22'],
  AD1: ['F21'],
  PlacedAdoption: ['F21'],
  PrevPerm: ['F08'],
  Missing: ['F15'],
  SWEpisodes: ['F26'],
  DoLo: ['F08'],
}

const groupsOfReturn: Record<ReturnName, Readonly<Record<string, readonly string[]>>> = {
  'cin-census': groupsOfCensus,
  // Who is unaccompanied is told by more than one table.
  ssda903: { ...groupsOf903, uasc: groupsOf903.UASC },
}

/** What a table of a return is made from; of last year's table (`Episodes_last`) the same. */
export const groupsOf = (of: ReturnName, table: string): readonly string[] =>
  groupsOfReturn[of][table.replace(/_last$/, '')] ?? []

/** What the census is made from. Were a part of it closed, it would look as if nothing were there. */
export const censusGroups = [...new Set(Object.values(groupsOfCensus).flat())].sort()

/** Without these there is nothing to check of care. */
export const mostNeeded = ['Header', 'Episodes']

/** Where the child lives is closed to many who may read the episodes. */
export const whereabouts = { group: 'F04', fields: ['Episodes.PL_POST', 'Episodes.URN'] }

/** All that both returns are made from. */
export const groups = [
  ...new Set([...censusGroups, ...Object.values(groupsOf903).flat(), whereabouts.group]),
].sort()
