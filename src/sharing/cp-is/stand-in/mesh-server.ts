import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gunzipSync, gzipSync } from 'node:zlib'
import { meshHash } from '../mesh-authorization.ts'
import type { Faults } from './faults.ts'

/** A message as MESH keeps it. */
export interface Stored {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly workflowId: string
  readonly localId: string
  readonly fileName: string
  readonly type: 'DATA' | 'REPORT'
  readonly headers: Readonly<Record<string, string>>
  /** Parts as they are delivered; one for nearly every message. */
  readonly body: Buffer
  readonly compressed: boolean
  readonly at: number
  status: 'accepted' | 'acknowledged' | 'undeliverable'
}

export interface Mailbox {
  readonly id: string
  readonly password: string
  readonly odsCode: string
  readonly sends: readonly string[]
  readonly receives: readonly string[]
}

interface Refusal {
  readonly status: number
  readonly code: string
  readonly says: string
  readonly event?: string
}

/** A request has its answer, or is left without one on purpose. */
type Done = 'answered'

const day = 86_400_000
const controlCharacter = /\p{Cc}/u

/** MESH itself: mailboxes, messages, and the answers of its HTTP API (cp-is.md sections 9 and 12.1). */
export class MeshServer {
  readonly mailboxes = new Map<string, Mailbox>()
  readonly messages = new Map<string, Stored>()
  readonly sharedKey: string
  readonly faults: Faults
  readonly now: () => Date
  /** Called when a message was taken. */
  onMessage: (message: Stored) => void = () => undefined
  readonly #used = new Map<string, number>()
  #made = 0

  constructor({ sharedKey, faults, now }: { sharedKey: string; faults: Faults; now: () => Date }) {
    this.sharedKey = sharedKey
    this.faults = faults
    this.now = now
  }

  /** Puts a message into a mailbox; null for what nobody sent by HTTP. */
  put(message: Omit<Stored, 'id' | 'at' | 'status' | 'compressed'> & { compressed?: boolean }): Stored {
    this.#made += 1
    const stamp = this.now()
      .toISOString()
      .replaceAll(/[-:TZ.]/g, '')
      .padEnd(20, '0')
    const id = `${stamp}_${(this.#made % 0x1000000).toString(16).padStart(6, '0').toUpperCase()}`
    const stored: Stored = { compressed: false, ...message, id, at: this.now().getTime(), status: 'accepted' }
    this.messages.set(id, stored)
    return stored
  }

  inbox(mailbox: string): Stored[] {
    return [...this.messages.values()].filter(({ to, status }) => to === mailbox && status === 'accepted')
  }

  /** What five days and thirty do to messages that nobody takes. */
  age(): void {
    const now = this.now().getTime()
    for (const message of [...this.messages.values()]) {
      if (now - message.at > 30 * day) this.messages.delete(message.id)
      else if (message.status === 'accepted' && now - message.at > 5 * day) {
        message.status = 'undeliverable'
        if (message.type === 'DATA' && this.mailboxes.has(message.from))
          this.report(message, '14', 'Message not collected by recipient after 5 days')
      }
    }
  }

