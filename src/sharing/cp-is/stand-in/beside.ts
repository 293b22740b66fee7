import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Config } from '../../../database/config.ts'

/** Whoever looks at a demonstration first sees its pages; the NHS’s side may come a moment later. */
const later = 4_000

/**
 * In a demonstration: starts the stand-in of the NHS as a program of its own, some seconds after the pages, and points
 * this process at the settings that it writes. Where CAIRN_CPIS is set, that counts.
 * @returns ends it
 */
export function playTheNhs({
  dataFolder,
  authorityName,
}: Pick<Config, 'dataFolder' | 'authorityName'>): () => Promise<void> {
  if (process.env.CAIRN_CPIS) return async () => undefined
  const folder = `${dataFolder}/cp-is`
  process.env.CAIRN_CPIS = `${folder}/settings.json`
  let program: ChildProcess | undefined
  const timer = setTimeout(() => {
    const run = fileURLToPath(new URL('./run.ts', import.meta.url))
    // Its input is a pipe to this process: when this one is gone, however it ended, so is the pipe, and the program ends.
    program = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), run, folder, authorityName], {
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    program.on('error', () => undefined)
    program.unref()
  }, later)
  timer.unref()
  return async () => {
    clearTimeout(timer)
    delete process.env.CAIRN_CPIS
    program?.stdin?.end()
  }
}
