import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { release, type } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { meshAuthorization } from './mesh-authorization.ts'
import { type Fetched, type MailboxTransport, type Sent, type Tracking, TransportError } from './neutral.ts'
import type { CpIsSettings } from './settings.ts'

/** The version of answers that is asked for. */
const accept = 'application/vnd.mesh.v2+json'
/** No message of CP-IS comes near it; a stranger’s would. Bytes, after unpacking. */
export const mostBytes = 64 * 1024 * 1024
/** Answers that are worth another try of a request that changes nothing. */
const passing: ReadonlySet<number> = new Set([425, 429, 502, 503, 504])
const tries = 3

interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

interface Asked {
  readonly method: 'GET' | 'POST' | 'PUT' | 'HEAD'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: Uint8Array | undefined
}

/**
 * The MESH HTTP API (cp-is.md section 9) over mutual TLS. Requests that change nothing are tried again on passing
 * trouble; sending is not, as that may make two messages of one.
 */
export class MeshClient implements MailboxTransport {
  readonly #settings: CpIsSettings
  readonly #agent: Agent
  readonly #now: () => Date
  readonly #pause: number

  /** @param pause milliseconds before the first second try */
  constructor(settings: CpIsSettings, { now = () => new Date(), pause = 500 } = {}) {
    this.#settings = settings
    this.#now = now
    this.#pause = pause
    // Read anew for each client, so that a certificate that was replaced is used from the next turn on.
    this.#agent = new Agent({
      cert: readFileSync(settings.certificate),
      key: readFileSync(settings.key),
      ca: readFileSync(settings.authorities),
      keepAlive: true,
      minVersion: 'TLSv1.2',
    })
  }

  close(): void {
    this.#agent.destroy()
  }

  async handshake(): Promise<void> {
    await this.#repeat({
      method: 'POST',
      path: '',
      headers: { 'mex-clientversion': 'Cairn', 'mex-osname': type(), 'mex-osversion': release() },
    })
  }

  async send({
    to,
    workflowId,
    localId,
    fileName,
    body,
  }: Parameters<MailboxTransport['send']>[0]): Promise<Sent> {
    const { compress, mailbox } = this.#settings
    const answer = await this.#once({
      method: 'POST',
      path: '/outbox',
      headers: {
        'content-type': 'application/octet-stream',
        'mex-from': mailbox,
        'mex-to': to,
        'mex-workflowid': workflowId,
        'mex-localid': localId,
        'mex-filename': fileName,
        ...(compress ? { 'content-encoding': 'gzip' } : {}),
      },
      body: compress ? gzipSync(body) : body,
    })
    const messageId = jsonOf(answer).message_id
    // Taken, and its id lost on the way: whether it is there can be asked.
    if (answer.status !== 202 || typeof messageId !== 'string')
      throw new TransportError('ambiguous', `Sending was answered with ${answer.status} and without an id`)
    return { messageId }
  }

  async list(): Promise<readonly string[]> {
    const { messages } = jsonOf(await this.#repeat({ method: 'GET', path: '/inbox?max_results=500' }))
    if (!Array.isArray(messages)) throw new TransportError('away', 'The list of the mailbox is not one')
    return messages.filter((one): one is string => typeof one === 'string' && /^[\w-]{1,100}$/.test(one))
  }

  async fetch(id: string): Promise<Fetched> {
    const path = `/inbox/${encodeURIComponent(id)}`
    const first = await this.#repeat({ method: 'GET', path })
    const parts = [first.body]
    let [chunk, last] = [1, first]
    while (last.status === 206) {
      chunk += 1
      last = await this.#repeat({ method: 'GET', path: `${path}/${chunk}` })
      parts.push(last.body)
      if (parts.reduce((sum, part) => sum + part.length, 0) > mostBytes)
        throw new TransportError('refused', 'A message is too large')
    }
    return { headers: first.headers, body: unpacked(Buffer.concat(parts), first.headers) }
  }

  async acknowledge(id: string): Promise<void> {
    await this.#repeat({ method: 'PUT', path: `/inbox/${encodeURIComponent(id)}/status/acknowledged` })
  }

  async trackOwn(localId: string): Promise<Tracking | undefined> {
    try {
      const said = jsonOf(
        await this.#repeat({ method: 'GET', path: `/outbox/tracking/${encodeURIComponent(localId)}` }),
      )
      const messageId = said.message_id ?? said.messageId
      return typeof messageId === 'string' ? { messageId, status: String(said.status ?? '') } : undefined
    } catch (error) {
      if (error instanceof TransportError && error.trouble === 'gone') return undefined
      throw error
    }
  }

  /** Again after passing trouble, each time with a new token: none serves twice. */
  async #repeat(asked: Asked): Promise<Answer> {
    for (let tried = 1; ; tried += 1) {
      try {
        return await this.#once(asked)
      } catch (error) {
        const { trouble } = error as TransportError
        if (tried >= tries || (trouble !== 'away' && trouble !== 'ambiguous')) throw error
        await wait(this.#pause * 2 ** (tried - 1))
      }
    }
  }

  async #once(asked: Asked): Promise<Answer> {
    const answer = await this.#ask(asked)
    if (answer.status < 300) return answer
    throw troubleOf(answer)
  }

  #ask({ method, path, headers = {}, body }: Asked): Promise<Answer> {
    const { url, mailbox, patience } = this.#settings
    return new Promise((done, failed) => {
      const away = (error: NodeJS.ErrnoException) => failed(troubleOfConnection(error, sent))
      let sent = false
      const asking = request(
        `${url.replace(/\/$/, '')}/messageexchange/${mailbox}${path}`,
        {
          method,
          agent: this.#agent,
          timeout: patience,
          headers: {
            ...headers,
            accept,
            authorization: meshAuthorization(this.#settings, { now: this.#now() }),
            'content-length': String(body?.length ?? 0),
          },
        },
        (answer) => void collect(answer).then((bytes) => done(answerOf(answer, bytes)), away),
      )
      asking.on('timeout', () =>
        asking.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' })),
      )
      asking.on('error', away)
      // From here on nobody can know how much of it arrived.
      asking.on('socket', (socket) => {
        if (socket.connecting) socket.once('secureConnect', () => (sent = true))
        else sent = true
      })
      asking.end(body)
    })
  }
}