  /** Tells the sender that a message did not get through. */
  report(about: Stored, code: string, says: string): void {
    this.put({
      from: '',
      to: about.from,
      workflowId: about.workflowId,
      localId: about.localId,
      fileName: '',
      type: 'REPORT',
      body: Buffer.alloc(0),
      headers: {
        'mex-linkedmsgid': about.id,
        'mex-statuscode': code,
        'mex-statusevent': 'SEND',
        'mex-statussuccess': 'ERROR',
        'mex-statusdescription': says,
      },
    })
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<Done> {
    const body = await bodyOf(request)
    const url = new URL(request.url ?? '/', 'https://mesh')
    const [, root, mailboxId = '', ...rest] = url.pathname.split('/').map(decodeURIComponent)
    const reply = new Reply(response, request.headers.accept)
    if (await this.faults.beforeAnswer(request, response)) return 'answered'
    if (root !== 'messageexchange') return reply.refuse({ status: 404, code: '', says: 'Not found' })
    if (mailboxId === 'endpointlookup') {
      const results = [...this.mailboxes.values()].filter(
        ({ odsCode, receives }) => odsCode === rest[0] && receives.includes(rest[1] ?? ''),
      )
      return reply.json(200, { results: results.map(({ id }) => ({ mailbox_id: id, mailbox_name: id })) })
    }
    const mailbox = this.mailboxes.get(mailboxId)
    const denied = this.#deny(request, mailbox)
    if (denied || !mailbox) return reply.refuse(denied ?? { status: 403, code: '', says: 'Not allowed' })
    const route = `${request.method} /${rest[0] ?? ''}`
    if (route === 'POST /' || route === 'GET /') return this.#handshake(request, reply)
    if (route === 'GET /inbox' && rest.length === 1) return this.#list(mailbox, url, reply)
    if ((route === 'GET /inbox' || route === 'HEAD /inbox') && rest.length <= 3)
      return this.#download(mailbox, rest, request.method === 'HEAD', reply)
    if (route === 'PUT /inbox' && rest[2] === 'status' && rest[3] === 'acknowledged')
      return this.#acknowledge(mailbox, rest[1]!, reply)
    if (route === 'POST /outbox' && rest.length === 1)
      return this.#send(mailbox, request, body, reply, response)
    if (route === 'GET /outbox' && rest[1] === 'tracking') return this.#track(mailbox, rest[2], url, reply)
    return reply.refuse({ status: 404, code: '', says: 'Not found' })
  }

  /** One token, one request, two hours. */
  #deny(request: IncomingMessage, mailbox: Mailbox | undefined): Refusal | undefined {
    const refusal = { status: 403, code: '', says: 'Not authorised' }
    const token = /^NHSMESH ([^:\s]+):([^:\s]+):(\d+):(\d{12}):([0-9a-f]{64})$/i.exec(
      request.headers.authorization ?? '',
    )
    if (!token || !mailbox) return refusal
    const [, id, nonce, count, timestamp, hash] = token as unknown as [
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    const at = Date.parse(timestamp.replace(/(....)(..)(..)(..)(..)/, '$1-$2-$3T$4:$5:00Z'))
    const now = this.now().getTime()
    if (id !== mailbox.id || Number.isNaN(at) || Math.abs(at - now) > 2 * 3_600_000) return refusal
    const expected = meshHash(
      { mailbox: id, password: mailbox.password, sharedKey: this.sharedKey },
      nonce,
      count,
      timestamp,
    )
    if (expected !== hash.toLowerCase()) return refusal
    const key = `${id} ${nonce} ${count}`
    if (this.#used.has(key)) return refusal
    this.#used.set(key, at)
    if (this.#used.size > 50_000)
      for (const [old, when] of this.#used) if (now - when > 3 * 3_600_000) this.#used.delete(old)
    return undefined
  }

  #handshake(request: IncomingMessage, reply: Reply): Done {
    const missing = ['mex-clientversion', 'mex-osname', 'mex-osversion'].find(
      (name) => !request.headers[name],
    )
    if (missing) return reply.refuse({ status: 400, code: '06', says: `${missing} is missing` })
    return reply.empty(200)
  }

  #list(mailbox: Mailbox, url: URL, reply: Reply): Done {
    const most = Number(url.searchParams.get('max_results') ?? 500)
    if (!Number.isInteger(most) || most < 10 || most > 5000)
      return reply.refuse({ status: 400, code: '06', says: 'max_results' })
    const waiting = this.inbox(mailbox.id)
    const ids = this.faults.order(waiting.map(({ id }) => id)).slice(0, most)
    return reply.json(200, {
      messages: ids,
      links: { self: url.pathname },
      approx_inbox_count: waiting.length,
    })
  }

  #find(mailbox: Mailbox, id: string | undefined, head: boolean): Stored | Refusal {
    const message = this.messages.get(id ?? '')
    const unknown = { status: 404, code: '20', says: 'Message does not exist', event: 'RECEIVE' }
    if (!message) return unknown
    if (message.to !== mailbox.id) return head ? unknown : { status: 403, code: '', says: 'Not yours' }
    if (message.status !== 'accepted')
      return { status: 410, code: '', says: 'No longer there', event: 'RECEIVE' }
    return message
  }

  #download(mailbox: Mailbox, [, id, chunk = '1']: string[], head: boolean, reply: Reply): Done {
    const message = this.#find(mailbox, id, head)
    if (!('body' in message)) return reply.refuse(message)
    const gzip = this.faults.gzip
    const body = gzip ? gzipSync(message.body) : message.body
    const parts =
      this.faults.chunked && body.length > 1
        ? [body.subarray(0, Math.ceil(body.length / 2)), body.subarray(Math.ceil(body.length / 2))]
        : [body]
    const place = Number(chunk)
    const part = parts[place - 1]
    if (!part) return reply.refuse({ status: 404, code: '20', says: 'Message does not exist' })
    return reply.bytes(place < parts.length ? 206 : 200, head ? Buffer.alloc(0) : part, {
      'mex-from': message.from,
      'mex-to': message.to,
      'mex-workflowid': message.workflowId,
      'mex-messageid': message.id,
      'mex-messagetype': message.type,
      'mex-localid': message.localId,
      'mex-filename': message.fileName,
      'mex-statuscode': '00',
      ...message.headers,
      ...(gzip ? { 'content-encoding': 'gzip' } : {}),
      ...(parts.length > 1
        ? { 'mex-chunk-range': `${place}:${parts.length}`, 'mex-total-chunks': String(parts.length) }
        : {}),
    })
  }

