import { createServer, type Server } from 'node:net'

/** A clamd for tests: speaks INSTREAM over a real socket and finds what holds the word it looks for. */
export interface StandInClamd {
  readonly port: number
  /** How many files it has looked at. */
  seen(): number
  stop(): Promise<void>
}

export async function standInClamd({
  finds,
  named,
}: {
  finds: string
  named: string
}): Promise<StandInClamd> {
  let seen = 0
  const server: Server = createServer((socket) => {
    let held = Buffer.alloc(0)
    let file = Buffer.alloc(0)
    let begun = false
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      held = Buffer.concat([held, bytes])
      if (!begun) {
        const end = held.indexOf(0)
        if (end < 0) return
        // As the real one: what is no command ends the conversation.
        if (held.subarray(0, end).toString() !== 'zINSTREAM') return void socket.end('UNKNOWN COMMAND\0')
        begun = true
        held = held.subarray(end + 1)
      }
      while (held.length >= 4) {
        const length = held.readUInt32BE(0)
        if (length === 0) {
          seen += 1
          return void socket.end(file.includes(finds) ? `stream: ${named} FOUND\0` : 'stream: OK\0')
        }
        if (held.length < 4 + length) return
        file = Buffer.concat([file, held.subarray(4, 4 + length)])
        held = held.subarray(4 + length)
      }
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as { port: number }).port,
    seen: () => seen,
    stop: () => new Promise((done) => server.close(() => done())),
  }
}
