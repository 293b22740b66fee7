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
 * @param kept the requirements that something in the system is known to keep
 */
export function driftOf(
  facts: Facts,
  published: readonly Section[] | undefined,
  kept: ReadonlySet<string>,
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
    ...[...new Set(published.flatMap(({ keeps }) => keeps))]
      .filter((one) => one.startsWith('N') && !kept.has(one))
      .map(
        (one): Drift => ({ kind: 'promise', key: one, says: 'Promised, and nothing is known that keeps it' }),
      ),
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
