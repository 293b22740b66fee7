import { createServer } from 'node:net'
import { CannotStart } from './cannot-start.ts'

/**
 * Says that the port is taken before anything is started for it.
 * @throws CannotStart
 */
export function checkFreePort(host: string, port: number): Promise<void> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', ({ code }: NodeJS.ErrnoException) => {
      // Other troubles are told by whoever listens in earnest.
      if (code === 'EADDRINUSE' || code === 'EACCES') failed(portTaken(code, port))
      else done()
    })
    probe.listen(port, host, () => probe.close(() => done()))
  })
}

/** The one line for a port that cannot be had. */
export function portTaken(code: string, port: number): CannotStart {
  return new CannotStart(
    code === 'EACCES'
      ? `This user may not listen on port ${port}. Set PORT to a number above 1023.`
      : `Port ${port} is in use by another program. Set PORT to a free one: PORT=${port + 1} npm start`,
  )
}

/** A port of this machine that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => done(port))
    })
  })
}
