import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** A process that gets ready to serve; `listen` lets it, and says where it answers. */
export interface ServingProcess {
  readonly process: ChildProcess
  /** @throws when it ended before */
  listen(): Promise<string>
}

/**
 * Processes that serve the pages over a test's database, to be killed. The program (serve-database.ts) is bundled once,
 * so that each of them starts in a third of the time.
 * @param url of the database, as the pages' role
 */
export async function servingProcesses(url: string): Promise<{
  begin(): ServingProcess
  remove(): Promise<void>
}> {
  // Where the packages are found that are not in the bundle.
  const program = join(import.meta.dirname, `../../node_modules/.cache/cairn/serving-${process.pid}.mjs`)
  await build({
    entryPoints: [join(import.meta.dirname, 'serve-database.ts')],
    outfile: program,
    ...{ bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external' },
    plugins: [
      {
        // Templates and codes are read from where they lie, and that is not where the bundle lies.
        name: 'where-files-lie',
        setup: ({ onLoad }) =>
          onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
            contents: (await readFile(path, 'utf8'))
              .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
              .replaceAll('import.meta.dirname', JSON.stringify(dirname(path))),
            loader: 'ts',
          })),
      },
    ],
  })
  return { begin: () => begin(program, url), remove: () => rm(program, { force: true }) }
}

function begin(program: string, url: string): ServingProcess {
  const process = fork(program, [url])
  const ready = message(process)
  ready.catch(() => undefined)
  const listen = async () => {
    await ready
    const listening = message<{ port: number }>(process)
    process.send('listen')
    return `http://127.0.0.1:${(await listening).port}`
  }
  return { process, listen }
}

/** The next message of a process; rejects when it ends before. */
const message = <T>(process: ChildProcess) =>
  Promise.race([
    once(process, 'message').then(([said]) => said as T),
    once(process, 'close').then(([status]) => Promise.reject(new Error(`It ended with ${status}`))),
  ])
