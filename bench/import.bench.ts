import { fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sample } from '../src/testing/samples.ts'
import { benchDatabase } from './database.ts'
import type { Done, Wanted } from './import-once.ts'
import { writeCensus } from './returns/write-cin-census.ts'
import { writeSsda903 } from './returns/write-ssda903.ts'
import { progress, type Result, report } from './support.ts'

/**
 * Returns entered into an empty database, and the same once more, each beside what reading the files alone takes: the
 * sample of another system where it is at hand, and invented returns of 100,000 children (or so many as
 * CAIRN_BENCH_CHILDREN says: for trying something out, not for the figures that are kept).
 */
const children = Number(process.env.CAIRN_BENCH_CHILDREN ?? 100_000)
const most = { seconds: 300, memoryMiB: 512 }

const folder = await mkdtemp(join(tmpdir(), 'cairn-import-bench-'))
try {
  const results: Result[] = []
  const samples = sample('ssda903')
  if (existsSync(samples))
    results.push(...(await entered('the SSDA903 sample', 'ssda903', await filesOf(samples))))
  else process.stdout.write('  the SSDA903 sample: skipped, it is not at hand\n')

  const invented = { children, seed: 3, year: '2024-25' }
  const census = join(folder, 'census.xml')
  writeCensus(census, invented)
  results.push(...(await entered(`a CIN census of ${children} children`, 'cin-census', [census], most)))
  await rm(census)

  const { now } = writeSsda903(folder, invented)
  results.push(
    ...(await entered(
      `an SSDA903 return of ${children} children`,
      'ssda903',
      await filesOf(now.folder),
      most,
    )),
  )
  await report('import', results)
} finally {
  await rm(folder, { recursive: true, force: true })
}

async function filesOf(path: string): Promise<string[]> {
  return (await readdir(path)).filter((name) => name.endsWith('.csv')).map((name) => join(path, name))
}

/** @param bound what a first import may take: seconds, and memory of its process */
async function entered(
  what: string,
  source: Wanted['source'],
  paths: string[],
  bound?: { seconds: number; memoryMiB: number },
): Promise<Result[]> {
  // Whoever else works on the machine takes from the figures: what its load was stands beside them.
  const loadBefore = Math.round(loadavg()[0]! * 10) / 10
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size))
  const read = await inProgram({ source, paths })
  progress(`${what}: read in ${read.seconds} s`)
  const db = await benchDatabase()
  try {
    const first = await inProgram({ source, paths, database: db.jobsUrl })
    progress(`${what}: entered in ${first.seconds} s`)
    const again = await inProgram({ source, paths, database: db.jobsUrl })
    progress(`${what}: entered again in ${again.seconds} s`)
    return [
      {
        what: `${what} into an empty database`,
        ...(bound && {
          bound: {
            words: `under ${bound.seconds} s, under ${bound.memoryMiB} MiB`,
            held: first.seconds < bound.seconds && first.peakMemoryMiB < bound.memoryMiB,
          },
        }),
        figures: {
          ...figures(first),
          fileMiB: Math.round((sizes.reduce((all, size) => all + size, 0) / 2 ** 20) * 10) / 10,
          loadBefore,
        },
      },
      { what: `${what}: the same once more`, figures: figures(again) },
      {
        what: `beside it: ${what} only read`,
        figures: { ...read, importTakes: `${times(first, read)} times as long` },
      },
    ]
  } finally {
    await db.stop()
  }
}

function figures({ account, ...taken }: Done) {
  const { read, created, updated, unchanged, problems } = account!
  const facts = created + updated + unchanged
  return {
    ...taken,
    children: read,
    created,
    updated,
    unchanged,
    problems,
    factsASecond: Math.round(facts / taken.seconds),
  }
}

function times(one: Done, other: Done): number {
  return Math.round((one.seconds / other.seconds) * 10) / 10
}

async function inProgram(wanted: Wanted): Promise<Done> {
  const program = fork(new URL('import-once.ts', import.meta.url), { execArgv: ['--import', 'tsx'] })
  program.send(wanted)
  const ended = once(program, 'exit')
  const answer = await Promise.race([once(program, 'message'), ended.then(() => undefined)])
  if (answer === undefined) throw new Error('The import ended without an answer')
  await ended
  return answer[0] as Done
}