async function collect(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length
    if (size > mostBytes) {
      answer.destroy()
      throw Object.assign(new Error('too large'), { code: 'TOOLARGE' })
    }
    parts.push(part)
  }
  return Buffer.concat(parts)
}

const answerOf = (answer: IncomingMessage, body: Buffer): Answer => ({
  status: answer.statusCode ?? 0,
  headers: Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  ),
  body,
})

/** Unpacks what came compressed, and no more of it than a message may be. */
function unpacked(body: Buffer, headers: Readonly<Record<string, string>>): Buffer {
  const compressed =
    headers['content-encoding'] === 'gzip' || headers['mex-content-compressed']?.toLowerCase() === 'y'
  if (!compressed || body[0] !== 0x1f || body[1] !== 0x8b) return body
  try {
    return gunzipSync(body, { maxOutputLength: mostBytes })
  } catch {
    throw new TransportError('refused', 'A message cannot be unpacked')
  }
}

function jsonOf({ body }: Answer): Record<string, unknown> {
  try {
    const said = JSON.parse(body.toString('utf8')) as unknown
    return typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** The code of an answer that refuses, in the second version of answers or the first. */
function codeOf(answer: Answer): string | undefined {
  const said = jsonOf(answer)
  const details = said.detail
  const code = Array.isArray(details) ? (details[0] as { code?: unknown } | undefined)?.code : said.errorCode
  return typeof code === 'string' && /^\w{1,10}$/.test(code) ? code : undefined
}

function troubleOf(answer: Answer): TransportError {
  const { status } = answer
  const code = codeOf(answer)
  const says = `MESH answered with ${status}${code ? `, code ${code}` : ''}`
  if (passing.has(status) || status >= 500) return new TransportError('away', says, code)
  if (status === 401 || status === 403) return new TransportError('not-let-in', says, code)
  if (status === 404 || status === 410) return new TransportError('gone', says, code)
  return new TransportError('refused', says, code)
}

function troubleOfConnection(error: NodeJS.ErrnoException, sent: boolean): TransportError {
  const code = error.code ?? ''
  if (code === 'TOOLARGE') return new TransportError('refused', 'An answer is too large')
  // The other side did not believe this certificate, or this side not the other’s.
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/.test(code))
    return new TransportError('not-let-in', `The connection was not trusted (${code})`)
  return new TransportError(
    sent ? 'ambiguous' : 'away',
    `MESH was not reached (${code || 'no reason given'})`,
  )
}
