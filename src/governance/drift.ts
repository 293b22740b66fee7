import type { Evidence } from './evidence.ts'
import { blankContacts, type Facts, fingerprintOf, groupWords, makeNotice, type Section } from './notice.ts'

/** Something that is done and not told, or told and not done. */
export interface Drift {
  readonly kind: 'field' | 'recipient' | 'automated' | 'transfer' | 'promise' | 'contact' | 'text'
  readonly key: string
  readonly says: string
}

/**
 * Where what the service does and what its notice says have come apart (N3, T9).
 * @param published the notice for families as it is read; undefined where none is
 * @param evidence what keeps each requirement
 */
export function driftOf(
  facts: Facts,
  published: readonly Section[] | undefined,
  evidence: readonly Pick<Evidence, 'key' | 'state' | 'does'>[],
): Drift[] {
  if (published === undefined)
    return [{ kind: 'text', key: 'families', says: 'No notice for families has been published' }]
  const entries = new Set(published.flatMap(({ covers }) => covers.entries ?? []))
  const groups = new Set(published.flatMap(({ covers }) => covers.groups ?? []))
  const { registers } = facts
  const untold = (
    kind: Drift['kind'],
    what: readonly { key: string; name: string }[],
    says: string,
  ): Drift[] =>
    what.flatMap(({ key, name }) => (entries.has(key) ? [] : [{ kind, key, says: `${says}: ${name}` }]))
  return [
    ...facts.groups.flatMap(({ code, name }): Drift[] =>
      groups.has(code) && groupWords[code] !== undefined
        ? []
        : [{ kind: 'field', key: code, says: `Collected, and not in the notice: ${name}` }],
    ),
    ...untold('recipient', registers.recipients, 'May be told, and is not in the notice'),
    ...untold(
      'automated',
      registers.automated.filter(({ state }) => state !== 'off'),
      'Done by the computer, and not in the notice',
    ),
    ...untold('transfer', registers.transfers, 'A way abroad that is not in the notice'),
    ...promisesUnkept(published, evidence),
    ...blankContacts(facts).map(
      (name): Drift => ({ kind: 'contact', key: name, says: `A contact point is blank: ${name}` }),
    ),
    ...(fingerprintOf(published) === fingerprintOf(makeNotice('families', facts))
      ? []
      : [
          {
            kind: 'text' as const,
            key: 'families',
            says: 'The registers say otherwise than the published notice: publish it again',
          },
        ]),
  ]
}

/** Promises of the notice that nothing is known to keep, in the order of the requirements. */
function promisesUnkept(
  published: readonly Section[],
  evidence: readonly Pick<Evidence, 'key' | 'state' | 'does'>[],
): Drift[] {
  const promised = new Map(
    published.flatMap(({ heading, keeps }) => keeps.map((one) => [one, heading] as const)),
  )
  const known = new Map(evidence.map((one) => [one.key, one]))
  return [...promised]
    .filter(([one]) => one.startsWith('N') && (known.get(one)?.state ?? 'not-yet') === 'not-yet')
    .sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)))
    .map(([key, heading]) => ({
      kind: 'promise',
      key,
      says: `Promised in ‘${heading}’, and not kept: ${known.get(key)?.does ?? 'nothing is known of it'}`,
    }))
}
