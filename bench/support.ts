import { mkdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { version } from '../src/version.ts'

/** What a figure was measured on: without it a figure says nothing. */
export function machine() {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryMiB: Math.round(totalmem() / 2 ** 20),
    system: `${process.platform} ${release()}`,
    node: process.versions.node,
  }
}

/** Median and 99th percentile of times in milliseconds, and how many there were. */
export interface Spread {
  median: number
  p99: number
  times: number
}

/** @param milliseconds at least one */
export function spread(milliseconds: readonly number[]): Spread {
  const sorted = [...milliseconds].sort((one, other) => one - other)
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!)
  return { median: at(0.5), p99: at(0.99), times: sorted.length }
}

/** Says on standard error what a bench has come to, and how many seconds after its start. */
export function progress(what: string): void {
  process.stderr.write(`  ${String(Math.round(performance.now() / 1000)).padStart(4)} s  ${what}\n`)
}

/** How long one call took, in milliseconds. */
export async function time(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/**
 * Times two ways of doing the same in turns, so that what disturbs the machine disturbs both.
 * @param times how often each; the first turn of each is thrown away
 * @returns the spread of each, and the median of the ratios first / second, turn by turn
 */
export async function inPairs(
  first: () => unknown,
  second: () => unknown,
  times: number,
): Promise<{ first: Spread; second: Spread; ratio: number }> {
  const turns: [number, number][] = []
  for (let turn = 0; turn <= times; turn += 1) {
    // Who goes first changes, so that neither always finds the caches warm.
    const early = turn % 2 === 0 ? await time(first) : undefined
    const other = await time(second)
    const one = early ?? (await time(first))
    if (turn > 0) turns.push([one, other])
  }
  return {
    first: spread(turns.map(([one]) => one)),
    second: spread(turns.map(([, other]) => other)),
    ratio: spread(turns.map(([one, other]) => one / other)).median,
  }
}

/** The most memory this process ever held, in MiB. */
export const peakMemory = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

export interface Result {
  what: string
  /** The bound of the design, in words, and whether it was held; absent for what has none. */
  bound?: { words: string; held: boolean }
  figures: Record<string, unknown>
}

/**
 * Prints a bench's results and keeps them as bench/results/<name>.json. A bound that is not held fails the bench.
 * @param name of the bench, as `npm run bench <name>` has it
 */
export async function report(name: string, results: readonly Result[]): Promise<void> {
  const folder = join(import.meta.dirname, 'results')
  await mkdir(folder, { recursive: true })
  const day = new Date().toISOString().slice(0, 10)
  const kept = { name, version, day, machine: machine(), peakMemoryMiB: peakMemory(), results }
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(kept, undefined, 2)}\n`)
  for (const { what, bound, figures } of results) {
    const verdict = bound ? ` (${bound.words}: ${bound.held ? 'held' : 'NOT HELD'})` : ''
    process.stdout.write(`  ${what}${verdict}: ${JSON.stringify(figures)}\n`)
    if (bound && !bound.held) process.exitCode = 1
  }
}

const round = (value: number) => Math.round(value * 100) / 100
