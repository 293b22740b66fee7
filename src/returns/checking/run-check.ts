import { endRun, inRun, openRun } from '../../access/runs.ts'
import type { Connection } from '../../database/connection.ts'
import { UnusableInput } from '../reading/unusable.ts'
import type { AsideWork } from './aside-work.ts'
import { distantHand, type Hand } from './hands.ts'
import { type Engine, loadEngine } from './load.ts'
import type { Checked } from './result.ts'
import {
  addChildren,
  addFindings,
  addRows,
  addTeams,
  type CheckRun,
  type ChildCount,
  emptyCheck,
  findCheck,
  finishCheck,
  noteCheck,
  type Transaction,
} from './store.ts'
import type { Uploaded } from './uploads.ts'

/** Findings that are kept to be looked at. A return with more is wrong from one cause: all are counted, the first shown. */
export const mostKept = 200_000

const atATime = 2000

/** What an uploaded return needs to be: anything else is told whoever uploaded it. */
export const isUnusable = (error: unknown): boolean =>
  error instanceof UnusableInput || (error instanceof Error && error.constructor.name === 'UnusableInput')

/**
 * Checks the files of a run and keeps what was found. Everything is kept in one transaction: a run that is ended
 * half-way has left nothing, and begins again.
 * @param db as the role for background work
 * @throws UnusableInput when a file cannot be read at all
 * @throws RuleDefect when a rule throws
 */
export async function runCheck(
  db: Connection,
  run: CheckRun,
  files: Uploaded,
  signal?: AbortSignal,
): Promise<{ children: number; findings: number }> {
  await noteCheck(db, run.id, { state: 'checking', progress: 0 })
  const engine = await loadEngine()
  const aside = distantHand<AsideWork>(engine.script, 'aside', null)
  try {
    const checked = await check(db, run, files, engine, aside)
    signal?.throwIfAborted()
    const open = await openRun(db, {
      purpose: 'check of an uploaded return',
      population: 'the children of the uploaded files with findings: their team',
      account: run.account_id,
    })
    try {
      await inRun(db, open, (trx) => keep(trx, run, checked, files.files, aside), { readOnly: false })
    } finally {
      await endRun(db, open, checked.children)
    }
    return { children: checked.children, findings: checked.findings.size }
  } finally {
    await aside.close()
  }
}

async function check(
  db: Connection,
  run: CheckRun,
  { files, previous, ...listFiles }: Uploaded,
  { engine, script }: Engine,
  aside: Hand<AsideWork>,
): Promise<Checked> {
  const lists = await aside.call('readLists', listFiles)
  if (run.authority !== null) lists.authority = run.authority
  let told = 0
  const asked = {
    given: files,
    lists,
    // Pages are answered meanwhile.
    aside: true,
    onProgress: (share: number) => {
      const progress = Math.min(80, Math.floor(share * 80))
      if (progress < told + 5) return
      told = progress
      noteCheck(db, run.id, { progress }).catch(() => undefined)
    },
    ...(run.year === null ? {} : { year: run.year }),
    ...(run.ruleset === null ? {} : { ruleset: run.ruleset }),
  }
  return run.return === 'cin-census'
    ? engine.checkCinCensus(asked, script)
    : engine.checkSsda903({ ...asked, previous }, script)
}

/** The place of what is about the whole return, or about a child without an id. */
const nobodys = 0

async function keep(
  trx: Transaction,
  run: CheckRun,
  checked: Checked,
  files: readonly string[],
  aside: Hand<AsideWork>,
): Promise<void> {
  await emptyCheck(trx, run.id)
  const children = countChildren(checked)
  for (const some of inParts([...children.values()], atATime)) await addChildren(trx, run.id, some)
  const kept = await keepFindings(trx, run.id, checked, children)
  const known = [...children.values()].flatMap(({ child }) => child ?? [])
  if (known.length > 0) {
    await aside.call('wanted', { return: run.return, files: [...files], children: new Set(known) })
    for (;;) {
      const some = await aside.call('next', undefined as never)
      if (some === null) break
      const placed = some.map((one) => ({ ...one, place: children.get(one.child)!.place }))
      await addRows(trx, run.id, placed)
    }
    await addTeams(trx, run.id)
  }
  const counts = checked.findings.byRule()
  await finishCheck(trx, run.id, {
    year: checked.year,
    ruleset: checked.ruleset,
    children: checked.children,
    findings: checked.findings.size,
    kept,
    children_found: known.length,
    rules: checked.findings.rules.map(({ code, kind, message }) => ({
      ...{ code, kind, message },
      count: counts.get(code)!,
    })),
    not_run: [...checked.notRun],
    warnings: checked.warnings,
  })
}

/** The children of the findings that are kept, in the order of the return, by id. */
function countChildren({ findings }: Checked): Map<string | null, ChildCount> {
  const children = new Map<string | null, ChildCount>()
  let kept = 0
  for (const { child, kind } of findings) {
    if (kept++ === mostKept) break
    let count = children.get(child)
    if (count === undefined) {
      const place = child === null ? nobodys : children.size + 1
      count = { place, child, errors: 0, queries: 0 }
      children.set(child, count)
    }
    if (kind === 'error') count.errors++
    else count.queries++
  }
  return children
}

async function keepFindings(
  trx: Transaction,
  run: string,
  { findings }: Checked,
  children: ReadonlyMap<string | null, ChildCount>,
): Promise<number> {
  let kept = 0
  let some: Parameters<typeof addFindings>[2][number][] = []
  for (const finding of findings) {
    if (kept === mostKept) break
    some.push({ ...finding, place: ++kept, childPlace: children.get(finding.child)!.place })
    if (some.length < atATime) continue
    await addFindings(trx, run, some)
    some = []
  }
  if (some.length > 0) await addFindings(trx, run, some)
  return kept
}

function* inParts<T>(all: readonly T[], size: number): Generator<T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size)
}

/** Whether a run still waits for its files. */
export async function isUnderWay(db: Connection, id: string): Promise<boolean> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return false
  const run = await findCheck(db, id)
  return run?.state === 'waiting' || run?.state === 'checking'
}
