import { existsSync } from 'node:fs'
import type { Command } from 'commander'
import { CannotStart } from '../database/cannot-start.ts'
import { type DatabaseUrls, readConfig } from '../database/config.ts'
import { type Running, start } from '../main.ts'

/** `cairn start`: serves until it is told to stop. */
export function define(command: Command): void {
  command.action(async () => {
    Object.assign(command, { status: await startAndWait() })
  })
}

/**
 * Starts, tells the person at the terminal where, and waits for an interrupt or the end of something it stands on.
 * @param told aborts when somebody wants it to end; interrupts are added to that
 * @returns the exit status: 0 after an interrupt, 1 when something broke, 2 when it could not start
 */
export async function startAndWait(told = new AbortController()): Promise<number> {
  const say = (line: string) => process.stderr.write(`${line}\n`)
  listenForInterrupts(told)
  let running: Running | undefined
  try {
    const config = readConfig()
    running = await start({
      config,
      say,
      signal: told.signal,
      fill: (urls) => fillDemonstration(urls, say, told.signal),
    })
    process.stdout.write(`Cairn answers at ${running.address}\n`)
    const reason = await Promise.race([aborted(told.signal), running.broken])
    say(reason ?? 'Stopping …')
    await running.stop()
    return reason === undefined ? 0 : 1
  } catch (error) {
    if (told.signal.aborted) return 0
    if (!(error instanceof CannotStart)) throw error
    say(error.message)
    return 2
  }
}

/** The first interrupt asks for an orderly end; a later one ends the process at once. */
function listenForInterrupts(told: AbortController): void {
  let impatient = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (impatient) process.exit(1)
      // npm and the terminal may both pass on one interrupt.
      setTimeout(() => {
        impatient = true
      }, 500).unref()
      told.abort()
    })
  }
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((done) => {
    if (signal.aborted) done(undefined)
    else signal.addEventListener('abort', () => done(undefined), { once: true })
  })
}

/** Begins to fill an evaluation with invented people the first time. */
async function fillDemonstration(
  urls: DatabaseUrls,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const demonstration = new URL('./demo.ts', import.meta.url)
  if (!existsSync(demonstration)) return
  const { fillFirstTime } = (await import(demonstration.href)) as {
    fillFirstTime?: (urls: DatabaseUrls, say: (line: string) => void, signal: AbortSignal) => Promise<void>
  }
  await fillFirstTime?.(urls, say, signal)
}
