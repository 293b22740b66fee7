import { sql, type Transaction } from 'kysely'
import type { Day } from '../web/words.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** What one may ask about somebody and a child. */
export const matters = {
  address: 'Know where the child lives',
  contact: 'See or speak to the child',
  collect: 'Fetch the child',
} as const satisfies Record<string, string>
export type Matter = keyof typeof matters

/** `ask`: nothing decides it; a worker does, before anything is told or done. */
export interface Answer {
  readonly may: 'yes' | 'no' | 'ask'
  /** Why, in words. */
  readonly because: string
}

/** By whom an arrangement was decided. */
export const deciders = {
  'court-order': 'a court order',
  'bail-condition': 'a condition of bail',
  'child-protection-plan': 'the child protection plan',
  'care-plan': 'the care plan',
  parent: 'a parent',
  worker: 'a worker',
  other: 'somebody else',
} as const satisfies Record<string, string>

/** Everything about one person and the child that the answer rests on. */
export interface Standing {
  readonly other: string | null
  readonly name: string | null
  readonly relation: string | null
  readonly fromOtherEnd: boolean
  readonly sameHome: boolean
  readonly responsible: boolean
  /** An order that limits their parental responsibility. */
  readonly limitedBy: string | null
  readonly posesRisk: boolean
  readonly arrangement: {
    readonly contact: 'yes' | 'supervised' | 'indirect' | 'no' | null
    readonly collect: 'yes' | 'ask' | 'no' | null
    readonly address: 'yes' | 'no' | null
    readonly decidedBy: keyof typeof deciders
    readonly words: string | null
  } | null
}

const yes = (because: string): Answer => ({ may: 'yes', because })
const no = (because: string): Answer => ({ may: 'no', because })
const ask = (because: string): Answer => ({ may: 'ask', because })

/**
 * Whether somebody may know a child’s address, see the child, fetch the child. What was decided comes first, and a 'no'
 * before a 'yes'; a possible risk and an address that is kept close what nothing opened; then home and parental
 * responsibility; what is left a worker decides. Pure.
 * @param kept whether the child’s address is kept from others
 */
export function answerFor(matter: Matter, one: Standing, { kept }: { kept: boolean }): Answer {
  return { address: ofAddress, contact: ofContact, collect: ofCollect }[matter](one, kept)
}

const decidedBy = ({ arrangement }: Standing) => `Decided by ${deciders[arrangement!.decidedBy]}`
const risk = 'They may pose a risk to children'
const limited = ({ limitedBy }: Standing) => `An order limits their parental responsibility: ${limitedBy}`

function ofAddress(one: Standing, kept: boolean): Answer {
  const decided = one.arrangement?.address
  if (decided === 'no') return no(decidedBy(one))
  if (one.posesRisk) return one.sameHome ? ask(`${risk}, and live there`) : no(risk)
  if (decided === 'yes') return yes(decidedBy(one))
  if (one.sameHome) return yes('They live there')
  if (kept) return no('The address is kept from others')
  if (one.limitedBy) return ask(limited(one))
  return one.responsible ? yes('They have parental responsibility') : ask('Nothing on record decides it')
}

function ofContact(one: Standing): Answer {
  const decided = one.arrangement?.contact
  if (decided === 'no') return no(decidedBy(one))
  if (decided === 'indirect') return no(`${decidedBy(one)}: letters and calls only`)
  if (decided === 'supervised') return ask(`${decidedBy(one)}: supervised only`)
  if (one.posesRisk) return ask(risk)
  if (decided === 'yes') return yes(decidedBy(one))
  if (one.limitedBy) return ask(limited(one))
  if (one.sameHome) return yes('They live with the child')
  return one.responsible ? yes('They have parental responsibility') : ask('Nothing on record decides it')
}

function ofCollect(one: Standing): Answer {
  const decided = one.arrangement?.collect
  if (decided === 'no') return no(decidedBy(one))
  if (one.posesRisk) return no(risk)
  const contact = one.arrangement?.contact
  if (contact && contact !== 'yes') return no(`${decidedBy(one)}: not alone with the child`)
  if (decided === 'yes') return yes(decidedBy(one))
  if (decided === 'ask') return ask(decidedBy(one))
  if (one.limitedBy) return ask(limited(one))
  return one.responsible && one.sameHome
    ? yes('They have parental responsibility and live with the child')
    : ask('Nothing on record decides it')
}

