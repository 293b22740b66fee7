import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Kysely, sql, type Transaction } from 'kysely'
import { endRun, inRun, openRun, type Run } from '../../access/runs.ts'
import type { Connection } from '../../database/connection.ts'
import type { TaskTools } from '../../database/task.ts'
import { dayOf } from '../../web/words.ts'
import { backToWaiting, due, note, openAbout, putOff, type State } from '../outbox/store.ts'
import { type Comparison, compare, type Entry, type Rules } from './alerts.ts'
import { type Child, childrenOf } from './facts-store.ts'
import {
  beginSending,
  closeAlerts,
  type Exchange,
  exchangeNow,
  type File,
  fileInFlight,
  giveUp,
  localIdOf,
  noteAccepted,
  noteDeletions,
  type Placed,
  seal,
  sequenceOfLocalId,
} from './ledger.ts'
import {
  type CpIsCodec,
  type CpIsRecord,
  type CpIsSender,
  type Fetched,
  type MailboxTransport,
  TransportError,
  Unsendable,
} from './neutral.ts'
import type { CpIsSettings } from './settings.ts'
import { partnerName, takeAnswer } from './taking-answers.ts'
import { setAside, takeInactive, takeViewings } from './taking-notices.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Trx = Transaction<any>

/** What an exchange works with. */
export interface ExchangeTools {
  readonly db: Connection
  readonly log: TaskTools['log']
  readonly settings: CpIsSettings
  readonly transport: MailboxTransport
  readonly codec: CpIsCodec
  readonly signal?: AbortSignal | undefined
  readonly now?: () => Date
  /** Looks into the mailbox whenever it is called, not only when it is time. */
  readonly pollAlways?: boolean
}

/** Minutes to leave MESH alone after so many failures one after the other. */
const minutesAfter = (failures: number) => Math.min(60, 2 ** Math.min(failures - 1, 6))
const handshakeEvery = 24 * 3_600_000
const compareAtATime = 500

/**
 * One turn: takes in what came, goes on with the file on its way, and, when none is, cuts the next. Whatever it is cut
 * off at, the next turn goes on there.
 */
export async function exchange(tools: ExchangeTools): Promise<void> {
  const { db, settings, now = () => new Date() } = tools
  let state = await exchangeNow(db)
  if (!state.on) {
    await switchOn(tools)
    state = await exchangeNow(db)
  }
  if (state.stoppedAt || rests(state, now())) return
  const work = new Working(tools)
  try {
    const polls =
      tools.pollAlways ||
      !state.polledAt ||
      now().getTime() - state.polledAt.getTime() >= settings.pollSeconds * 1000
    if (polls) await work.receive(state)
    // What came may say that something is wrong which the next file would meet too.
    if (!(await exchangeNow(db)).stoppedAt) await work.send()
    if (state.troubleCount > 0) await sql`update cpis.exchange set trouble_count = 0`.execute(db)
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    await noteTrouble(tools, error)
  } finally {
    await work.end()
  }
}

const rests = ({ troubleAt, troubleCount }: Exchange, now: Date) =>
  troubleAt !== null &&
  troubleCount > 0 &&
  now.getTime() - troubleAt.getTime() < minutesAfter(troubleCount) * 60_000

/** Hears from now on, and compares everybody once: what there was before is told too. */
async function switchOn(tools: ExchangeTools): Promise<void> {
  await sql`
    update cpis.exchange set on_since = clock_timestamp(), last_sequence = greatest(last_sequence, ${tools.settings.lastSequence})`.execute(
    tools.db,
  )
  await compareEverybody(tools)
}

