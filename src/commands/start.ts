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
 * @returns the exit status: 0 after an interrupt, 1 when something broke, 2 when it could not start
 */
export async function startAndWait(): Promise<number> {
  const say = (line: string) => process.stderr.write(`${line}\n`)
  const told = untilTold()
  let running: Running | undefined
  try {
    const config = readConfig()
    const starting = start({ config, say, fill: (urls) => fillDemonstration(urls, say) })
    // An interrupt while starting lets the step under way finish, so that it can be taken back in order.
    running = await starting
    process.stdout.write(`Cairn answers at ${running.address}\n`)
    const reason = await Promise.race([told, running.broken])
    if (reason !== 'told') say(reason)
    else say('Stopping …')
    await running.stop()
    return reason === 'told' ? 0 : 1
  } catch (error) {
    await running?.stop()
    if (!(error instanceof CannotStart)) throw error
    say(error.message)
    return 2
  }
}

/** Resolves at the first interrupt or request to end; the second ends the process at once. */
function untilTold(): Promise<'told'> {
  return new Promise((done) => {
    let times = 0
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        times += 1
        // npm and the terminal may both pass on one interrupt: only a later one means impatience.
        if (times === 1) setTimeout(() => (times = 2), 500).unref()
        else if (times > 2) process.exit(1)
        done('told')
      })
    }
  })
}

/** Fills an evaluation with invented people the first time. */
async function fillDemonstration(urls: DatabaseUrls, say: (line: string) => void): Promise<void> {
  const demonstration = new URL('./demo.ts', import.meta.url)
  if (!existsSync(demonstration)) return
  const { fillFirstTime } = (await import(demonstration.href)) as {
    fillFirstTime?: (urls: DatabaseUrls, say: (line: string) => void) => Promise<void>
  }
  await fillFirstTime?.(urls, say)
}
