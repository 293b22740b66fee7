/**
 * What CP-IS is told and tells, without XML and without MESH: the waist between what the record says and how it travels
 * (cp-is.md section 1). A FHIR upload or another transport would change nothing on this side of it.
 */

/** Child protection plan, looked after, child protection plan of an unborn child. */
export type PlanType = 'CPP' | 'LAC' | 'UCP'

/** A local date and time to the minute, `202611200000`. */
export type Minute = string

export interface CpIsPlan {
  readonly type: PlanType
  readonly start: Minute
  readonly end?: Minute | undefined
  /** From then on the NHS no longer holds it: it should never have been there. */
  readonly deleteOn?: Minute | undefined
}

export interface CpIsSubject {
  /** The plan of an unborn child is held against its mother. */
  readonly kind: 'child' | 'mother-of-unborn'
  readonly nhsNumber: string
  readonly localId?: string | undefined
  readonly given: string
  readonly family: string
  /** Eight digits. */
  readonly born: string
}

/** One person and every plan of theirs that a file tells of. */
export interface CpIsRecord {
  readonly subject: CpIsSubject
  readonly plans: readonly CpIsPlan[]
}

export interface CpIsSender {
  readonly odsCode: string
  readonly name: string
  readonly officeHours: string
  readonly emergencyDuty?: string | undefined
}

export interface CpIsUpload {
  readonly sequence: number
  readonly createdAt: Date
  readonly sender: CpIsSender
  readonly records: readonly CpIsRecord[]
}

/** A code as it came, with every code and text that qualifies it, at whatever depth. */
export interface Statement {
  readonly code: string
  readonly said?: string | undefined
  readonly details: readonly { readonly code?: string | undefined; readonly said?: string | undefined }[]
}

/** A record as an answer gives it back: the numbers of its subject. */
export interface Returned {
  readonly nhsNumber?: string | undefined
  readonly localId?: string | undefined
  readonly valid: boolean
}

export interface UploadAnswer {
  readonly kind: 'answer'
  /** Undefined: the NHS could not read the file’s number. */
  readonly sequence: number | undefined
  readonly createdAt: string
  readonly count: number | undefined
  readonly succeeded: number | undefined
  readonly failed: number | undefined
  readonly file: readonly Statement[]
  readonly statements: readonly (Statement & { readonly location?: string | undefined })[]
  readonly records: readonly Returned[]
}

/** Somebody in an unscheduled health setting read what CP-IS holds of a person. */
export interface Access {
  /** The id of the query: one access, however often it is told. */
  readonly id: string
  readonly at: Date
  readonly nhsNumber?: string | undefined
  readonly localId?: string | undefined
  readonly who?: string | undefined
  readonly role?: string | undefined
  readonly organisation?: string | undefined
  readonly organisationCode?: string | undefined
  /** A system looked on somebody’s behalf. */
  readonly bySystem: boolean
  /** The number of the file by which the NHS knows the person. */
  readonly sequence?: string | undefined
}

export interface AccessNotification {
  readonly kind: 'access'
  readonly id: string
  readonly total: number | undefined
  readonly accesses: readonly Access[]
}

export interface InactiveNumber {
  readonly nhsNumber?: string | undefined
  readonly localId?: string | undefined
  /** Of more than one nobody chooses by themselves. */
  readonly replacements: readonly string[]
  readonly sequence?: string | undefined
}

export interface InactiveNotification {
  readonly kind: 'inactive'
  readonly id: string
  readonly numbers: readonly InactiveNumber[]
}

/** What came and is none of these: kept, and looked at by a person. */
export interface Unrecognised {
  readonly kind: 'unrecognised'
  readonly why: string
}

export type Incoming = UploadAnswer | AccessNotification | InactiveNotification | Unrecognised

/** How it is written: XML as the Domain Message Specification has it, or another day something else. */
export interface CpIsCodec {
  /** @throws Unsendable with the rule that the upload breaks */
  encodeUpload(upload: CpIsUpload): Uint8Array
  /** Never throws: what cannot be read is `unrecognised`. */
  decode(bytes: Uint8Array): Incoming
}

/** An upload that CP-IS would refuse, or worse, believe. Nothing personal is in its message. */
export class Unsendable extends Error {
  /** The places of the records that broke the rule, where it was theirs. */
  readonly records: readonly number[]
  constructor(message: string, records: readonly number[] = []) {
    super(message)
    this.records = records
  }
}

export interface Sent {
  readonly messageId: string
}

export interface Fetched {
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export interface Tracking {
  readonly messageId: string
  readonly status: string
}

/** How it travels: the MESH API, or another day something else. */
export interface MailboxTransport {
  handshake(): Promise<void>
  /** @throws TransportError; `ambiguous` when nobody can know whether it arrived */
  send(message: {
    to: string
    workflowId: string
    localId: string
    fileName: string
    body: Uint8Array
  }): Promise<Sent>
  list(): Promise<readonly string[]>
  fetch(id: string): Promise<Fetched>
  acknowledge(id: string): Promise<void>
  /** By the id this side gave a message; undefined when the other side has none of it. */
  trackOwn(localId: string): Promise<Tracking | undefined>
}

export type Trouble =
  /** Not reached, or out of order: the next try may do. */
  | 'away'
  /** Sent, and no answer came: it may be there or not. */
  | 'ambiguous'
  /** Password, key or certificate are not believed: trying on makes it worse. */
  | 'not-let-in'
  /** MESH refuses the message as such: settings or a defect. */
  | 'refused'
  /** A message of the mailbox that is no longer there. */
  | 'gone'

/** What went wrong on the way. Its message names codes and statuses, never content. */
export class TransportError extends Error {
  readonly trouble: Trouble
  /** The code of MESH: '12', '17'. */
  readonly code: string | undefined
  constructor(trouble: Trouble, message: string, code?: string) {
    super(message)
    this.trouble = trouble
    this.code = code
  }
}
