import { labelOf } from '../codes/codes.ts'
import { formatShortDate } from '../web/words.ts'
import type { About } from './details-store.ts'
import type { WhyNotMerged } from './merging-store.ts'

/** One of two records as they are held beside each other. */
export interface Side {
  readonly id: string
  readonly about: About
  /** The name it is called by now; null when it has none. */
  readonly name: string | null
  readonly home: string | null
  readonly characteristics: Readonly<Record<string, unknown>> | null
  /** What each says besides, in words; nothing of it is chosen between. */
  readonly more: readonly { readonly key: string; readonly value: string }[]
}

/** Something both records say, and say differently. */
export interface Difference {
  /** As `access.merge_people` knows it. */
  readonly field: string
  readonly says: string
  readonly one: string
  readonly other: string
}

const said = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)
const day = (value: string | null) => value && formatShortDate(value)

/** Everything that is said once of a person, in words. */
export function saidBy({
  about,
  name,
  home,
  characteristics,
}: Side): { field: string; says: string; value: string | null }[] {
  const born = about.born && `${about.bornEstimated ? 'about ' : ''}${formatShortDate(about.born)}`
  const interpreter = characteristics?.interpreter_needed
  const ethnicity = said(characteristics?.ethnicity)
  return [
    { field: 'name', says: 'Name', value: name },
    { field: 'person.date_of_birth', says: 'Born', value: born },
    {
      field: 'person.expected_date_of_birth',
      says: 'Expected',
      value: about.born ? null : day(about.expected),
    },
    {
      field: 'person.sex',
      says: 'Sex',
      value: about.sex && about.sex !== 'U' ? labelOf('sex', about.sex) : null,
    },
    { field: 'person.died_on', says: 'Died', value: day(about.died) },
    { field: 'home', says: 'Home', value: home },
    { field: 'gender_identity.pronouns', says: 'Pronouns', value: about.pronouns },
    {
      field: 'person_characteristics.ethnicity',
      says: 'Ethnicity',
      value: ethnicity && labelOf('ethnicity', ethnicity),
    },
    {
      field: 'person_characteristics.first_language',
      says: 'First language',
      value: said(characteristics?.first_language),
    },
    { field: 'person_characteristics.religion', says: 'Religion', value: said(characteristics?.religion) },
    {
      field: 'person_characteristics.interpreter_needed',
      says: 'Interpreter',
      value: typeof interpreter === 'boolean' ? (interpreter ? 'Needed' : 'Not needed') : null,
    },
  ]
}

/** Where a person has to say which is right. Where one of the two says nothing, the other is. */
export function differences(one: Side, other: Side): Difference[] {
  const there = saidBy(other)
  return saidBy(one).flatMap(({ field, says, value }, at) => {
    const also = there[at]!.value
    return value !== null && also !== null && value !== also ? [{ field, says, one: value, other: also }] : []
  })
}

const years = (one: string, other: string) => Math.abs(Number(one.slice(0, 4)) - Number(other.slice(0, 4)))

/** What to look at twice before two records are joined. */
export function doubts(
  one: Side,
  other: Side,
  {
    apart,
    workers,
    restricted,
  }: { apart: string | undefined; workers: readonly [string | null, string | null]; restricted: boolean },
): string[] {
  const { born, sex } = one.about
  const also = other.about
  const doubted: string[] = []
  if (apart !== undefined)
    doubted.push(`Somebody has looked at both before and found two people${apart ? `: ${apart}` : ''}.`)
  if (born && also.born && years(born, also.born) > 1) doubted.push('They are born more than a year apart.')
  if (sex && also.sex && ![sex, also.sex].includes('U') && sex !== also.sex)
    doubted.push('They differ in sex.')
  if ((one.about.died === null) !== (also.died === null))
    doubted.push('One of them has died, as far as is on record.')
  if (workers[0] && workers[1] && workers[0] !== workers[1])
    doubted.push(
      `Both have an allocated worker, ${workers[0]} and ${workers[1]}: end one of the two afterwards.`,
    )
  if (restricted)
    doubted.push(
      'One of them is restricted: joined, both are, and those not named for it lose sight of the other.',
    )
  return doubted
}

/** Why it was not done, for the person who asked, where opening a record has no words of its own for it. */
export const whyNotWords: Partial<Record<WhyNotMerged, string>> = {
  'no-need': 'Your work does not give you both records in full. A manager who answers for both can do it.',
  sealed: 'A sealed record, or one that must not be known, is never joined with another.',
  'not-yours-to-decide': 'A team or service manager decides this. Propose it, and they are told.',
  'already-one': 'They are one record already.',
  'proposed-already': 'It has been proposed already, and waits for a manager.',
  related:
    'The record says that they are related, so they cannot be one person. Take the relationship back first if it is wrong.',
  over: 'They have been parted already.',
}
