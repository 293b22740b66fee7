import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataFolder, removeFolder, serverProcesses, until } from '../testing/program.ts'

const program = (folder: string) => `
  process.on('SIGTERM', () => console.log('told to end'))
  const { startEmbeddedServer } = await import(${JSON.stringify(join(import.meta.dirname, 'embedded-server.ts'))})
  const server = await startEmbeddedServer({ folder: ${JSON.stringify(folder)}, durable: false })
  await server.stop()
  console.log('made and stopped')`

test('what a whole group of processes is told while the data folder is made is for Cairn, not for PostgreSQL', async () => {
  const data = await dataFolder()
  const starting = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program(join(data, 'postgres'))],
    { cwd: join(import.meta.dirname, '../..'), detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [starting.stdout, starting.stderr])
    stream.on('data', (text) => {
      said += text
    })
  const ended = new Promise((done) => starting.once('close', done))
  try {
    await until(
      'PostgreSQL is making its folder',
      async () => (await serverProcesses(data)).length > 0,
      30_000,
    )
    process.kill(-starting.pid!, 'SIGTERM')
    await ended
    expect(said).toBe('told to end\nmade and stopped\n')
  } finally {
    await removeFolder(data)
  }
})