async function noteTrouble(
  { db, log }: ExchangeTools,
  { trouble, message, code }: TransportError,
): Promise<void> {
  const stops = trouble === 'not-let-in' || trouble === 'refused'
  log.error({ trouble, code }, 'CP-IS: the exchange met trouble')
  await sql`
    update cpis.exchange
       set trouble_at = clock_timestamp(), trouble = ${message}, trouble_count = trouble_count + 1,
           stopped_at = case when ${stops} then clock_timestamp() else stopped_at end,
           stopped_because = case when ${stops} then ${trouble} else stopped_because end`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: as Connection
async function stop(db: Kysely<any>, because: string): Promise<void> {
  await sql`update cpis.exchange set stopped_at = clock_timestamp(), stopped_because = ${because}`.execute(db)
}

/** One turn under way, with its run, which is opened when the first record is touched. */
class Working {
  readonly #tools: ExchangeTools
  #run: Run | undefined
  #touched = 0

  constructor(tools: ExchangeTools) {
    this.#tools = tools
  }

  async end(): Promise<void> {
    if (this.#run) await endRun(this.#tools.db, this.#run, this.#touched)
  }

  async #within<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    const { db } = this.#tools
    this.#run ??= await openRun(db, {
      purpose: 'telling the NHS of plans and care (CP-IS)',
      population: 'children with a plan or in care whose record changed, and whom the NHS told of',
    })
    return inRun(db, this.#run, work)
  }

  get #now() {
    return (this.#tools.now ?? (() => new Date()))()
  }

  // ------------------------------------------------------------------------------------------ what came

  /** Everything in the mailbox: kept and committed, then acknowledged, then worked through. */
  async receive({ handshakeAt }: Exchange): Promise<void> {
    const { db, transport, signal } = this.#tools
    if (!handshakeAt || this.#now.getTime() - handshakeAt.getTime() > handshakeEvery) {
      await transport.handshake()
      const until = new X509Certificate(readFileSync(this.#tools.settings.certificate)).validTo
      await sql`update cpis.exchange set handshake_at = clock_timestamp(), certificate_until = ${until}::timestamptz::date`.execute(
        db,
      )
    }
    for (let listed = await transport.list(); listed.length > 0; listed = await transport.list()) {
      for (const id of listed) {
        if (signal?.aborted) return
        await this.#take(id)
      }
    }
    await sql`update cpis.exchange set polled_at = clock_timestamp()`.execute(db)
    await this.workThrough()
  }

  async #take(id: string): Promise<void> {
    const { transport } = this.#tools
    const known = await this.#within(
      async (trx) => (await sql`select from cpis.received where id = ${id}`.execute(trx)).rows.length > 0,
    )
    if (!known) {
      let message: Fetched
      try {
        message = await transport.fetch(id)
      } catch (error) {
        if (!(error instanceof TransportError) || !['gone', 'refused'].includes(error.trouble)) throw error
        // Gone before we came, or no message of CP-IS: nothing to keep but that it was there.
        message = { headers: { 'mex-messagetype': 'UNTAKEN' }, body: new Uint8Array() }
      }
      const { headers, body } = message
      await this.#within((trx) =>
        sql`
          insert into cpis.received (id, workflow_id, message_type, headers, body)
          values (${id}, ${headers['mex-workflowid'] ?? null}, ${headers['mex-messagetype'] ?? 'DATA'}, ${JSON.stringify(mexOf(headers))}::jsonb, ${Buffer.from(body)})
          on conflict (id) do nothing`.execute(trx),
      )
    }
    await transport.acknowledge(id).catch((error: TransportError) => {
      if (error.trouble !== 'gone') throw error
    })
    await this.#within((trx) =>
      sql`update cpis.received set acknowledged_at = clock_timestamp() where id = ${id}`.execute(trx),
    )
  }

  /** What is kept and not worked through, each in a transaction of its own: one that fails does not keep the others. */
  async workThrough(): Promise<void> {
    const { db, log } = this.#tools
    const { rows: some } = await sql<{ n: number }>`select cpis.unprocessed() as n`.execute(db)
    if (some[0]!.n === 0) return
    const ids = await this.#within(
      async (trx) =>
        (
          await sql<{
            id: string
          }>`select id from cpis.received where processed_at is null order by received_at, id`.execute(trx)
        ).rows,
    )
    for (const { id } of ids) {
      try {
        await this.#within((trx) => this.#process(trx, id))
      } catch (error) {
        log.error({ kind: (error as Error).name }, 'CP-IS: a message could not be worked through')
        await this.#within((trx) =>
          sql`update cpis.received set says = 'failed' where id = ${id}`.execute(trx),
        )
      }
    }
  }

  async #process(trx: Trx, id: string): Promise<void> {
    const { rows } = await sql<{ message_type: string; headers: Record<string, string>; body: Buffer }>`
      select message_type, headers, body from cpis.received where id = ${id} and processed_at is null for update`.execute(
      trx,
    )
    const row = rows[0]
    if (!row) return
    const { kind, says } =
      row.message_type === 'REPORT' ? await this.#report(trx, row.headers) : await this.#message(trx, id, row)
    await sql`update cpis.received set processed_at = clock_timestamp(), kind = ${kind}, says = ${says} where id = ${id}`.execute(
      trx,
    )
  }

  async #message(trx: Trx, id: string, { headers, body }: { headers: Record<string, string>; body: Buffer }) {
    const { settings, codec } = this.#tools
    if (headers['mex-messagetype'] === 'UNTAKEN') return { kind: 'untaken', says: 'gone before it was read' }
    const said = codec.decode(body)
    if (said.kind === 'unrecognised') {
      await setAside(trx, 'unreadable', id, id, { why: said.why })
      return { kind: said.kind, says: said.why }
    }
    if (said.kind === 'access') {
      const { matched, unmatched } = await takeViewings(trx, said, id, this.#now)
      return { kind: said.kind, says: `${matched} matched, ${unmatched} not` }
    }
    if (said.kind === 'inactive') {
      const { matched, unmatched } = await takeInactive(trx, said, id, this.#now)
      return { kind: said.kind, says: `${matched} matched, ${unmatched} not` }
    }
    const sequence = said.sequence ?? sequenceOfLocalId(headers['mex-localid'])
    const sha256 = createHash('sha256').update(body).digest()
    const taken = await takeAnswer(trx, said, { sequence, sha256 }, settings, this.#now)
    if (taken === 'unknown') {
      await setAside(trx, 'answer', id, id, { sequence: said.sequence })
      return { kind: said.kind, says: 'about no file of ours' }
    }
    await this.#sayMore(trx, taken.children, id)
    if (taken.stop) await stop(trx, taken.stop)
    return { kind: said.kind, says: taken.says }
  }

  /** After an answer: where it differs still, another message waits. */
  async #sayMore(trx: Trx, children: readonly string[], id: string): Promise<void> {
    for (const child of await childrenOf(trx, children)) {
      const { send } = compare(child.facts, child.told, this.#rules())
      if (send.length > 0)
        await sql`select outbox.put(${partnerName}, ${child.person}, 'more-to-say', ${`cp-is after ${id} ${child.person}`}, false)`.execute(
          trx,
        )
    }
  }

  /** MESH says that a message of ours did not get through. */
  async #report(trx: Trx, headers: Record<string, string>) {
    const code = headers['mex-statuscode'] ?? ''
    const sequence = sequenceOfLocalId(headers['mex-localid'])
    const { rows } = await sql<{ sequence: string }>`
      select sequence from cpis.file where state in ('sending', 'accepted')
         and (sequence = ${sequence ?? null} or message_id = ${headers['mex-linkedmsgid'] ?? null})`.execute(
      trx,
    )
    const file = rows[0]
    if (file && code !== '00') {
      const undelivered = code === '14'
      await giveUp(trx, Number(file.sequence), undelivered ? 'undelivered' : 'refused', code)
      await backToWaiting(trx, partnerName, file.sequence, undelivered ? 'undelivered' : 'uncertain')
      this.#tools.log.error({ code }, 'CP-IS: a file was not delivered')
      if (!undelivered) await stop(trx, 'refused')
    }
    return { kind: 'report', says: `code ${/^\w{1,4}$/.test(code) ? code : 'unknown'}` }
  }

  // ------------------------------------------------------------------------------------------ what goes

  #rules(): Rules {
    return rulesOf(this.#tools.settings, this.#now)
  }

  async send(): Promise<void> {
    if (await this.#goOnWithFile()) return
    const { db, settings } = this.#tools
    for (;;) {
      const messages = await due(db, partnerName, settings.recordsPerFile)
      if (messages.length === 0 || this.#tools.signal?.aborted) return
      this.#touched += messages.length
      const sequence = await this.#cut(messages)
      if (sequence !== undefined && (await this.#goOnWithFile())) return
    }
  }

  /** @returns whether a file is on its way, so that nothing else may go */
  async #goOnWithFile(): Promise<boolean> {
    const { db, settings, transport } = this.#tools
    const { rows } = await sql<{ there: boolean }>`select cpis.file_in_flight() as there`.execute(db)
    if (!rows[0]!.there) return false
    const file = await this.#within(fileInFlight)
    if (!file) return false
    if (file.state === 'accepted') {
      const overdue =
        file.acceptedAt !== null &&
        this.#now.getTime() - file.acceptedAt.getTime() > settings.overdueHours * 3_600_000
      if (!overdue) return true
      await this.#within(async (trx) => {
        await giveUp(trx, file.sequence, 'overdue')
        await backToWaiting(trx, partnerName, String(file.sequence), 'overdue')
      })
      this.#tools.log.error({ sequence: file.sequence }, 'CP-IS: a file was not answered in time')
      return false
    }
    if (file.state === 'sending') {
      const tracked = await transport.trackOwn(file.localId)
      if (tracked) {
        await this.#within((trx) => noteAccepted(trx, file.sequence, tracked.messageId))
        return true
      }
    }
    await this.#post(file)
    return true
  }

  async #post(file: File): Promise<void> {
    const { settings, transport } = this.#tools
    const attempt = file.attempts + 1
    await this.#within((trx) => beginSending(trx, file.sequence, attempt))
    try {
      const { messageId } = await transport.send({
        to: settings.to,
        workflowId: settings.workflows.upload,
        localId: localIdOf(file.sequence, attempt),
        fileName: `cpis-${file.sequence}.xml`,
        body: file.body,
      })
      await this.#within(async (trx) => {
        await noteAccepted(trx, file.sequence, messageId)
        await wakeForAnswer(trx, file.sequence, settings.pollSeconds)
      })
    } catch (error) {
      if (error instanceof TransportError && error.trouble === 'refused')
        await this.#within(async (trx) => {
          await giveUp(trx, file.sequence, 'refused', error.code)
          await backToWaiting(trx, partnerName, String(file.sequence), 'uncertain')
        })
      throw error
    }
  }

  /** Cuts one file of what these messages ask for. @returns its number; undefined when there was nothing to say */
  async #cut(
    messages: readonly { about: string; messages: readonly string[]; says: readonly (string | null)[] }[],
  ): Promise<number | undefined> {
    const { settings, codec } = this.#tools
    return this.#within(async (trx) => {
      const byChild = new Map<string, { ids: string[]; asked: boolean }>()
      const leaders = await leadersOf(
        trx,
        messages.map(({ about }) => about),
      )
      for (const { about, messages: ids, says } of messages) {
        const leader = leaders.get(about) ?? about
        const before = byChild.get(leader) ?? { ids: [], asked: false }
        byChild.set(leader, {
          ids: [...before.ids, ...ids],
          asked: before.asked || says.includes('asked-again'),
        })
      }
      const children = await childrenOf(trx, [...byChild.keys()])
      const compared = children.map((child) => ({
        child,
        ...byChild.get(child.person)!,
        comparison: this.#compare(child, byChild.get(child.person)!.asked),
      }))
      // Whoever is no longer there has nothing that can be said of them.
      const gone = [...byChild].filter(([leader]) => !children.some(({ person }) => person === leader))
      for (const [, { ids }] of gone) await note(trx, ids, { state: 'nothing-to-say' })
      for (const { comparison } of compared) await closeAlerts(trx, comparison.close)
      const { placed, records, left } = arrange(compared)
      let sendable = placed
      const sequence = (await lastSequence(trx)) + 1
      const upload = { sequence, createdAt: this.#now, sender: senderOf(settings), records }
      let body: Uint8Array | undefined
      let unsendable = new Set<string>()
      while (sendable.length > 0 && body === undefined) {
        try {
          body = codec.encodeUpload({ ...upload, records: recordsAt(records, sendable) })
        } catch (error) {
          if (!(error instanceof Unsendable) || error.records.length === 0) throw error
          // What cannot be written must not hold up the others.
          const places = [...new Set(sendable.map(({ place }) => place))].sort((a, b) => a - b)
          const wrong = new Set(error.records.map((n) => places[n]!))
          unsendable = new Set([
            ...unsendable,
            ...sendable.filter(({ place }) => wrong.has(place)).map(({ child }) => child),
          ])
          sendable = sendable.filter(({ place }) => !wrong.has(place))
        }
      }
      const sent = renumbered(sendable)
      const carrier = String(sequence)
      const going = new Set(sent.map(({ child }) => child))
      await account(
        trx,
        compared.map(({ child, ids, comparison }) => ({
          child: child.person,
          ids,
          carrier: going.has(child.person) ? carrier : undefined,
          code: unsendable.has(child.person) ? 'unsendable' : comparison.problems[0]?.code,
          waits: comparison.waits,
          more: left.has(child.person),
        })),
      )
      if (!body || sent.length === 0) return undefined
      await seal(trx, sequence, body, sent)
      await noteDeletions(trx, sent)
      return sequence
    })
  }

  #compare(child: Child, asked: boolean): Comparison {
    // A person asked for another try of what was refused.
    const told = asked
      ? child.told.map((one) =>
          one.state === 'rejected' || one.state === 'cannot-share'
            ? { ...one, state: 'uncertain' as const }
            : one,
        )
      : child.told
    return compare(child.facts, told, this.#rules())
  }
}

