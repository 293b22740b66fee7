import { diffComm } from 'node-diff3'

/** What can be done with work that is signed. */
export const acts = ['submitted', 'returned', 'withdrawn', 'authorised'] as const
export type Act = (typeof acts)[number]

/** One step, with who took it and why. */
export interface Step {
  readonly act: Act
  readonly version: number
  readonly at: Date
  readonly account: string
  readonly by: string
  readonly words: string | null
}

/** Where work stands: its last step, and whether it says something else since. */
export interface Standing {
  readonly last: Step | undefined
  /** It was submitted or signed, and says something else now. */
  readonly changed: boolean
}

/** Where work stands that nobody has submitted. */
export const notSubmitted: Standing = { last: undefined, changed: false }

/** The person who wants to act, as far as it counts. */
export interface Actor {
  readonly account: string
  /** They submitted it, now or earlier, wrote in it, or are the child’s allocated worker. */
  readonly own: boolean
  readonly allocated: boolean
  /** Their role may sign this kind of work. */
  readonly role: boolean
  /** They stand above the worker, are on duty for the team, or cover. */
  readonly line: boolean
  /** All of the work is open to them. */
  readonly reads: boolean
}

/** Why a step may not be taken. The database says the same, and refuses (record.sign_off_refusal). */
export type NotNow =
  | 'not-there'
  | 'submitted-already'
  | 'signed-already'
  | 'nothing-submitted'
  | 'not-yours-to-withdraw'
  | 'own-work'
  | 'not-your-role'
  | 'not-in-line'
  | 'changed-since'
  | 'not-all-open'

export const notNowWords: Record<NotNow, string> = {
  'not-there': 'This work is not there any more',
  'submitted-already':
    'It waits for its signature already. To change it, take it back first, or ask for it to be returned',
  'signed-already': 'It is signed as it stands. Change it, and it can be sent for signature again',
  'nothing-submitted':
    'It does not wait for a signature: somebody has decided meanwhile, or it was taken back',
  'not-yours-to-withdraw': 'Whoever sent it for signature takes it back, or the child’s allocated worker',
  'own-work':
    'Nobody signs their own work. You sent it, wrote in it, or are the allocated worker: another manager decides',
  'not-your-role': 'Another role signs work of this kind',
  'not-in-line': 'It is signed in the line of the child’s worker, by whoever is on duty, or by cover',
  'not-all-open':
    'Part of it is not open to you, such as the child’s own words. Whoever may read all of it signs; you may return it',
  'changed-since':
    'It was changed after it was sent for signature. Return it, so that you sign what you read',
}

/** Why this person may not take this step now; undefined when they may. Pure. */
export function whyNot({ last, changed }: Standing, act: Act, actor: Actor): NotNow | undefined {
  if (act === 'submitted') {
    if (last?.act === 'submitted') return 'submitted-already'
    return last?.act === 'authorised' && !changed ? 'signed-already' : undefined
  }
  if (last?.act !== 'submitted') return 'nothing-submitted'
  if (act === 'withdrawn')
    return last.account === actor.account || actor.allocated ? undefined : 'not-yours-to-withdraw'
  if (actor.own) return 'own-work'
  if (!actor.role) return 'not-your-role'
  if (!actor.line) return 'not-in-line'
  if (act !== 'authorised') return undefined
  if (changed) return 'changed-since'
  return actor.reads ? undefined : 'not-all-open'
}

/** Where work stands, in words. */
export function standingWords({ last, changed }: Standing): string {
  if (!last) return 'Not sent for signature'
  if (last.act === 'authorised') return changed ? 'Changed since it was signed: to be signed again' : 'Signed'
  return {
    submitted: 'Waits for its signature',
    returned: 'Returned with reasons',
    withdrawn: 'Taken back before it was signed',
  }[last.act]
}

