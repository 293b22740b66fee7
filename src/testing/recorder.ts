import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type RawBuilder, sql } from 'kysely'
import { expect } from 'vitest'
import type { Connection } from '../database/connection.ts'
import type { Saved } from '../forms/drafts.ts'
import { mainWords } from './visitor.ts'

/** A draft of a recorder: every state of its words that was sent, and the last that the server said it has. */
interface Typed {
  /** Where it is gone on with. */
  readonly address: string
  readonly sent: string[]
  acknowledged: number
  /** Whether its filing was sent. */
  closing: boolean
}

/** A filing that was sent at least once. */
interface Filing {
  readonly draft: string
  /** The first paragraph, which no other note has. */
  readonly words: string
  readonly children: readonly string[]
  /** Where the server said it stands; absent while nobody knows whether it was filed. */
  address?: string
}

/** Where the service answers now; waits while there is none. */
export type Somewhere = () => Promise<string>

/** The second and third paragraph of every note. */
const rest = { police: 'A car was seen outside.', meaning: 'They settle in well.' }

/**
 * Somebody who types and files, over HTTP as the browser does, whatever becomes of the server: what gets no answer is
 * sent again, a draft until it is saved, a filing until its answer comes, or never, as by someone who shut the phone.
 * It remembers what was acknowledged; `expectEverything` looks whether the record does.
 */
export class Recorder {
  readonly drafts = new Map<string, Typed>()
  readonly filings: Filing[] = []
  /** What was acknowledged, and what got no answer because there was nobody to give one. */
  acknowledged = 0
  unanswered = 0
  #over = false
  readonly #cookies: Map<string, string>
  readonly #where: Somewhere
  readonly #children: readonly string[]
  readonly #name: string

  /** @param children two who are siblings: a note is about the first, or about both */
  constructor(name: string, secret: string, children: readonly string[], where: Somewhere) {
    this.#name = name
    this.#cookies = new Map([['session', secret]])
    this.#children = children
    this.#where = where
  }

  /** Writes note after note until told to stop. */
  async work(): Promise<void> {
    for (let number = 1; !this.#over; number += 1) await this.#write(`${this.#name}, note ${number}`)
  }

  stop(): void {
    this.#over = true
  }

  async #write(called: string): Promise<void> {
    const page = await this.#persist(() => this.read(`${this.#form()}?fresh=yes`))
    const draft = draftOn(page)
    const words = await this.#type(page, draft, called)
    const both = Math.random() < 0.5
    // One in five is begun and left.
    if (Math.random() < 0.2) return
    const fields = new URLSearchParams({
      ...Object.fromEntries(hiddenOn(page)),
      ...this.#answers(both),
      step: 'look',
      what: `${words}\n\n[police] ${rest.police}`,
    })
    await this.#file(draft.id, words, both, fields)
  }