interface Accounted {
  readonly child: string
  /** The messages that were due. */
  readonly ids: readonly string[]
  /** The file that carries them. */
  readonly carrier: string | undefined
  /** What somebody has to mend. */
  readonly code: string | undefined
  readonly waits: boolean
  /** Not everything had room in the file. */
  readonly more: boolean
}

/**
 * Says what becomes of messages; those of a child that were held before share the fate of those that came now. One thing
 * to be done is one message, however often the record changed meanwhile.
 */
async function account(trx: Trx, all: readonly Accounted[]): Promise<void> {
  const held = new Map(
    (
      await openAbout(
        trx,
        partnerName,
        all.map(({ child }) => child),
      )
    ).map(({ about, messages }) => [about, messages]),
  )
  const fates = new Map<
    string,
    { state: State; says?: string | undefined; carrier?: string | undefined; ids: string[] }
  >()
  const fate = (
    ids: readonly string[],
    state: State,
    { says, carrier }: { says?: string; carrier?: string } = {},
  ) => {
    const key = [state, says, carrier].join(' ')
    const one = fates.get(key) ?? { state, says, carrier, ids: [] }
    one.ids.push(...ids)
    fates.set(key, one)
  }
  const waiting: string[] = []
  for (const { child, ids, carrier, code, waits, more } of all) {
    const open = held.get(child) ?? []
    const task: State = code?.startsWith('CPR') || code === 'end-refused' ? 'refused' : 'held'
    if (carrier) {
      fate(ids, 'sent', { carrier })
      if (more) await putAnother(trx, child, 'more-to-say', carrier)
      if (!code) fate(open, 'sent', { carrier })
      else if (open.length > 0) fate(open, task, { says: code })
      else fate(await putAnother(trx, child, 'held', carrier), task, { says: code })
    } else if (code) {
      const [first, ...others] = [...open, ...ids]
      fate([first!], task, { says: code })
      fate(others, 'nothing-to-say')
    } else if (waits) waiting.push(...ids)
    else fate([...ids, ...open], 'nothing-to-say')
  }
  for (const { ids, ...one } of fates.values()) await note(trx, ids, one)
  if (waiting.length > 0) await putOff(trx, waiting, 'in-flight')
}