/** A field of what is signed, as the reader sees it. */
export interface SignedField {
  /** Tells it from the others of one child. */
  readonly name: string
  readonly label: string
  readonly text: string
  /** Heading of the part it stands in. */
  readonly section?: string | undefined
}

/** A run of words that stayed, came or went. */
export interface Run {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

export interface ComparedField extends SignedField {
  readonly change: 'same' | 'added' | 'changed' | 'removed'
  /** What the text was and is, word by word, where it changed. */
  readonly runs: readonly Run[]
}

const wordsOf = (text: string): string[] => text.match(/\s+|[^\s]+/g) ?? []

function runsOf(before: string, now: string): Run[] {
  return diffComm(wordsOf(before), wordsOf(now))
    .flatMap((piece: { common?: string[]; buffer1?: string[]; buffer2?: string[] }): Run[] =>
      piece.common
        ? [{ kind: 'same', text: piece.common.join('') }]
        : [
            { kind: 'removed', text: (piece.buffer1 ?? []).join('') },
            { kind: 'added', text: (piece.buffer2 ?? []).join('') },
          ],
    )
    .filter(({ text }) => text !== '')
}

/**
 * What changed since it was last submitted, field by field: everything that stands, in its order, and what was taken out
 * after the field it followed. Without an earlier version nothing is marked.
 */
export function compared(
  before: readonly SignedField[] | undefined,
  now: readonly SignedField[],
): ComparedField[] {
  if (!before) return now.map((field) => ({ ...field, change: 'same', runs: [] }))
  const earlier = new Map(before.map((field) => [field.name, field]))
  const standing = new Set(now.map(({ name }) => name))
  const result: ComparedField[] = now.map((field) => {
    const was = earlier.get(field.name)
    if (!was) return { ...field, change: 'added', runs: [{ kind: 'added', text: field.text }] }
    return was.text === field.text
      ? { ...field, change: 'same', runs: [] }
      : { ...field, change: 'changed', runs: runsOf(was.text, field.text) }
  })
  for (const [place, gone] of before.entries()) {
    if (standing.has(gone.name)) continue
    const after = before.slice(0, place).findLast(({ name }) => result.some((one) => one.name === name))?.name
    const at = after === undefined ? 0 : result.findIndex(({ name }) => name === after) + 1
    result.splice(at, 0, { ...gone, change: 'removed', runs: [{ kind: 'removed', text: gone.text }] })
  }
  return result
}

/** A piece of work about one person, compared. */
export interface ComparedPiece {
  readonly person: string
  readonly name: string
  readonly fields: readonly ComparedField[]
}

/** What is the same for all of several people, to be read once, and what is each one’s own. */
export function readOnce(pieces: readonly ComparedPiece[]): {
  readonly all: readonly ComparedField[]
  readonly each: readonly ComparedPiece[]
} {
  if (pieces.length < 2) return { all: [], each: pieces }
  const key = ({ name, text, change, runs }: ComparedField) => JSON.stringify([name, text, change, runs])
  const sets = pieces.map(({ fields }) => new Set(fields.map(key)))
  const common = (field: ComparedField) => sets.every((set) => set.has(key(field)))
  return {
    all: pieces[0]!.fields.filter(common),
    each: pieces.map((piece) => ({ ...piece, fields: piece.fields.filter((field) => !common(field)) })),
  }
}

/** What changed, by itself: it is read before all the rest. */
export const changedOnly = (pieces: readonly ComparedPiece[]) =>
  readOnce(
    pieces.map((piece) => ({
      ...piece,
      fields: piece.fields.filter(({ change }) => change !== 'same'),
    })),
  )

/** The moment whose version a reader compares with: what was signed, or what was submitted the time before. */
export function comparedWith(steps: readonly Step[]): Step | undefined {
  const last = steps.at(-1)
  if (last?.act === 'authorised') return last
  const submissions = steps.filter(({ act }) => act === 'submitted')
  return last?.act === 'submitted' ? submissions.at(-2) : submissions.at(-1)
}
