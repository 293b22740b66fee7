/** How much work a child’s help usually is, beside other children’s: this service’s own measure, to compare caseloads by. */
const weights: Readonly<Record<string, number>> = {
  'child-protection': 3,
  'looked-after': 3,
  unborn: 2,
  'child-in-need': 2,
  'care-leaver': 1,
}

/** The weight of a child by the help that weighs most; 1 for anybody who is on a caseload at all. */
export const weightOf = (badges: readonly string[]): number =>
  Math.max(1, ...badges.map((badge) => (Object.hasOwn(weights, badge) ? weights[badge]! : 1)))

/** A child of the team, as far as a team at a glance needs it. */
export interface GlanceChild {
  readonly workerId: string | null
  readonly worker: string | null
  readonly badges: readonly string[]
  readonly late: number
  readonly soon: number
  readonly drift: readonly string[]
}

export interface GlanceRow {
  readonly workerId: string | null
  readonly worker: string | null
  readonly children: number
  readonly weight: number
  readonly soon: number
  readonly late: number
  readonly drifted: number
}

/** One row for each worker, by name, those of nobody last. */
export function byWorker(children: readonly GlanceChild[]): GlanceRow[] {
  const rows = new Map<string, GlanceRow>()
  for (const { workerId, worker, badges, late, soon, drift } of children) {
    const key = workerId ?? worker ?? ''
    const row = rows.get(key) ?? { workerId, worker, children: 0, weight: 0, soon: 0, late: 0, drifted: 0 }
    rows.set(key, {
      ...row,
      children: row.children + 1,
      weight: row.weight + weightOf(badges),
      soon: row.soon + soon,
      late: row.late + late,
      drifted: row.drifted + (drift.length > 0 ? 1 : 0),
    })
  }
  return [...rows.values()].sort(
    (a, b) =>
      Number(a.worker === null) - Number(b.worker === null) || (a.worker ?? '').localeCompare(b.worker ?? ''),
  )
}
