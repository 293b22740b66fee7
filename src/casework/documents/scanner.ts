import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** The scanner cannot be asked: nothing is taken in meanwhile. */
export class ScannerDown extends Error {}

/** One file being looked at while it passes. */
export interface Scan {
  send(bytes: Uint8Array): Promise<void>
  /** What was found, by the scanner's own name for it; undefined when nothing was. @throws ScannerDown */
  verdict(): Promise<string | undefined>
  /** The file is not wanted any longer. */
  drop(): void
}

export interface Scanner {
  /** @throws ScannerDown */
  begin(): Promise<Scan>
}

const patience = 30_000

/** clamd over TCP, by its command INSTREAM: the file goes over as it comes and is written nowhere. */
export function clamdAt(host: string, port: number): Scanner {
  return {
    async begin() {
      const socket = connect({ host, port })
      socket.setTimeout(patience, () => socket.destroy(new Error('clamd is silent')))
      let said = ''
      socket.on('data', (bytes) => {
        said += bytes
      })
      const ended = once(socket, 'close').then(() => undefined)
      socket.on('error', () => undefined)
      await Promise.race([once(socket, 'connect'), ended]).catch(() => undefined)
      if (socket.connecting || socket.destroyed) throw new ScannerDown()
      await write(socket, Buffer.from('zINSTREAM\0'))
      return {
        async send(bytes) {
          const length = Buffer.alloc(4)
          length.writeUInt32BE(bytes.length)
          await write(socket, length)
          await write(socket, bytes)
        },
        async verdict() {
          await write(socket, Buffer.alloc(4))
          const over = new AbortController()
          await Promise.race([ended, wait(patience, undefined, { signal: over.signal, ref: false })])
          over.abort()
          socket.destroy()
          const [, found, is] = /^stream: (?:(.+) )?(OK|FOUND)\0?\s*$/.exec(said) ?? []
          if (is === undefined) throw new ScannerDown()
          return is === 'FOUND' ? (found ?? 'unnamed') : undefined
        },
        drop: () => socket.destroy(),
      }
    },
  }
}

/** Waits while the other side is slow; one that has gone says so when it is asked for its verdict. */
async function write(socket: Socket, bytes: Uint8Array): Promise<void> {
  if (socket.destroyed || socket.write(bytes)) return
  await Promise.race([once(socket, 'drain'), once(socket, 'close')]).catch(() => undefined)
}