  #acknowledge(mailbox: Mailbox, id: string, reply: Reply): Done {
    const message = this.messages.get(id)
    if (!message || message.to !== mailbox.id)
      return reply.refuse({ status: 404, code: '20', says: 'Message does not exist' })
    if (this.faults.take('loseAcknowledgement') === 0) message.status = 'acknowledged'
    return reply.empty(200)
  }

  #send(
    mailbox: Mailbox,
    request: IncomingMessage,
    raw: Buffer,
    reply: Reply,
    response: ServerResponse,
  ): Done {
    const header = (name: string) => String(request.headers[name] ?? '')
    const refuse = (status: number, code: string, says: string) =>
      reply.refuse({ status, code, says, event: 'SEND' })
    const [from, to, workflowId] = [header('mex-from'), header('mex-to'), header('mex-workflowid')]
    const bad = Object.entries(request.headers).find(
      ([name, value]) => name.startsWith('mex-') && controlCharacter.test(String(value)),
    )
    if (bad || !workflowId || header('mex-localid').length > 300)
      return refuse(400, '06', 'Malformed headers')
    if (from && from !== mailbox.id) return refuse(417, '07', 'From does not match')
    if (!to) return refuse(400, '08', 'Mex-To is missing')
    const recipient = this.mailboxes.get(to)
    if (!recipient) return refuse(417, '12', 'Unregistered recipient')
    if (!mailbox.sends.includes(workflowId) || !recipient.receives.includes(workflowId))
      return refuse(417, '17', 'Workflow is not registered')
    const encoding = header('content-encoding')
    if (encoding && encoding !== 'gzip') return refuse(422, '06', 'Encoding')
    if (raw.length === 0) return refuse(417, '02', 'MissingDataFile')
    const body = encoding === 'gzip' ? gunzipSync(raw) : raw
    if (this.faults.badFile === 'at-once' && this.faults.isBad(body))
      return refuse(417, '15', 'Bad CP-IS file')
    const stored = this.put({
      from: mailbox.id,
      to,
      workflowId,
      localId: header('mex-localid'),
      fileName: header('mex-filename'),
      type: 'DATA',
      headers: {},
      body,
    })
    // What waits to be taken by CP-IS is taken at once, unless it is down.
    this.onMessage(stored)
    if (this.faults.take('dropAfterSend') > 0) {
      response.destroy()
      return 'answered'
    }
    return reply.json(202, { message_id: stored.id })
  }

  #track(mailbox: Mailbox, localId: string | undefined, url: URL, reply: Reply): Done {
    const wanted = localId ?? url.searchParams.get('messageID') ?? ''
    const found = [...this.messages.values()].filter(
      (one) => one.from === mailbox.id && (localId ? one.localId === wanted : one.id === wanted),
    )
    const [first] = found
    if (!first) return reply.refuse({ status: 404, code: '20', says: 'Message does not exist' })
    if (found.length > 1) return reply.json(300, { messages: found.map(({ id }) => id) })
    return reply.json(200, {
      message_id: first.id,
      local_id: first.localId,
      workflow_id: first.workflowId,
      filename: first.fileName,
      recipient: first.to,
      status: first.status,
    })
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts)
}

/** Answers in the second version of MESH’s bodies where it was asked for, else in the first. */
class Reply {
  readonly #response: ServerResponse
  readonly #second: boolean

  constructor(response: ServerResponse, accept: string | undefined) {
    this.#response = response
    this.#second = accept?.includes('vnd.mesh.v2+json') ?? false
  }

  json(status: number, said: object): Done {
    this.#response.writeHead(status, {
      'content-type': this.#second ? 'application/vnd.mesh.v2+json' : 'application/json',
    })
    this.#response.end(JSON.stringify(said))
    return 'answered'
  }

  empty(status: number): Done {
    this.#response.writeHead(status)
    this.#response.end()
    return 'answered'
  }

  bytes(status: number, body: Buffer, headers: Record<string, string>): Done {
    this.#response.writeHead(status, { 'content-type': 'application/octet-stream', ...headers })
    this.#response.end(body)
    return 'answered'
  }

  refuse({ status, code, says, event = 'SEND' }: Refusal): Done {
    return this.json(
      status,
      this.#second
        ? {
            message_id: null,
            internal_id: randomBytes(4).toString('hex'),
            detail: [{ event, code, msg: says }],
          }
        : { messageID: '', errorEvent: event, errorCode: code, errorDescription: says },
    )
  }
}
