import { paths as caseworkPaths } from '../casework/paths.ts'
import { eventKind } from '../events/kinds.ts'
import { paths as teamPaths } from '../team/paths.ts'
import type { Day } from '../web/words.ts'
import type { Told } from './for-you-store.ts'

const signing = ({ person, about }: Told) =>
  person && about ? caseworkPaths.signing({ person, work: about }) : undefined

/** What was asked of somebody, after the name of who asked; and what one does there. */
const asked: Readonly<
  Record<string, { says: string; act: string; href: (told: Told) => string | undefined }>
> = {
  'transfer-asked': {
    says: 'asks your team to take on',
    act: 'Read the transfer',
    href: ({ about }) => (about ? teamPaths.transfer({ transfer: about }) : undefined),
  },
  'transfer-accepted': {
    says: 'agreed to the transfer of',
    act: 'Read the transfer',
    href: ({ about }) => (about ? teamPaths.transfer({ transfer: about }) : undefined),
  },
  'transfer-returned': {
    says: 'sent back the transfer of',
    act: 'Read why',
    href: ({ about }) => (about ? teamPaths.transfer({ transfer: about }) : undefined),
  },
  'transfer-withdrawn': {
    says: 'took back the transfer of',
    act: 'See transfers',
    href: () => teamPaths.transfers(),
  },
  'supervision-to-sign': {
    says: 'wrote up your supervision',
    act: 'Read and sign',
    href: ({ about }) => (about ? teamPaths.supervision({ supervision: about }) : undefined),
  },
  'supervision-signed': {
    says: 'signed the supervision',
    act: 'Read it',
    href: ({ about }) => (about ? teamPaths.supervision({ supervision: about }) : undefined),
  },
  'sign-asked': { says: 'asks you to sign work on', act: 'Read and decide', href: signing },
  'sign-returned': { says: 'sent back your work on', act: 'Read why', href: signing },
  'sign-authorised': { says: 'signed your work on', act: 'Read it', href: signing },
  'audit-asked': {
    says: 'asks you to audit records',
    act: 'See the sample',
    href: ({ about }) => (about ? teamPaths.practiceAudit({ audit: about }) : undefined),
  },
  'audit-found': {
    says: 'read in a practice audit the record of',
    act: 'Read what was found',
    href: ({ person }) => (person ? teamPaths.oversight({ person }) : undefined),
  },
}

/** A line of For you: one thing, of one child or of several of a family. */
export interface Line {
  readonly ids: readonly string[]
  /** Whose record, in the order they were told of. */
  readonly people: readonly string[]
  readonly says: string
  readonly happenedOn: Day | null
  readonly by: string | null
  readonly madeAt: Date
  readonly read: boolean
  readonly asked: boolean
  readonly lead: { readonly href: string; readonly act: string } | undefined
}

/**
 * What somebody was told as lines: the same thing about several children of a family, by the same person on the same day, is one. What
 * this version does not know is left out. Pure.
 * @param families by person; whoever is not there is a family by themselves
 */
export function linesOf(told: readonly Told[], families: ReadonlyMap<string, string>): Line[] {
  const lines = new Map<string, Line>()
  for (const one of told) {
    const words = wordsOf(one)
    if (!words) continue
    const family = one.person ? (families.get(one.person) ?? one.person) : one.id
    const key = [one.event ?? one.kind, words.says, family, one.happenedOn, one.by, one.readAt !== null].join(
      '|',
    )
    const before = lines.get(key)
    const people = one.person ? [one.person] : []
    lines.set(
      key,
      before
        ? {
            ...before,
            ids: [...before.ids, one.id],
            people: [...new Set([...before.people, ...people])],
            lead: before.people.includes(one.person ?? '') ? before.lead : undefined,
          }
        : {
            ids: [one.id],
            people,
            says: words.says,
            happenedOn: one.happenedOn,
            by: one.by,
            madeAt: one.madeAt,
            read: one.readAt !== null,
            asked: one.kind !== 'happened',
            lead: words.lead,
          },
    )
  }
  return [...lines.values()]
}

function wordsOf(told: Told): { says: string; lead: Line['lead'] } | undefined {
  if (told.kind === 'happened')
    return told.event && told.fact
      ? { says: eventKind(told.event).words(told.fact), lead: undefined }
      : undefined
  const known = Object.hasOwn(asked, told.kind) ? asked[told.kind] : undefined
  if (!known) return undefined
  const href = known.href(told)
  return { says: known.says, lead: href ? { href, act: known.act } : undefined }
}
