import { endRun, inRun, openRun } from '../access/runs.ts'
import type { Connection } from '../database/connection.ts'
import type { Task } from '../database/task.ts'
import { UnusableInput } from '../returns/reading/unusable.ts'
import { compareTables } from './reconciliation-comparing.ts'
import { partWords } from './reconciliation-model.ts'
import { compareReturn, readReturn } from './reconciliation-returns.ts'
import { emptyReconciled, findReconciled, noteReconciled, type Reconciled } from './reconciliation-store.ts'
import { findRun, type RunRow, type Transaction } from './store.ts'
import { removeUpload, uploadedFiles } from './uploads.ts'

export interface ReconciliationWishes {
  signal?: AbortSignal | undefined
  onProgress?: (says: string) => void
}

/**
 * Calculates one part of a reconciliation and keeps what came of it, in a run whose purpose and population are on the
 * trail. Done again, it gives the same.
 * @param db as the role for background work
 * @param paths the files of a return; none for the files of the load itself, whose rows are kept
 * @throws UnusableInput when the files are none, or the load's rows are no longer kept
 */
export async function runReconciliation(
  db: Connection,
  reconciled: Reconciled,
  paths: readonly string[],
  { signal, onProgress }: ReconciliationWishes = {},
): Promise<void> {
  const { id, part } = reconciled
  const says = async (text: string) => {
    signal?.throwIfAborted()
    onProgress?.(text)
    await noteReconciled(db, id, { says: text })
  }
  try {
    await noteReconciled(db, id, { state: 'working', says: 'Reading' })
    const load = (await findRun(db, reconciled.run_id)) as RunRow & { system: string }
    const told = part === 'tables' ? undefined : await readReturn(part, paths, reconciled.period)
    const trailed = await openRun(db, {
      purpose: `reconciliation of a load: ${partWords[part].toLowerCase()}${told ? `, ${told.period}` : ''}`,
      population: told ? 'the children of the return, theirs and ours' : 'the people of the load',
      account: reconciled.asked_by ?? undefined,
    })
    let looked = 0
    try {
      await inRun(db, trailed, async (trx: Transaction) => {
        await emptyReconciled(trx, id)
        looked = told ? await compareReturn(trx, id, told, says) : await compareTables(trx, id, load, says)
      })
      await noteReconciled(db, id, {
        ...{ state: 'finished', says: null, finished_at: new Date(), trailed_as: trailed.id },
        ...(told && { period: told.period }),
      })
    } finally {
      await endRun(db, trailed, looked)
    }
  } catch (error) {
    // Ended from outside: it waits, and begins again.
    if (signal?.aborted) throw error
    const unusable = error instanceof UnusableInput
    await noteReconciled(db, id, {
      state: unusable ? 'unusable' : 'failed',
      says: unusable
        ? error.message
        : 'Something broke while it was calculated. Try again; the log of the service says more.',
      finished_at: new Date(),
    }).catch(() => undefined)
    throw error
  }
}

/** A reconciliation asked for on a page. */
export const reconciling: Task = {
  name: 'reconciliation',
  async run(id, { db, log, signal }) {
    const asked = id === undefined ? undefined : await findReconciled(db, id)
    if (asked === undefined || !['waiting', 'working'].includes(asked.state)) return
    const paths = asked.part === 'tables' ? [] : await uploadedFiles(asked.id)
    if (asked.part !== 'tables' && paths.length === 0)
      return noteReconciled(db, asked.id, {
        ...{
          state: 'failed',
          says: 'The files are no longer here. Upload them again.',
          finished_at: new Date(),
        },
      })
    try {
      await runReconciliation(db, asked, paths, { signal })
      log.info({ part: asked.part }, 'reconciliation calculated')
    } catch (error) {
      if (signal?.aborted) throw error
      // A page tells whoever asked; the same again would fail again.
      if (!(error instanceof UnusableInput))
        log.error(
          { kind: (error as Error).name, code: (error as { code?: string }).code },
          'reconciliation failed',
        )
    }
    await removeUpload(asked.id)
  },
}
