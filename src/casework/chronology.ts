import type { Area } from '../events/kinds.ts'
import type { Happening } from '../events/store.ts'
import { paths as peoplePaths } from '../people/paths.ts'
import type { ChronologyItem } from '../web/components/chronology.ts'

/** What the areas of a child's life are called where a chronology is filtered. */
export const areaWords: Readonly<Record<Area, string>> = {
  person: 'Life',
  need: 'Help and assessment',
  protection: 'Protection',
  court: 'Court',
  care: 'Care',
  health: 'Health',
  adoption: 'Adoption',
  visit: 'Visits and notes',
  people: 'Workers and warnings',
}

/** Kinds that a reader in a hurry must not miss. */
export const significantKinds: ReadonlySet<string> = new Set([
  'died',
  'child-protection-plan-started',
  'child-protection-plan-ended',
  'initial-conference-held',
  'care-began',
  'care-ended',
  'went-missing',
  'deprivation-of-liberty-began',
  'court-application-made',
  'adoption-decided',
  'section-47-started',
])

/**
 * Happenings as the lines of a chronology.
 * @param names of the accounts that recorded them, by id; a missing one is left out
 */
export function chronologyOf(
  person: string,
  happened: readonly Happening[],
  names: ReadonlyMap<string, string>,
): ChronologyItem[] {
  return withoutHandOvers(happened).map((one) => ({
    day: one.day,
    moment: one.moment,
    title: one.words,
    kind: areaWords[one.kind.area],
    significant: significantKinds.has(one.kind.kind),
    by: one.recordedBy ? names.get(one.recordedBy) : undefined,
    source: one.importPlace,
    recordedAt: one.recordedAt,
    historyHref: peoplePaths.fact({ person, table: one.kind.table, fact: one.factId }),
  }))
}

/** What ends on the day the next of its kind begins is told by the next alone. */
const handedOver: Readonly<Record<string, string>> = {
  'placement-ended': 'placement-began',
  'legal-status-ended': 'legal-status-began',
  'worker-ended': 'worker-began',
  'social-worker-ended': 'social-worker-began',
}

/** Happenings less those that the next of their kind tells. */
export function withoutHandOvers(happened: readonly Happening[]): readonly Happening[] {
  const began = new Set(happened.map((one) => `${one.day} ${one.kind.kind}`))
  return happened.filter(({ day, kind }) => !began.has(`${day} ${handedOver[kind.kind]}`))
}