/** What a letter, a school or a visit asks before a child’s address, contact or pick-up is told to anybody. */
export interface WhoMay {
  readonly kept: boolean
  readonly people: readonly (Standing & Readonly<Record<Matter, Answer>>)[]
}

/**
 * Who may know this child’s address, see and fetch the child, on a day: everybody the record ties to the child. Field
 * groups F07 and F24 have to be open. Whoever is not in the list is nobody’s `yes`: ask.
 * @param people the child under every id
 */
export async function whoMay(trx: Reading, people: readonly string[], on: Day): Promise<WhoMay> {
  const ids = sql`${[...people]}::uuid[]`
  const { rows } = await sql<Standing & { kept: boolean }>`
    with tie as (
      select case when r.person_id = any (${ids}) then r.other_person_id else r.person_id end as other, r.other_name as name, r.kind,
             r.person_id <> all (${ids}) as other_end, coalesce(r.same_household, false) as same_home
        from relationship r
       where (r.person_id = any (${ids}) or r.other_person_id = any (${ids})) and (r.to_day is null or r.to_day > ${on})
    ), held as (
      select h.holder_person_id as other, h.holder_name as name, h.limited_by
        from parental_responsibility h
       where h.person_id = any (${ids}) and (h.from_day is null or h.from_day <= ${on}) and (h.to_day is null or h.to_day > ${on})
    ), arranged as (
      select distinct on (coalesce(c.other_person_id::text, c.other_name)) c.*
        from contact_arrangement c
       where c.person_id = any (${ids}) and c.from_day <= ${on} and (c.to_day is null or c.to_day > ${on})
       order by coalesce(c.other_person_id::text, c.other_name), c.from_day desc, c.id desc
    ), risky as (
      select r.person_id as other from risk_link l join risk_posed r on r.id = l.risk_id
       where l.person_id = any (${ids}) and l.from_day <= ${on} and (l.to_day is null or l.to_day > ${on})
    ), everybody as (
      select other, name from tie union all select other, name from held union all select other_person_id, other_name from arranged
    ), one as (
      select other, case when other is null then name end as key, max(name) as name from everybody group by 1, 2
    )
    select one.other, one.name,
           (select t.kind from tie t where t.other = one.other order by t.other_end limit 1) as relation,
           coalesce((select t.other_end from tie t where t.other = one.other order by t.other_end limit 1), false) as "fromOtherEnd",
           coalesce((select bool_or(t.same_home) from tie t where t.other = one.other), false) as "sameHome",
           exists (select from held h where h.other = one.other or one.other is null and h.name = one.key) as responsible,
           (select string_agg(h.limited_by, '; ') from held h where h.other = one.other or one.other is null and h.name = one.key) as "limitedBy",
           exists (select from risky r where r.other = one.other) as "posesRisk",
           (select jsonb_build_object('contact', a.contact, 'collect', a.collect, 'address', a.address, 'decidedBy', a.decided_by, 'words', a.words)
              from arranged a where a.other_person_id = one.other or one.other is null and a.other_person_id is null and a.other_name = one.key
             limit 1) as arrangement
      from one order by "sameHome" desc, responsible desc, one.name`.execute(trx)
  const { rows: address } = await sql<{ kept: boolean }>`
    select access.address_is_kept(${ids}) as kept`.execute(trx)
  const { kept } = address[0]!
  const answered = rows.map((one) => ({
    ...one,
    address: answerFor('address', one, { kept }),
    contact: answerFor('contact', one, { kept }),
    collect: answerFor('collect', one, { kept }),
  }))
  return { kept, people: answered }
}

/**
 * The one question of a letter: may this person be told, or do, this?
 * @returns `ask` for whoever the record does not tie to the child
 */
export function mayThey({ people }: WhoMay, person: string, matter: Matter): Answer {
  return (
    people.find(({ other }) => other === person)?.[matter] ?? ask('The record does not tie them to the child')
  )
}
