import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { BadFile, readUpload } from './uploads.ts'

const count = z.int().min(0).default(0)

/** Every way in which the stand-in can fail: a number is how often still, a switch holds until it is turned back. */
export const faultSwitches = z.strictObject({
  /** The connection breaks after a message was taken, so that its sender cannot know. */
  dropAfterSend: count,
  /** 503. */
  unavailable: count,
  /** Nobody answers: the connection breaks at once. */
  down: z.boolean().default(false),
  /** 403 whatever the token. */
  forbidden: z.boolean().default(false),
  /** Milliseconds before each answer. */
  slow: z.int().min(0).default(0),
  /** An acknowledgement of a message is answered and forgotten, so that it is delivered again. */
  loseAcknowledgement: count,
  gzip: z.boolean().default(false),
  chunked: z.boolean().default(false),
  /** The list of a mailbox comes backwards. */
  reorder: z.boolean().default(false),
  /** How a file that is no CP-IS file is refused. */
  badFile: z.enum(['answered', 'at-once', 'by-report']).default('answered'),
  /** CP-IS takes nothing from its mailbox, so that files lie there. */
  asleep: z.boolean().default(false),
  /** The NHS’s own register is down: CPF05. */
  pdsDown: count,
  /** No answer is sent. */
  loseAnswer: count,
  /** An answer is delivered twice. */
  answerTwice: count,
  /** A file is worked through a second time, after the next. */
  workTwice: count,
  /** Answers say a number of no file. */
  wrongSequence: count,
  /** Answers are no XML, of another root, or begin with a byte order mark. */
  answerAs: z.enum(['xml', 'malformed', 'unknown-root', 'with-mark', 'prefixed', 'empty']).default('xml'),
  /** CPR07 with a second code that nobody knows. */
  unknownDetail: z.boolean().default(false),
  /** A file code or record code instead of what would be answered. */
  fileCode: z.string().optional(),
})
export type FaultSwitches = z.infer<typeof faultSwitches>

type Counted = NonNullable<
  { [K in keyof FaultSwitches]: FaultSwitches[K] extends number ? K : never }[keyof FaultSwitches]
>

/** The switches as they stand, and what they do to a request. */
export class Faults {
  switches: FaultSwitches = faultSwitches.parse({})

  set(some: unknown): void {
    this.switches = faultSwitches.parse({ ...this.switches, ...(some as object) })
  }

  clear(): void {
    this.switches = faultSwitches.parse({})
  }

  /** Uses one of a number of times. @returns how many there were */
  take(name: Counted): number {
    const left = this.switches[name] as number
    if (left > 0) this.switches = { ...this.switches, [name]: left - 1 }
    return left
  }

  get gzip() {
    return this.switches.gzip
  }
  get chunked() {
    return this.switches.chunked
  }
  get badFile() {
    return this.switches.badFile
  }

  order(ids: string[]): string[] {
    return this.switches.reorder ? ids.toReversed() : ids
  }

  isBad(body: Uint8Array): boolean {
    try {
      readUpload(body)
      return false
    } catch (error) {
      return error instanceof BadFile
    }
  }

  /** @returns whether the request has been answered, or left without an answer */
  async beforeAnswer(_request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { down, forbidden, slow } = this.switches
    if (slow > 0) await wait(slow)
    if (down) {
      response.destroy()
      return true
    }
    const status = forbidden ? 403 : this.take('unavailable') > 0 ? 503 : undefined
    if (status === undefined) return false
    response.writeHead(status)
    response.end()
    return true
  }
}