  /** Types a few words, each saved before the next. */
  async #type(page: string, draft: DraftOnPage, called: string): Promise<string> {
    const { id, save, form, address, about, group } = draft
    const typed: Typed = { address, sent: [''], acknowledged: 0, closing: false }
    this.drafts.set(id, typed)
    const said = { form, address, about, group, window: randomUUID(), decided: [] }
    let [words, sent, version] = [`${called}:`, 0, 0]
    for (let n = 0; n < 2 + Math.random() * 5; n += 1) {
      words += ` word-${n}`
      typed.sent.push(words)
      const answer = await this.#persist(async () => {
        sent += 1
        const fields = { what: { value: words, version } }
        const { status, body } = await this.#send(save, {
          headers: { 'content-type': 'application/json', 'x-form-token': hiddenOn(page).get('_csrf')! },
          body: JSON.stringify({ ...said, sent, fields, shows: { what: version } }),
        })
        if (status !== 200) throw refusal('A save', status, body)
        return JSON.parse(body) as Saved
      })
      expect({ draft: answer.draft, beside: answer.beside }).toEqual({ draft: id, beside: [] })
      version = answer.versions.what!
      typed.acknowledged = typed.sent.length - 1
    }
    return words
  }

  /** Files for one child, or looks at both children's versions and files those. */
  async #file(draft: string, words: string, both: boolean, fields: URLSearchParams): Promise<void> {
    const filing: Filing = { draft, words, children: both ? this.#children : this.#children.slice(0, 1) }
    const post = () => this.#send(this.#form(), { body: fields })
    if (both) {
      const shown = await this.#persist(async () => {
        const answer = await post()
        if (answer.status !== 200) throw refusal('A look at the versions', answer.status, answer.body)
        return answer.body
      })
      for (const name of [...fields.keys()]) fields.delete(name)
      for (const [name, value] of hiddenOn(shown)) fields.append(name, value)
    }
    this.drafts.get(draft)!.closing = true
    this.filings.push(filing)
    // The first answer to every other filing is lost on its way.
    let lose = this.filings.length % 2 === 0
    const file = async () => {
      const { status, location, body } = await post()
      if (status === 303 && lose) {
        lose = false
        throw new Lost()
      }
      if (status !== 303 || !location) throw refusal('A filing', status, body)
      return location
    }
    const address = await this.#persist(file, Math.random() < 0.3 ? 'once' : 'until answered')
    if (address) filing.address = address
  }

  #form(): string {
    return `/children/${this.#children[0]}/notes/new`
  }

  #answers(both: boolean): Record<string, string> {
    const seen = (both ? this.#children : this.#children.slice(0, 1)).map((child) => [
      `child[${child}][seen]`,
      'alone',
    ])
    return {
      kind: 'visit',
      when: 'today',
      at: '00:00',
      where: 'home',
      meaning: rest.meaning,
      ...Object.fromEntries(seen),
      ...(both ? { others: this.#children[1]! } : {}),
    }
  }

  /** Sends until there is an answer, as a page does that stays open. */
  #persist<T>(send: () => Promise<T>): Promise<T>
  #persist<T>(send: () => Promise<T>, how: 'once' | 'until answered'): Promise<T | undefined>
  async #persist<T>(send: () => Promise<T>, how = 'until answered'): Promise<T | undefined> {
    for (let tried = 1; ; tried += 1) {
      try {
        const answer = await send()
        this.acknowledged += 1
        return answer
      } catch (error) {
        if (!(error instanceof Lost)) this.unanswered += 1
        // Refused, or killed more often than anybody kills: something is wrong that no further try puts right.
        if (error instanceof Refused || tried > 400) throw error
        if (how === 'once') return undefined
        await wait(20)
      }
    }
  }

  /** A page; whatever is not one is an error. */
  async read(path: string): Promise<string> {
    const { status, body } = await this.#send(path)
    if (status !== 200) throw refusal('A page', status, body)
    return body
  }

  async #send(path: string, post?: { body: string | URLSearchParams; headers?: Record<string, string> }) {
    // So is one answer in ten to anything that is sent.
    const lost = post !== undefined && Math.random() < 0.1
    const answer = await fetch((await this.#where()) + path, {
      ...(post ? { method: 'POST', body: post.body } : {}),
      redirect: 'manual',
      headers: {
        ...post?.headers,
        accept: 'text/html',
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
    })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      this.#cookies.set(name!, value!)
    }
    const body = await answer.text()
    if (lost) throw new Lost()
    return { status: answer.status, location: answer.headers.get('location'), body }
  }
}

/** The server did what it was asked, and its writer cannot know. */
class Lost extends Error {}

/** The server is there and says no: trying again does not help. */
class Refused extends Error {}

function refusal(what: string, status: number, body: string): Error {
  const words = `${what} was answered with ${status}: ${mainWords(body).slice(0, 500)}`
  return status < 500 ? new Refused(words) : new Error(words)
}

interface DraftOnPage {
  readonly id: string
  readonly save: string
  readonly form: string
  readonly address: string
  readonly about: readonly string[]
  readonly group: string
}

const plain = (html: string): string =>
  html
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

const draftOn = (page: string): DraftOnPage => JSON.parse(plain(/data-draft="([^"]+)"/.exec(page)![1]!))

const hiddenOn = (page: string): Map<string, string> =>
  new Map(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(
      ([, name, value]) => [plain(name!), plain(value!)] as const,
    ),
  )

