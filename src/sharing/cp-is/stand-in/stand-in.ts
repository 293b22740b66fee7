import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer as createHttp, type Server } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { dayOf } from '../../../web/words.ts'
import type { CpIsSettingsGiven } from '../settings.ts'
import { answerControl } from './control.ts'
import { Faults } from './faults.ts'
import { MeshServer, type Stored } from './mesh-server.ts'
import {
  type Answered,
  accessNotification,
  inactiveNotification,
  type Look,
  uploadResponse,
} from './messages.ts'
import { type DirectoryPerson, type Held, Register } from './register.ts'
import { BadFile, readUpload, type Upload } from './uploads.ts'

export const mailboxes = { authority: 'X26LA001', cpIs: 'X26CPIS1' } as const
export const workflows = {
  upload: 'CPIS_UPLOAD',
  answer: 'CPIS_UPLOAD_ACK',
  access: 'CPIS_ACCESS',
  inactive: 'CPIS_INACTIVE',
} as const
const password = 'a password of the stand-in'
const sharedKey = 'TestKey'

export interface StandInOptions {
  /** Where certificates, settings and its memory lie. */
  folder: string
  /** Its register comes to know whoever it is told of first: in a demonstration everybody is invented. */
  learns?: boolean
  /** Milliseconds before an answer. */
  answersAfter?: number
  port?: number
  controlPort?: number
  /** Keeps what it knows in its folder. */
  remembers?: boolean
  settings?: Partial<CpIsSettingsGiven>
}

interface Memory {
  directory: DirectoryPerson[]
  held: Held[]
  messages: (Omit<Stored, 'body'> & { body: string })[]
  accesses: Look[]
  ahead: number
}

/**
 * The NHS’s side, as a program of its own: MESH over HTTPS with client certificates, CP-IS behind it with a register of
 * people, and a switchboard on a plain port of this machine, which is no part of the imitation.
 */
export class StandIn {
  readonly faults = new Faults()
  readonly register = new Register()
  readonly mesh: MeshServer
  readonly accesses: Look[] = []
  readonly #options: StandInOptions
  #ahead = 0
  #again: Stored | undefined
  #servers: Server[] = []
  settingsFile = ''
  controlUrl = ''

  constructor(options: StandInOptions) {
    this.#options = options
    this.register.learns = options.learns ?? false
    this.mesh = new MeshServer({ sharedKey, faults: this.faults, now: () => this.now() })
    this.mesh.mailboxes.set(mailboxes.authority, {
      id: mailboxes.authority,
      password,
      odsCode: 'ZZ999',
      sends: [workflows.upload],
      receives: [workflows.answer, workflows.access, workflows.inactive],
    })
    this.mesh.mailboxes.set(mailboxes.cpIs, {
      id: mailboxes.cpIs,
      password: randomUUID(),
      odsCode: 'X26',
      sends: [workflows.answer, workflows.access, workflows.inactive],
      receives: [workflows.upload],
    })
    this.mesh.onMessage = (message) => this.#arrived(message)
  }

  now(): Date {
    return new Date(Date.now() + this.#ahead)
  }

  /** Lets the virtual clock run ahead; what days and nights do happens at once. */
  advance(milliseconds: number): void {
    this.#ahead += milliseconds
    this.mesh.age()
    this.register.drop(dayOf(this.now()))
    this.remember()
  }

  // ------------------------------------------------------------------------------------------ CP-IS

  #arrived(message: Stored): void {
    if (message.to !== mailboxes.cpIs) return
    if (this.faults.switches.asleep) return
    const after = this.#options.answersAfter ?? 0
    if (after > 0) setTimeout(() => this.#work(message), after).unref()
    else this.#work(message)
  }

  /** Takes what lay in the mailbox while nobody looked. */
  wake(): void {
    for (const message of this.mesh.inbox(mailboxes.cpIs)) this.#work(message)
  }

  #work(message: Stored): void {
    message.status = 'acknowledged'
    if (this.faults.badFile === 'by-report' && this.faults.isBad(message.body)) {
      this.mesh.report(message, '15', 'Bad CP-IS file')
      this.remember()
      return
    }
    this.#answer(message)
    // A file that is worked through again after its successor: the older state is what the NHS shows then.
    const again = this.#again
    this.#again = undefined
    if (again) this.#answer(again)
    if (this.faults.take('workTwice') > 0) this.#again = message
    this.remember()
  }

  /** Works a file that was kept for a second time through now, when no successor came. */
  workKept(): void {
    const again = this.#again
    this.#again = undefined
    if (again) this.#answer(again)
  }

