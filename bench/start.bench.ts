import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { report, time } from './support.ts'

const bound = 15_000
const root = join(import.meta.dirname, '..')
const port = 3917

/** This machine's own, as a newcomer has it, without what the npm above this bench and Cairn's settings add to it. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(npm_(?!config_)|CAIRN_|DATABASE_|NODE_ENV$)/.test(name)),
)

/** `npm start` in a clone until its first page has come, and then until it has ended after being told to. */
async function startAndStop(clone: string): Promise<{ start: number; stop: number }> {
  const program = spawn('npm', ['start'], {
    cwd: clone,
    env: { ...environment, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  let ended = false
  const end = new Promise<void>((done) => {
    program.once('close', () => {
      ended = true
      done()
    })
  })
  const start = await time(async () => {
    while (!(await pageComes())) {
      if (ended) throw new Error('npm start ended before a page came')
      await wait(20)
    }
  })
  const stop = await time(async () => {
    program.kill('SIGTERM')
    await end
    // npm ends first; the program finishes what is under way.
    while (await isThere()) await wait(20)
  })
  return { start: Math.round(start), stop: Math.round(stop) }
}

async function pageComes(): Promise<boolean> {
  const answer = await fetch(`http://localhost:${port}/sign-in`).catch(() => undefined)
  return answer?.status === 200 && (await answer.text()).includes('</html>')
}

const isThere = () =>
  fetch(`http://localhost:${port}/health/live`).then(
    () => true,
    () => false,
  )

const clone = await mkdtemp(join(tmpdir(), 'cairn-clone-'))
try {
  execFileSync('git', ['clone', '--quiet', root, clone])
  // Its packages are then in npm's own store, as after any earlier install.
  execFileSync('npm', ['ci', '--prefer-offline', '--loglevel=error'], { cwd: clone, stdio: 'inherit' })
  await rm(join(clone, 'node_modules'), { recursive: true })
  const first = await startAndStop(clone)
  const second = await startAndStop(clone)
  await report('start', [
    {
      what: 'npm start from a clean clone, packages downloaded before, to a page that answers (ms)',
      bound: { words: 'under 15 s', held: first.start < bound },
      figures: first,
    },
    { what: 'npm start again (ms)', figures: second },
  ])
} finally {
  await rm(clone, { recursive: true, force: true })
}