/**
 * Every acknowledged word is there, every acknowledged filing exactly once, a filing nobody heard of whole or not at
 * all, and nothing else.
 * @param owner past the row policies
 */
export async function expectEverything(owner: Connection, recorders: readonly Recorder[]): Promise<void> {
  const rows = async <T>(query: RawBuilder<T>) => (await query.execute(owner)).rows
  const filed = await rows(sql<{
    child: string
    words: string
    paragraphs: string
    together: string | null
    visits: number
    told: number
  }>`
    select n.person_id as child, n.written_together as together,
           (select p.words from record.note_paragraph p where p.case_note_id = n.id and p.part = 'happened' and p.place = 0) as words,
           (select string_agg(p.part || ': ' || p.words, ' | ' order by p.part, p.place) from record.note_paragraph p where p.case_note_id = n.id) as paragraphs,
           (select count(*)::int from record.visit v where v.case_note_id = n.id and v.seen_alone) as visits,
           (select count(*)::int from record.event e join record.visit v on v.id = e.fact_id where v.case_note_id = n.id and e.kind = 'child-seen') as told
      from record.case_note n where n.person_id = any (${recorders.flatMap((one) => one.filings.flatMap(({ children }) => children))}::uuid[])`)
  const found = new Map<string, typeof filed>()
  for (const note of filed) found.set(note.words, [...(found.get(note.words) ?? []), note])
  const drafts = new Map(
    (
      await rows(sql<{ id: string; ended: string | null; what: string | null; fields: number }>`
        select d.id, d.ended_because as ended, max(f.value #>> '{}') filter (where f.name = 'what') as what, count(f.name)::int as fields
          from forms.draft d left join forms.draft_field f on f.draft_id = d.id group by d.id`)
    ).map((one) => [one.id, one]),
  )
  const wrong: string[] = []
  const look = (right: boolean, what: string) => right || wrong.push(what)
  for (const { drafts: typed, filings } of recorders) {
    for (const { words, children, address, draft } of filings) {
      const notes = found.get(words) ?? []
      found.delete(words)
      const kept = drafts.get(draft)
      if (notes.length === 0) {
        look(address === undefined, `${words}: acknowledged, not filed`)
        look(kept?.what === words && !kept.ended, `${words}: not filed, and its draft is ${kept?.what}`)
        continue
      }
      look(notes.length === children.length, `${words}: filed ${notes.length} times`)
      look(
        children.every((child) => notes.some((note) => note.child === child)),
        `${words}: wrong children`,
      )
      look(kept?.ended === 'filed' && kept.fields === 0, `${words}: filed, and its draft is still there`)
      look(new Set(notes.map(({ together }) => together)).size === 1, `${words}: siblings not together`)
      for (const { paragraphs, visits, told } of notes) {
        const whole = `happened: ${words} | happened: ${rest.police} | meaning: ${rest.meaning}`
        look(paragraphs === whole, `${words}: its paragraphs are ${paragraphs}`)
        look(visits === 1 && told === 1, `${words}: ${visits} visits, ${told} events`)
      }
    }
    for (const [id, { sent, acknowledged, closing }] of typed) {
      if (closing) continue
      const what = drafts.get(id)?.what
      const at = what ? sent.indexOf(what) : 0
      look(at >= acknowledged, `${sent.at(acknowledged)}: acknowledged, and the draft says ${what}`)
    }
  }
  expect(wrong).toEqual([])
  expect([...found.keys()], 'notes that nobody wrote').toEqual([])
}

/** What was acknowledged last is also what its writer sees: the notes filed, and the drafts to go on with. */
export async function expectShown(recorder: Recorder, most = 3): Promise<void> {
  for (const { address, words } of recorder.filings.filter((one) => one.address).slice(-most))
    expect(await recorder.read(address!)).toContain(words)
  const open = [...recorder.drafts].filter(([, { closing, acknowledged }]) => !closing && acknowledged > 0)
  for (const [, { sent, acknowledged, address }] of open.slice(-most))
    expect(await recorder.read(address)).toContain(sent[acknowledged]!)
}
