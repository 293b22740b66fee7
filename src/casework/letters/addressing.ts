import type { FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import type { Opened } from '../../access/opening.ts'
import { needsOf } from '../../people/communication.ts'
import { relationTo } from '../../people/relation-words.ts'
import { openFamily, openOf, relativesNamed, type Sight } from '../../people/relatives.ts'
import { mayThey, type WhoMay, whoMay } from '../../people/who-may.ts'
import { sessionOf } from '../../web/session.ts'
import type { Day } from '../../web/words.ts'
import { type AddresseeKind, writtenToAt } from './letters-store.ts'
import { type WrittenTo, writtenTo } from './needs.ts'

// biome-ignore lint/suspicious/noExplicitAny: as Connection
type Reading = Transaction<any>

/** Somebody a letter may be addressed to. */
export interface Addressee {
  /** A person’s id, or `somebody` for whoever is not in the record. */
  readonly key: string
  readonly kind: AddresseeKind
  readonly name: string
  /** 'Mother', 'The child'. */
  readonly what: string
  /** Address lines as far as they are open. */
  readonly lines: readonly string[]
  readonly needs: WrittenTo
  /** No address of the children may reach them. */
  readonly homeKept: boolean
  /** What to mind, in words; none when there is nothing. */
  readonly mind: readonly string[]
}

/** A child a letter is about, with the record that was opened. */
export interface About {
  readonly id: string
  readonly name: string
  readonly people: readonly string[]
}

/** Opens the family for letters: names, addresses also where they are kept, and how each is to be written to. */
export const openForLetters = (request: FastifyRequest, opened: Opened): Promise<Map<string, Sight>> =>
  openFamily(request.server.deps.db, sessionOf(request), opened.people, {
    groups: ['F04', 'F06'],
    correlation: request.id,
  })

/** Nobody of the record: the name and the address are written by hand. */
export const somebody: Addressee = {
  key: 'somebody',
  kind: 'professional',
  name: '',
  what: 'Somebody else: a school, a surgery, whoever referred the child',
  lines: [],
  needs: writtenTo([]),
  homeKept: false,
  mind: [],
}

/**
 * Everybody a letter about these children may go to, with where, how, and what to mind: the children, whoever the record
 * ties to the first of them and this reader may know, and somebody else.
 */
export async function addresseesOf(
  trx: Reading,
  about: readonly About[],
  sights: ReadonlyMap<string, Sight>,
  on: Day,
): Promise<Addressee[]> {
  const standings: WhoMay[] = []
  for (const { people } of about) standings.push(await whoMay(trx, people, on))
  const family = standings[0]!.people.filter(
    (one): one is typeof one & { other: string } =>
      one.other !== null &&
      sights.get(one.other) === 'open' &&
      !about.some(({ people }) => people.includes(one.other!)),
  )
  const ids = [...about.map(({ id }) => id), ...family.map(({ other }) => other)]
  const named = await relativesNamed(trx, openOf(sights))
  const where = await writtenToAt(trx, ids, on)
  const answers = await needsOf(trx, ids)
  const needsFor = (id: string) =>
    writtenTo(
      answers.filter((one) => one.person_id === id && one.asked_on <= on && (!one.to_day || one.to_day > on)),
    )
  const children = about.map(
    ({ id, name }): Addressee => ({
      key: id,
      kind: 'child',
      name,
      what: 'The child',
      lines: where.get(id) ?? [],
      needs: needsFor(id),
      homeKept: false,
      mind: [],
    }),
  )
  const others = family
    .filter(({ other }) => !named.get(other)?.died)
    .map((one): Addressee => {
      const homes = standings.map((standing) => mayThey(standing, one.other, 'address'))
      const kept = homes.find(({ may }) => may !== 'yes')
      return {
        key: one.other,
        kind: 'family',
        name: named.get(one.other)?.name ?? one.name ?? 'Name not known',
        what: one.relation
          ? relationTo(one.relation, {
              fromOtherEnd: one.fromOtherEnd,
              sex: named.get(one.other)?.sex,
              ended: false,
            })
          : one.responsible
            ? 'Has parental responsibility'
            : 'Around the child',
        // Where their own record is not open that far, the child’s says it of whoever lives there too.
        lines: where.get(one.other) ?? (one.sameHome ? where.get(about[0]!.id) : undefined) ?? [],
        needs: needsFor(one.other),
        homeKept: kept !== undefined,
        mind: [
          ...(kept
            ? [
                `${kept.may === 'no' ? `May not know where the child lives: ${small(kept.because)}` : `Whether they may know where the child lives is not decided (${small(kept.because)})`}. No address of the child can stand in the letter.`,
              ]
            : []),
          ...(one.contact.may === 'no' ? [`No contact with the child: ${small(one.contact.because)}.`] : []),
        ],
      }
    })
  return [...children, ...others, somebody]
}

const small = (words: string): string => `${words[0]!.toLowerCase()}${words.slice(1)}`