async function putAnother(trx: Trx, child: string, cause: string, carrier: string): Promise<string[]> {
  const { rows } = await sql<{ id: string | null }>`
    select outbox.put(${partnerName}, ${child}, ${cause}, ${`cp-is ${cause} ${carrier} ${child}`}, false) as id`.execute(
    trx,
  )
  return rows.flatMap(({ id }) => id ?? [])
}

/** The next look into the mailbox is asked for when an answer can be there, not left to the minute. */
async function wakeForAnswer(trx: Trx, sequence: number, seconds: number): Promise<void> {
  await sql`
    select outbox.wake(m.id, clock_timestamp() + ${Math.max(1, seconds)} * interval '1 second') from outbox.message m
     where m.partner = ${partnerName} and m.carrier = ${String(sequence)} and m.state = 'sent' limit 1`.execute(
    trx,
  )
}

async function leadersOf(trx: Trx, people: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ person: string; leader: string | null }>`
    select one as person, record.leader_of(one) as leader from unnest(${[...people]}::uuid[]) as one`.execute(
    trx,
  )
  return new Map(rows.flatMap(({ person, leader }) => (leader ? [[person, leader] as const] : [])))
}

async function lastSequence(trx: Trx): Promise<number> {
  const { rows } = await sql<{
    last: string
  }>`select last_sequence as last from cpis.exchange for update`.execute(trx)
  return Number(rows[0]!.last)
}

