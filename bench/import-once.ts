import { openConnection } from '../src/database/connection.ts'
import type { Source } from '../src/importing/model.ts'
import { type Account, runImport } from '../src/importing/running.ts'
import { addRun } from '../src/importing/store.ts'
import { openCensus, readFromEndToEnd } from '../src/returns/reading/cin-census/read.ts'
import { closeInput } from '../src/returns/reading/input.ts'
import { openSsda903, readSsda903 } from '../src/returns/reading/ssda903/read.ts'
import { peakMemory, time } from './support.ts'

/**
 * Reads or imports files once: a program of its own, so that its memory is that of this work alone. It is told what by
 * message, answers with `Done`, and ends.
 */
export interface Wanted {
  source: Exclude<Source, 'people'>
  paths: string[]
  /** Where to enter what they say, as the role for background work; without one they are only read. */
  database?: string
}
export interface Done {
  seconds: number
  peakMemoryMiB: number
  account?: Omit<Account, 'problems' | 'warnings'> & { problems: number }
}

process.once('message', (wanted: Wanted) => {
  void (wanted.database === undefined ? readOnly(wanted) : enter(wanted, wanted.database)).then((done) => {
    process.send?.(done)
    process.disconnect()
  })
})

async function readOnly({ source, paths }: Wanted): Promise<Done> {
  const milliseconds = await time(() => {
    if (source === 'ssda903') {
      const opened = openSsda903(paths)
      for (const children of readSsda903(opened)) children.length
      return opened.close()
    }
    const file = openCensus(paths[0]!)
    for (const children of readFromEndToEnd(file).children) children.length
    return closeInput(file.input)
  })
  return done(milliseconds)
}

async function enter({ source, paths }: Wanted, database: string): Promise<Done> {
  const db = openConnection({ url: database, name: 'bench import' })
  try {
    const run = await addRun(db, { source, period: '', files: paths })
    let account: Account | undefined
    const milliseconds = await time(async () => {
      account = await runImport(db, run, paths)
    })
    const { problems, warnings: _, ...counts } = account!
    return { ...done(milliseconds), account: { ...counts, problems: problems.length } }
  } finally {
    await db.destroy()
  }
}

const done = (milliseconds: number): Done => ({
  seconds: Math.round(milliseconds / 10) / 100,
  peakMemoryMiB: peakMemory(),
})
