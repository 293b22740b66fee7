import { birthday, dayNumber, isoDay } from '../../../clocks/calendar.ts'
import { nhsNumberIsRight } from '../../../people/numbers.ts'
import type { CpIsPlan, CpIsRecord, Minute, PlanType } from '../neutral.ts'

/**
 * The NHS’s side of CP-IS as far as anything is published of it, and strict: what it holds, and what it answers to each
 * record. Nothing of it is known to the adapter. Pure but for its own maps, so that a property can play it a thousand
 * times. Codes that no national list has begin with LOCALTEST, so that nobody takes them for one.
 */

export interface DirectoryPerson {
  readonly number: string
  /** All given names, as registered. */
  given: string
  family: string
  /** Eight digits. */
  born: string
  status: 'active' | 'superseded' | 'invalid' | 'sensitive'
}

export interface Held {
  readonly authority: string
  readonly number: string
  readonly type: PlanType
  readonly start: Minute
  end?: Minute | undefined
  deleteOn?: Minute | undefined
  localId?: string | undefined
  sequence: string
  /** Both telephone numbers of the authority, as health staff see them. */
  contact: string
}

export interface RecordAnswer {
  readonly code: string
  readonly said: string
  readonly detail?: { readonly code: string; readonly said: string } | undefined
}

export const said: Readonly<Record<string, string>> = {
  CPF01: 'File Level Error',
  CPF02: 'Successful File Upload',
  CPF03: 'Partial File Upload',
  CPF04: 'Unsuccessful File Upload',
  CPF05: 'PDS Error - PDS Unavailable',
  CPF06: 'Spine ii rejected the request because this version of the CPIS Client is no longer supported',
  CPR01: 'PDS Error - No Match Found for NHS Number',
  CPR02: 'PDS Error - NHS Number Matched, but Sensitive Record',
  CPR03: 'PDS Error - NHS Number not Verified',
  CPR04: 'PDS Error - NHS Number Format Incorrect',
  CPR05: 'PDS Error - NHS Number Verified, but Superseded',
  CPR06: 'Successful Record Upload',
  // The schema spells it so.
  CPR07: 'Unsucessful Record Upload',
}

const answer = (code: string, detail?: RecordAnswer['detail']): RecordAnswer => ({
  code,
  said: said[code]!,
  detail,
})
const local = (code: string, words: string) => ({ code: `LOCALTEST-${code}`, said: words })
const dayOf = (minute: Minute) => `${minute.slice(0, 4)}-${minute.slice(4, 6)}-${minute.slice(6, 8)}`
const plainName = (name: string) =>
  name
    .normalize('NFKD')
    .replaceAll(/[^\p{L}]/gu, '')
    .toLowerCase()
const keyOf = (authority: string, number: string, { type, start }: Pick<CpIsPlan, 'type' | 'start'>) =>
  `${authority} ${number} ${type} ${start}`

export class Register {
  readonly directory = new Map<string, DirectoryPerson>()
  readonly held = new Map<string, Held>()
  /** A demonstration’s register comes to know whoever it is told of first. */
  learns = false

  /** Takes a file’s records in, each by itself. `today` is a day of the virtual clock. */
  upload(
    {
      authority,
      sequence,
      contact,
      records,
    }: { authority: string; sequence: string; contact: string; records: readonly CpIsRecord[] },
    today: string,
    unknownDetail = false,
  ): RecordAnswer[] {
    return records.map(({ subject, plans }) => {
      const refused = this.#refusal(subject, plans, today)
      if (refused)
        return unknownDetail && refused.code === 'CPR07'
          ? answer('CPR07', { code: 'XYZZY', said: 'Record cannot be applied' })
          : refused
      for (const plan of plans) {
        const key = keyOf(authority, subject.nhsNumber, plan)
        this.held.set(key, {
          authority,
          number: subject.nhsNumber,
          ...plan,
          localId: subject.localId,
          sequence,
          contact,
        })
      }
      this.drop(today)
      return answer('CPR06')
    })
  }

  #refusal(
    { nhsNumber, given, family, born, kind }: CpIsRecord['subject'],
    plans: CpIsRecord['plans'],
    today: string,
  ): RecordAnswer | undefined {
    if (!nhsNumberIsRight(nhsNumber)) return answer('CPR04')
    if (this.learns && !this.directory.has(nhsNumber))
      this.directory.set(nhsNumber, { number: nhsNumber, given, family, born, status: 'active' })
    const person = this.directory.get(nhsNumber)
    if (!person || person.status === 'invalid') return answer('CPR01')
    if (person.status === 'sensitive') return answer('CPR02')
    if (person.status === 'superseded') return answer('CPR05')
    if (!agrees(person, { given, family, born })) return answer('CPR03')
    for (const { type, start, end, deleteOn } of plans) {
      if (end && end < start) return answer('CPR07', local('END', 'End date before start date'))
      if (deleteOn && deleteOn < start)
        return answer('CPR07', local('DELETE', 'Delete date before start date'))
      if (type !== 'UCP' && kind === 'child' && eighteen(person.born) <= today && !deleteOn)
        return answer('CPR07', local('ADULT', 'Person is over 18'))
      const live = this.#live(nhsNumber, type, start)
      if (end && live && !live.end && !deleteOn && yearAfter(end) <= today)
        return answer('CPR07', local('365', 'End date is more than 365 days ago'))
    }
    return undefined
  }

  #live(number: string, type: PlanType, start: Minute): Held | undefined {
    return [...this.held.values()].find(
      (one) => one.number === number && one.type === type && one.start === start,
    )
  }

  /** What a night does: a year after its end a plan is gone, at its delete date too, and at 18 it ends. */
  drop(today: string): void {
    for (const [key, one] of this.held) {
      const person = this.directory.get(one.number)
      if (person && one.type !== 'UCP' && !one.end && eighteen(person.born) <= today)
        one.end = `${eighteen(person.born).replaceAll('-', '')}0000`
      if (one.deleteOn && dayOf(one.deleteOn) <= today) this.held.delete(key)
      else if (one.end && yearAfter(one.end) <= today) this.held.delete(key)
    }
  }

  /** What health sees under a number: nothing of one that is no longer used. */
  of(number: string): Held[] {
    const status = this.directory.get(number)?.status
    return status === 'active' ? [...this.held.values()].filter((one) => one.number === number) : []
  }
}

const eighteen = (born: string) => isoDay(birthday(dayNumber(dayOf(born)), 18))
const yearAfter = (end: Minute) => isoDay(birthday(dayNumber(dayOf(end)), 1))

/** The family name must match; the given name the whole of the registered ones, the first, or any of them; and the birth. */
function agrees(person: DirectoryPerson, claimed: { given: string; family: string; born: string }): boolean {
  const registered = person.given.split(/\s+/).map(plainName)
  const given = [plainName(claimed.given), plainName(claimed.given.split(/\s+/)[0]!)]
  return (
    plainName(person.family) === plainName(claimed.family) &&
    person.born === claimed.born &&
    (plainName(person.given) === given[0] || registered.includes(given[1]!))
  )
}