/** The headers of MESH alone are kept: whatever else a server says is no business of the record. */
const mexOf = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => name.startsWith('mex-'))
      .map(([name, value]) => [name, value.slice(0, 300)]),
  )

export const senderOf = ({ odsCode, name, officeHours, emergencyDuty }: CpIsSettings): CpIsSender => ({
  odsCode,
  name,
  officeHours,
  emergencyDuty,
})

/** Now in London to the minute, as plans have it. */
export const minuteNow = (now: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London', dateStyle: 'short', timeStyle: 'short' })
    .format(now)
    .replaceAll(/\D/g, '')

export function rulesOf(settings: CpIsSettings, now: Date): Rules {
  const {
    name,
    officeHours,
    emergencyDuty = '',
    sendUntraced,
    changedStart,
    daysAfterExpectedBirth,
    statusesNotTold,
  } = settings
  return {
    today: dayOf(now),
    now: minuteNow(now),
    contact: `${name} ${officeHours} ${emergencyDuty}`.trim(),
    sendUntraced,
    changedStart,
    daysAfterExpectedBirth,
    statusesNotTold,
  }
}

/** No record has more plans than the message has room for. */
const mostPlans = 3

/**
 * Puts entries into records: one for each number, with all its plans; twins before their birth share their mother’s.
 * What there is no room for is left for the next file.
 */
export function arrange(
  compared: readonly { child: Pick<Child, 'person'>; comparison: Pick<Comparison, 'send'> }[],
): {
  placed: Placed[]
  records: CpIsRecord[]
  left: ReadonlySet<string>
} {
  const placed: Placed[] = []
  const records: { subject: CpIsRecord['subject']; plans: CpIsRecord['plans'][number][] }[] = []
  const places = new Map<string, number>()
  const left = new Set<string>()
  for (const { child, comparison } of compared) {
    // What ended goes before what begins.
    for (const { entry } of [...comparison.send].sort((a, b) => (a.entry.start < b.entry.start ? -1 : 1))) {
      const { content, nhsNumber, type, start } = entry
      const key = `${content.kind} ${nhsNumber}`
      const place = places.get(key) ?? records.length
      const record = records[place]
      const plan = { type, start, end: content.end, deleteOn: content.deleteOn }
      const shared = record?.plans.findIndex((one) => one.type === type && one.start === start) ?? -1
      if (record && shared < 0 && record.plans.length >= mostPlans) {
        left.add(child.person)
        continue
      }
      if (!record) {
        const { kind, localId, given, family, born } = content
        records.push({ subject: { kind, nhsNumber, localId, given, family, born }, plans: [plan] })
        places.set(key, place)
      } else if (shared < 0) record.plans.push(plan)
      // Of two who share it the later end is told, and nothing is deleted while one still has it.
      else record.plans[shared] = sharedPlan(record.plans[shared]!, plan)
      placed.push({ child: child.person, entry, place })
    }
  }
  return { placed, records, left }
}

function sharedPlan(a: CpIsRecord['plans'][number], b: CpIsRecord['plans'][number]) {
  const end = a.end && b.end ? [a.end, b.end].sort()[1] : undefined
  return { ...a, end, deleteOn: a.deleteOn && b.deleteOn ? a.deleteOn : undefined }
}

const recordsAt = (records: readonly CpIsRecord[], placed: readonly Placed[]) =>
  [...new Set(placed.map(({ place }) => place))].sort((a, b) => a - b).map((place) => records[place]!)

function renumbered(placed: readonly Placed[]): Placed[] {
  const places = [...new Set(placed.map(({ place }) => place))].sort((a, b) => a - b)
  return placed.map((one) => ({ ...one, place: places.indexOf(one.place) }))
}

export type { Entry }

/**
 * Compares everybody in scope with what the NHS has acknowledged, and puts a message for each difference. Nightly, and
 * whenever somebody asks.
 * @returns how many children were compared, and for how many something differed
 */
export async function compareEverybody({
  db,
  settings,
  log,
  signal,
  now = () => new Date(),
}: Pick<ExchangeTools, 'db' | 'settings' | 'log' | 'signal' | 'now'>): Promise<{
  compared: number
  differ: number
}> {
  const run = await openRun(db, {
    purpose: 'comparing what the NHS should hold with what it has acknowledged (CP-IS)',
    population: 'children with a plan or in care, now or within the year',
  })
  let [compared, differ] = [0, 0]
  let last: string | undefined
  do {
    const people = await inRun(db, run, async (trx) => {
      const { rows } = await sql<{
        people: string[]
      }>`select cpis.to_compare(${last ?? null}::uuid, ${compareAtATime}) as people`.execute(trx)
      const { people } = rows[0]!
      const found: string[] = []
      for (const { person, facts, told } of await childrenOf(trx, people)) {
        const { send, close, problems } = compare(facts, told, rulesOf(settings, now()))
        if (send.length === 0 && close.length === 0 && problems.length === 0) continue
        if (send.length > 0) differ += 1
        found.push(person)
      }
      await sql`
        select outbox.put(${partnerName}, one, 'compared', 'cp-is compared ' || ${run.id} || ' ' || one, false) from unnest(${found}::uuid[]) as one`.execute(
        trx,
      )
      return people
    })
    compared += people.length
    last = people.at(-1)
  } while (last && !signal?.aborted)
  await endRun(db, run, compared)
  await sql`update cpis.exchange set compared_at = clock_timestamp(), differences = ${differ}`.execute(db)
  log.info({ compared, differ }, 'CP-IS: compared what the NHS should hold')
  return { compared, differ }
}
