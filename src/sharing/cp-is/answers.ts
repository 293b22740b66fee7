import type { AlertState, Content } from './alerts.ts'
import type { Statement, UploadAnswer } from './neutral.ts'

/**
 * What an answer says of a file and of each record in it (cp-is.md section 6). Codes alone are compared: their words
 * are spelt in more than one way. Pure.
 */

/** What becomes of a file as a whole, by its code. */
export const fileCodes = {
  CPF01: 'failed',
  CPF02: 'loaded',
  CPF03: 'loaded',
  CPF04: 'loaded',
  CPF05: 'retry',
  CPF06: 'failed',
} as const
export type FileOutcome = 'loaded' | 'retry' | 'failed' | 'not-understood'

/** What becomes of a record, by its code. */
export const recordCodes = {
  CPR01: 'rejected',
  CPR02: 'cannot-share',
  CPR03: 'rejected',
  CPR04: 'rejected',
  CPR05: 'rejected',
  CPR06: 'accepted',
  CPR07: 'rejected',
} as const
export type RecordCode = keyof typeof recordCodes

export interface RecordOutcome {
  readonly result: 'accepted' | 'rejected' | 'cannot-share' | 'uncertain'
  readonly code?: string | undefined
  readonly details: Statement['details']
}

/** A record as it was sent. */
export interface FileRecord {
  readonly place: number
  readonly nhsNumber: string
}

const uncertain: RecordOutcome = { result: 'uncertain', details: [] }
const isRecordCode = (code: string): code is RecordCode => Object.hasOwn(recordCodes, code)

/**
 * Says for each record of a file what the answer says of it. The place that a statement names is believed only where
 * the numbers agree; what cannot be told is uncertain, and is sent again.
 */
export function outcomesOf(
  answer: UploadAnswer,
  records: readonly FileRecord[],
): {
  file: FileOutcome
  code: string | undefined
  records: ReadonlyMap<number, RecordOutcome>
  sums: boolean
} {
  const code = answer.file.map((one) => one.code).find((one) => Object.hasOwn(fileCodes, one))
  const file: FileOutcome = code ? fileCodes[code as keyof typeof fileCodes] : 'not-understood'
  const outcomes = new Map<number, RecordOutcome>()
  const { succeeded, failed, count } = answer
  const sums =
    succeeded !== undefined &&
    failed !== undefined &&
    succeeded + failed === records.length &&
    count === records.length
  if (file === 'loaded') {
    for (const { nhsNumber, outcome } of statedOutcomes(answer)) {
      const record = records.find((one) => one.nhsNumber === nhsNumber)
      if (!record) continue
      const before = outcomes.get(record.place)
      // Said twice, and not the same: neither is believed.
      outcomes.set(record.place, before && before.result !== outcome.result ? uncertain : outcome)
    }
    // Of whom nothing is said: all were loaded, or as many as the totals leave.
    const silent = records.filter(({ place }) => !outcomes.has(place))
    const accepted = [...outcomes.values()].filter(({ result }) => result === 'accepted').length
    const loaded = code === 'CPF02' || (code === 'CPF03' && sums && succeeded === accepted + silent.length)
    for (const { place } of silent)
      outcomes.set(place, loaded ? { result: 'accepted', details: [] } : uncertain)
  } else for (const { place } of records) outcomes.set(place, uncertain)
  return { file, code, records: outcomes, sums }
}

/** Each statement with the number of the record it is about. */
function statedOutcomes(answer: UploadAnswer): { nhsNumber: string | undefined; outcome: RecordOutcome }[] {
  const { statements, records } = answer
  return statements.flatMap((statement, i) => {
    const { code, details } = statement
    const result = isRecordCode(code) ? recordCodes[code] : 'uncertain'
    const named = Number(/\[(\d+)\](?!.*\[\d+\])/.exec(statement.location ?? '')?.[1] ?? Number.NaN) - 1
    const about = statements.length === records.length ? records[i] : records[named]
    if (!about) return []
    // What was accepted is given back as valid: where the two disagree, the statement is about another.
    const agrees = about.valid === (result === 'accepted')
    return [{ nhsNumber: about.nhsNumber, outcome: agrees ? { result, code, details } : uncertain }]
  })
}

/** An alert as it stands when an answer comes. */
export interface Answered {
  readonly state: AlertState
  readonly sent: Content
  readonly acknowledged?: Content | undefined
  /** The file that told it last. */
  readonly sequence: number
  /** An older file was worked through again while a newer one was on its way. */
  readonly inDoubt: boolean
}

export interface After extends Omit<Answered, 'sequence'> {
  readonly code?: string | undefined
}

/**
 * An alert after the answer to a file that it was in. A second answer, or one to a file that is not its last, says that
 * the NHS may show the older again: the alert is told anew, and what is on its way is looked at when that is answered.
 * @param again this file was answered before
 * @param kindOf what kind of reason a second code is
 */
export function afterAnswer(
  alert: Answered,
  outcome: RecordOutcome,
  {
    sequence,
    again,
    kindOf,
    isAdult,
  }: {
    sequence: number
    again: boolean
    kindOf: (detail: string) => 'person' | 'adult' | 'year-old-end' | undefined
    isAdult: boolean
  },
): After {
  const { state, sent, acknowledged, inDoubt } = alert
  if (again || alert.sequence !== sequence) {
    if (state === 'closed') return alert
    return { state: state === 'sent' ? 'sent' : 'uncertain', sent, acknowledged, inDoubt: state === 'sent' }
  }
  if (state !== 'sent' && state !== 'uncertain') return alert
  const { result, code, details } = outcome
  if (result === 'accepted') {
    const holds = sent.deleteOn ? 'deleted' : sent.end && sent.kind === 'child' ? 'ended' : 'live'
    return { state: inDoubt ? 'uncertain' : holds, sent, acknowledged: sent, inDoubt: false }
  }
  const kept = { sent, acknowledged, inDoubt: false }
  if (result === 'uncertain' || inDoubt) return { ...kept, state: 'uncertain' }
  // At 18 the NHS ends the alert itself, and refuses whatever is told after.
  const kinds = details.map(({ code: its }) => (its ? kindOf(its) : undefined))
  if (code === 'CPR07' && isAdult && (kinds.includes('adult') || kinds.every((kind) => kind === undefined)))
    return { ...kept, state: 'closed', code: 'adult' }
  return { ...kept, state: result, code }
}

/** What somebody has to mend after an answer; a flag that cannot be ended is worse than one that cannot be set. */
export function toMend({ state, code, sent, acknowledged }: After): string | undefined {
  if (state === 'uncertain') return 'uncertain'
  if (state !== 'rejected' && state !== 'cannot-share') return undefined
  return acknowledged && sent.end && !acknowledged.end ? 'end-refused' : code
}
