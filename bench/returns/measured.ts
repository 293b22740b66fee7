import { closeSync, openSync, readSync } from 'node:fs'
import { SaxesParser } from 'saxes'
import { loadEngine } from '../../src/returns/checking/load.ts'
import type { Measured, Work } from './measure.ts'

/* Does one piece of work in this process and tells what it took: see measure.ts. */

const blockSize = 1 << 18

async function check(work: Exclude<Work, { files: string[] }>): Promise<Measured> {
  const { engine, script } = await loadEngine()
  const began = start()
  const threads = work.allCores ? script : null
  const { children, findings } =
    work.what === 'ssda903'
      ? await engine.checkSsda903(work.asked, threads)
      : await engine.checkCinCensus(work.asked, threads)
  return measured(began, children, findings.size)
}

/**
 * Reads files block by block and does nothing with them but this.
 * @param count says how many elements or fields there were in a block
 */
function throughFiles(files: readonly string[], count: (bytes: Buffer) => number): Measured {
  const began = start()
  const bytes = Buffer.alloc(blockSize)
  let counted = 0
  for (const path of files) {
    const file = openSync(path, 'r')
    for (let got = readSync(file, bytes); got > 0; got = readSync(file, bytes))
      counted += count(bytes.subarray(0, got))
    closeSync(file)
  }
  return { ...measured(began, 0, 0), counted }
}

/** As quick as saxes is: with few listeners, and letters that need no decoding. */
function saxes(files: readonly string[]): Measured {
  const parser = new SaxesParser()
  let heard = 0
  const hear = () => {
    heard++
  }
  parser.on('opentag', hear)
  parser.on('text', hear)
  parser.on('closetag', hear)
  return throughFiles(files, (bytes) => {
    const before = heard
    parser.write(bytes.toString('latin1'))
    return heard - before
  })
}

/** The fields of a return as text, row by row. */
function split(files: readonly string[]): Measured {
  let begun = ''
  return throughFiles(files, (bytes) => {
    const lines = (begun + bytes.toString('latin1')).split('\r\n')
    begun = lines.pop()!
    let fields = 0
    for (const line of lines) fields += line.split(',').length
    return fields
  })
}

/** Where fields end, and nothing made of them. */
function scan(files: readonly string[]): Measured {
  return throughFiles(files, (bytes) => {
    let fields = 0
    for (let i = 0; i < bytes.length; i++) if (bytes[i] === 44 || bytes[i] === 10) fields++
    return fields
  })
}

const start = () => ({ at: performance.now(), cpu: process.cpuUsage() })

const measured = (began: ReturnType<typeof start>, children: number, findings: number): Measured => ({
  milliseconds: performance.now() - began.at,
  processorMilliseconds: Object.values(process.cpuUsage(began.cpu)).reduce((sum, one) => sum + one, 0) / 1000,
  peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  ...{ children, findings },
})

const work = JSON.parse(process.argv[2]!) as Work
const plain = { saxes, split, scan }
const done = 'files' in work ? plain[work.what](work.files) : await check(work)
process.stdout.write(JSON.stringify(done))
process.exit(0)