  #answer(message: Stored): void {
    const answered = this.#judge(message.body)
    if (this.faults.take('loseAnswer') > 0) return
    const sequence = this.faults.take('wrongSequence') > 0 ? '999999999' : answered.sequence
    const text = uploadResponse({ ...answered, sequence }, this.now())
    const times = this.faults.take('answerTwice') > 0 ? 2 : 1
    for (let n = 0; n < times; n += 1)
      this.deliver(workflows.answer, shaped(text, this.faults.switches.answerAs), message.localId)
  }

  #judge(body: Uint8Array): Answered {
    let upload: Upload
    try {
      upload = readUpload(body)
    } catch (error) {
      if (error instanceof BadFile) return { sequence: error.sequence, file: 'CPF01', answers: [] }
      throw error
    }
    const { sequence } = upload
    const forced = this.faults.switches.fileCode
    if (forced) return { sequence, file: forced, answers: [] }
    if (this.faults.take('pdsDown') > 0) return { sequence, file: 'CPF05', answers: [] }
    const { code, telephones, name } = upload.authority
    const answers = this.register.upload(
      { authority: code, sequence, contact: `${name} ${telephones.join(' ')}`, records: upload.records },
      dayOf(this.now()),
      this.faults.switches.unknownDetail,
    )
    const ok = answers.filter((one) => one.code === 'CPR06').length
    return { sequence, upload, answers, file: ok === answers.length ? 'CPF02' : ok > 0 ? 'CPF03' : 'CPF04' }
  }

  /** Puts a message of CP-IS into the authority’s mailbox. */
  deliver(workflowId: string, text: string | Buffer, localId = ''): Stored {
    return this.mesh.put({
      from: mailboxes.cpIs,
      to: mailboxes.authority,
      workflowId,
      localId,
      fileName: '',
      type: 'DATA',
      headers: {},
      body: Buffer.from(text),
    })
  }

  /** Somebody in health looks a number up. @returns what they see; in unscheduled care each authority that told it is told of the look */
  look({
    number,
    who = 'Jo Testnurse',
    role = 'Staff Nurse',
    organisation = { code: 'ZZE01', name: 'EXAMPLE HOSPITAL EMERGENCY DEPARTMENT' },
    unscheduled = true,
    bySystem = false,
    at = this.now(),
  }: { number: string } & Partial<Pick<Look, 'who' | 'role' | 'organisation' | 'bySystem' | 'at'>> & {
      unscheduled?: boolean
    }): Held[] {
    const held = this.register.of(number)
    if (!unscheduled) return held
    for (const authority of new Set(held.map((one) => one.authority))) {
      const one = held.find((each) => each.authority === authority)!
      const look: Look = {
        id: randomUUID(),
        at,
        number,
        localId: one.localId,
        sequence: one.sequence,
        who,
        role,
        organisation,
        bySystem,
      }
      this.accesses.unshift(look)
      if (authority === 'ZZ999') this.tellOf([look])
    }
    this.accesses.length = Math.min(this.accesses.length, 25)
    this.remember()
    return held
  }

  tellOf(looks: readonly Look[], id: string = randomUUID()): string {
    const text = accessNotification(
      id,
      looks,
      { code: 'ZZ999', name: 'Example Children’s Trust' },
      this.now(),
    )
    this.deliver(workflows.access, shaped(text, this.faults.switches.answerAs))
    return id
  }

  /** A number ends; with replacements it was superseded. The authorities that told it are told. */
  endNumber(number: string, replacements: readonly string[] = []): void {
    const person = this.register.directory.get(number)
    if (!person) return
    person.status = replacements.length > 0 ? 'superseded' : 'invalid'
    for (const one of replacements)
      if (!this.register.directory.has(one))
        this.register.directory.set(one, { ...person, number: one, status: 'active' })
    const held = [...this.register.held.values()].find((each) => each.number === number)
    if (held) {
      const { localId, sequence } = held
      this.deliver(
        workflows.inactive,
        inactiveNotification(
          randomUUID(),
          { number, localId, sequence, replacements },
          { code: 'ZZ999', name: 'Example Children’s Trust' },
          this.now(),
        ),
      )
    }
    this.remember()
  }

  // ------------------------------------------------------------------------------------------ the program

  /** Makes certificates, listens, and writes the settings that a Cairn beside it reads. */
  async start(): Promise<this> {
    const { folder, port = 0, controlPort = 0, settings = {} } = this.#options
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#recall()
    const certificates = await makeCertificates()
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text, { mode: 0o600 })
      return join(folder, name)
    }
    const mesh = createHttps(
      {
        key: certificates.server.private,
        cert: certificates.server.cert,
        ca: certificates.authority.cert,
        requestCert: true,
        rejectUnauthorized: true,
      },
      (request, response) => void this.mesh.handle(request, response).catch(() => response.destroy()),
    )
    const control = createHttp(
      (request, response) => void answerControl(this, request, response).catch(() => response.destroy()),
    )
    const meshPort = await listening(mesh, port)
    this.controlUrl = `http://127.0.0.1:${await listening(control, controlPort)}`
    this.#servers = [mesh as unknown as Server, control]
    file('foreign.pem', certificates.foreign.cert)
    file('foreign.key', certificates.foreign.private)
    const written: CpIsSettingsGiven = {
      url: `https://localhost:${meshPort}`,
      mailbox: mailboxes.authority,
      password,
      sharedKey,
      certificate: file('client.pem', certificates.client.cert),
      key: file('client.key', certificates.client.private),
      authorities: file('authority.pem', certificates.authority.cert),
      to: mailboxes.cpIs,
      workflows: { ...workflows },
      odsCode: 'ZZ999',
      name: 'Example Children’s Trust',
      officeHours: '01632960001',
      emergencyDuty: '01632960002',
      details: {
        'LOCALTEST-ADULT': { says: 'The person is an adult: the NHS has ended it', kind: 'adult' },
        'LOCALTEST-365': { says: 'The end is more than 365 days ago', kind: 'year-old-end' },
      },
      standIn: this.controlUrl,
      ...settings,
    }
    this.settingsFile = join(folder, 'settings.json')
    const fresh = file('settings.json.new', JSON.stringify(written, null, 2))
    renameSync(fresh, this.settingsFile)
    return this
  }

  async stop(): Promise<void> {
    this.remember()
    await Promise.all(
      this.#servers.splice(0).map((server) => {
        server.closeAllConnections()
        return new Promise((done) => server.close(done))
      }),
    )
  }

  get #memory() {
    return join(this.#options.folder, 'memory.json')
  }

  /** Keeps what it knows, so that a start after a kill goes on from there. */
  remember(): void {
    if (!this.#options.remembers) return
    const memory: Memory = {
      directory: [...this.register.directory.values()],
      held: [...this.register.held.values()],
      messages: [...this.mesh.messages.values()]
        .filter(({ status }) => status === 'accepted' || status === 'acknowledged')
        .map((one) => ({ ...one, body: one.status === 'accepted' ? one.body.toString('base64') : '' })),
      accesses: this.accesses,
      ahead: this.#ahead,
    }
    writeFileSync(`${this.#memory}.new`, JSON.stringify(memory), { mode: 0o600 })
    renameSync(`${this.#memory}.new`, this.#memory)
  }

  #recall(): void {
    if (!this.#options.remembers || !existsSync(this.#memory)) return
    const memory = JSON.parse(readFileSync(this.#memory, 'utf8')) as Memory
    for (const person of memory.directory) this.register.directory.set(person.number, person)
    for (const one of memory.held)
      this.register.held.set(`${one.authority} ${one.number} ${one.type} ${one.start}`, one)
    for (const one of memory.messages)
      this.mesh.messages.set(one.id, { ...one, body: Buffer.from(one.body, 'base64') })
    this.accesses.push(...memory.accesses)
    this.#ahead = memory.ahead
  }
}

async function listening(
  server: { listen(port: number, host: string, done: () => void): unknown; address(): unknown },
  port: number,
): Promise<number> {
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

/** Answers in the shapes that a reader has to bear. */
function shaped(text: string, as: Faults['switches']['answerAs']): string | Buffer {
  if (as === 'malformed') return text.slice(0, text.length / 2)
  if (as === 'empty') return ''
  if (as === 'unknown-root')
    return text.replaceAll(/FileResponse|CP-ISAccessToServiceNotification/g, 'SomethingElse')
  if (as === 'with-mark') return `\uFEFF${text}`
  if (as === 'prefixed')
    return text
      .replaceAll(/<(\/?)(?!npfitlc:|\?)/g, '<$1h:')
      .replace('xmlns="', 'xmlns:h="')
      .replaceAll('npfitlc', 'loc')
  return text
}

/** A throw-away authority, and certificates of it for the server and one client; one client of another authority. */
async function makeCertificates() {
  const name = (value: string) => [{ name: 'commonName', value }]
  const quick = { keyType: 'ec' as const, curve: 'P-256' as const, algorithm: 'sha256' }
  const makeAuthority = (called: string) =>
    generate(name(called), {
      ...quick,
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
      ],
    })
  const signedBy = (authority: { private: string; cert: string }, called: string) =>
    generate(name(called), {
      ...quick,
      ca: { key: authority.private, cert: authority.cert },
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'keyUsage', digitalSignature: true, keyEncipherment: true },
        { name: 'extKeyUsage', serverAuth: true, clientAuth: true },
        {
          name: 'subjectAltName',
          altNames: [
            { type: 2, value: 'localhost' },
            { type: 7, ip: '127.0.0.1' },
          ],
        },
      ],
    })
  const [authority, stranger] = await Promise.all([
    makeAuthority('Stand-in of the NHS'),
    makeAuthority('Somebody else'),
  ])
  const [server, client, foreign] = await Promise.all([
    signedBy(authority, 'localhost'),
    signedBy(authority, 'cairn.zz999.api.mesh-client.nhs.uk'),
    signedBy(stranger, 'cairn.zz999.api.mesh-client.nhs.uk'),
  ])
  return { authority, server, client, foreign }
}
