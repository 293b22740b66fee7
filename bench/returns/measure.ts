import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { AskedCensus } from '../../src/returns/checking/cin-census.ts'
import type { AskedSsda903 } from '../../src/returns/checking/ssda903.ts'

/** What one process of its own is to do: check a return, or read its files as plainly as can be. */
export type Work =
  | { what: 'cin-census'; asked: Omit<AskedCensus, 'onProgress'>; allCores: boolean }
  | { what: 'ssda903'; asked: Omit<AskedSsda903, 'onProgress'>; allCores: boolean }
  | { what: 'saxes'; files: string[] }
  | { what: 'split' | 'scan'; files: string[] }

export interface Measured {
  milliseconds: number
  /** What all threads together were busy: hardly more on a machine that is busy with other things too. */
  processorMilliseconds: number
  /** Of the whole process with all its threads, from its start. */
  peakMemoryMiB: number
  children: number
  findings: number
  /** Elements or fields, where nothing else was done. */
  counted?: number
}

const root = join(import.meta.dirname, '..', '..')

/**
 * Does each work so many times, each time in a new process, so that none warms another up and each has its own peak of
 * memory; in turns, so that what disturbs the machine disturbs all of them.
 * @returns of each the one in the middle by time, with the highest peak of all
 */
export function measureInTurns<K extends string>(works: Record<K, Work>, times: number): Record<K, Measured> {
  const names = Object.keys(works) as K[]
  const turns = Array.from({ length: times }, () =>
    Object.fromEntries(names.map((name) => [name, once(works[name])])),
  ) as Record<K, Measured>[]
  return Object.fromEntries(
    names.map((name) => {
      const all = turns.map((turn) => turn[name])
      const middle = [...all].sort((one, other) => one.milliseconds - other.milliseconds)[times >> 1]!
      return [name, { ...middle, peakMemoryMiB: Math.max(...all.map((one) => one.peakMemoryMiB)) }]
    }),
  ) as Record<K, Measured>
}

function once(work: Work): Measured {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'measured.ts'), JSON.stringify(work)],
    { cwd: root, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

/** Milliseconds from the start of `cairn check` until it tells its first finding. */
export function untilFirstFinding(args: readonly string[]): Promise<number> {
  return new Promise((done, failed) => {
    const began = performance.now()
    const command = spawn(process.execPath, [join(root, 'bin/cairn.js'), 'check', ...args, '--ndjson'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    command.stdout.once('data', () => {
      done(Math.round(performance.now() - began))
      command.kill()
    })
    command.once('error', failed)
    command.once('close', () => failed(new Error('cairn check told no finding')))
  })
}

/** Children a second, with what else was measured. */
export const figuresOf = ({
  milliseconds,
  processorMilliseconds,
  peakMemoryMiB,
  children,
  findings,
}: Measured) => ({
  milliseconds: Math.round(milliseconds),
  processorMilliseconds: Math.round(processorMilliseconds),
  childrenASecond: Math.round((children / milliseconds) * 1000),
  ...{ findings, peakMemoryMiB },
})

/** Of what is only read. */
export const timesOf = ({ milliseconds, processorMilliseconds }: Measured) => ({
  milliseconds: Math.round(milliseconds),
  processorMilliseconds: Math.round(processorMilliseconds),
})
