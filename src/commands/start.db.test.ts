import { spawnSync } from 'node:child_process'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import {
  dataFolder,
  type Program,
  removeFolder,
  serverProcesses,
  startProgram,
  until,
} from '../testing/program.ts'

let data: string
const started: Program[] = []
const start = (...options: Parameters<typeof startProgram>) => {
  const program = startProgram(...options)
  started.push(program)
  return program
}

beforeAll(async () => {
  data = await dataFolder()
})
afterEach(async () => {
  for (const { process, ended } of started.splice(0)) {
    if (process.exitCode === null && process.signalCode === null) process.kill('SIGKILL')
    await ended
  }
  await noServer()
})
afterAll(() => removeFolder(data))

const noServer = () => until('no server is left', async () => (await serverProcesses(data)).length === 0)

const isReady = async (address: string) =>
  (await fetch(`${address}/health/ready`, { signal: AbortSignal.timeout(8000) }).catch(() => undefined))
    ?.status === 200

/** The first process of the server: the parent of the others. */
const postmaster = async () =>
  Number((await readFile(join(data, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0])

/** The process of a connection of the program's. */
async function aConnection(): Promise<number> {
  for (const pid of await serverProcesses(data)) {
    const called = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (/^postgres: \S+_app /.test(called)) return pid
  }
  throw new Error('The program has no connection')
}

describe('npm start', () => {
  test('answers, tells its health and figures, keeps its log free of addresses, and ends when interrupted', async () => {
    const { address, process, ended, said } = start({ data })
    const at = await address
    expect(await (await fetch(`${at}/health`)).json()).toMatchObject({ status: 'ready' })
    expect((await fetch(`${at}/health/live`)).status).toBe(200)
    const metrics = await (await fetch(`${at}/metrics`)).text()
    expect(metrics).toContain('cairn_request_duration_seconds_count')
    expect(metrics).toMatch(/cairn_jobs\{state="failed"\} 0/)
    await fetch(`${at}/nowhere/Elsie-Marrow?name=Marrow`)
    process.kill('SIGINT')
    expect(await ended).toBe(0)
    expect(said()).toContain('Stopping …')
    await noServer()
    const log = await readFile(join(data, 'cairn.log'), 'utf8')
    expect(log).toContain('"answered"')
    expect(log).not.toMatch(/Marrow/)
  })

  test('told to end, finishes the request under way and takes no other', async () => {
    const { address, process: program, ended } = start({ data })
    const { port } = new URL(await address)
    const socket = connect(Number(port), '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text
    })
    const over = new Promise((done) => socket.once('close', done))
    socket.write('POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n')
    socket.write('Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\n\r\n')
    await until('the request is under way', async () => answer.includes('100 Continue'))
    program.kill('SIGTERM')
    await until('no other is taken', async () => !(await isReady(`http://127.0.0.1:${port}`)))
    socket.write('a=12')
    await over
    expect(answer).toMatch(/HTTP\/1\.1 [34]\d\d /)
    expect(await ended).toBe(0)
  })

  test('killed, leaves no server, and starts again', async () => {
    const first = start({ data })
    await first.address
    first.process.kill('SIGKILL')
    await noServer()
    const second = start({ data })
    expect(await isReady(await second.address)).toBe(true)
  })

  test('ends with a line when its database server is killed, and starts again', async () => {
    const first = start({ data })
    await first.address
    process.kill(await postmaster(), 'SIGKILL')
    expect(await first.ended).toBe(1)
    expect(first.said()).toContain('The database server ended by itself')
    const second = start({ data })
    expect(await isReady(await second.address)).toBe(true)
  })

  test('goes on when one connection’s process is killed', async () => {
    const { address, said } = start({ data })
    const at = await address
    process.kill(await aConnection(), 'SIGKILL')
    await until('the pages are ready again', () => isReady(at)).catch((error) => {
      throw new Error(`${error.message}; it said: ${said().slice(-1000)}`)
    })
  })

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'when npm gets %s, ends, and can be started at once',
    async (signal) => {
      const first = start({ data, through: 'npm' })
      await first.address
      first.process.kill(signal)
      const second = start({ data })
      expect(await isReady(await second.address)).toBe(true)
    },
  )

  test('an interrupt while starting takes back what was begun', async () => {
    const { process, ended, said } = start({ data })
    await until('the database is being started', async () => said().includes('Starting the database'))
    process.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(said()).not.toContain('Cairn answers')
  })
})

describe('says in one line why it cannot start, with status 2', () => {
  async function refusal(options: Parameters<typeof startProgram>[0]): Promise<string> {
    const { ended, said } = start(options)
    expect(await ended).toBe(2)
    const lines = said()
      .trim()
      .split('\n')
      .filter((line) => line !== 'Starting the database …')
    expect(lines).toHaveLength(1)
    return lines[0]!
  }

  test('a busy port', async () => {
    const other = createServer()
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const { port } = other.address() as AddressInfo
    try {
      expect(await refusal({ data, env: { PORT: String(port) } })).toContain(`Port ${port} is in use`)
    } finally {
      other.close()
    }
  })

  test('another Cairn on the same data folder', async () => {
    const first = start({ data })
    await first.address
    expect(await refusal({ data })).toMatch(/^Cairn is already running on .* \(process \d+\)/)
    expect(await isReady(await first.address)).toBe(true)
  })

  test('data of another PostgreSQL', async () => {
    const version = join(data, 'postgres/PG_VERSION')
    await writeFile(version, '17\n')
    try {
      expect(await refusal({ data })).toMatch(/belongs to PostgreSQL 17, and this Cairn brings 18/)
    } finally {
      await writeFile(version, '18\n')
    }
  })

  test('a data folder that is a file', async () => {
    const file = join(data, 'a-file')
    await writeFile(file, '')
    expect(await refusal({ data: file })).toContain('is not a folder')
  })

  test('a full disk', async ({ skip }) => {
    const small = join(data, 'small')
    await mkdir(small)
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', small])
    if (mounted.status !== 0) skip('a small disk cannot be mounted here')
    try {
      await chmod(small, 0o711)
      expect(await refusal({ data: join(small, 'data') })).toMatch(/^The disk that holds .* is full/)
    } finally {
      spawnSync('umount', [small])
    }
  })

  test('a production start without a database', async () => {
    expect(await refusal({ data, env: { NODE_ENV: 'production' } })).toContain('DATABASE_URL is not set')
  })
})
