import { randomUUID } from 'node:crypto'
import { noteShown, openList, openRecords } from '../access/opening.ts'
import { reading, type Reader as Session, writing } from '../access/reading.ts'
import { paragraphsTold } from '../front-door/contact.ts'
import { decideContacts, noteInformed, takeContact } from '../front-door/contact-store.ts'
import type { Notification } from '../front-door/notification.ts'
import { receive } from '../front-door/queue-store.ts'
import { decisions } from '../front-door/words.ts'
import { cardsOf, type IndexCard } from '../people/index-store.ts'
import type { Day } from '../web/words.ts'
import type { Scene } from './scenes.ts'

interface Call {
  readonly at: string
  readonly source: string
  readonly agency: string
  readonly safe: 'yes' | 'unknown'
  readonly what: string
  readonly decided?: {
    readonly decision: 'information-and-advice' | 'linked-to-open-case'
    readonly reason: string
  }
}

/** Today's telephone: what was told, and of the first what was decided. */
const calls: readonly Call[] = [
  {
    at: '08:40',
    source: '2A',
    agency: 'Fell Lane Primary',
    safe: 'yes',
    what: 'Has been late four mornings of five, and says nobody is up at home. Bright and well in class once here.',
    decided: {
      decision: 'linked-to-open-case',
      reason:
        'The worker knows the mornings are hard and has the plan for it; told today what the school sees',
    },
  },
  {
    at: '09:05',
    source: '3B',
    agency: 'Fellby health visitors',
    safe: 'yes',
    what: 'Two visits in a row nobody came to the door, though somebody was in. Weight was well on the line in September.',
  },
  {
    at: '09:20',
    source: '1B',
    agency: '',
    safe: 'unknown',
    what: 'Shouting through the wall most nights since the summer. The children were heard crying yesterday after ten.',
  },
]

/** What the police and others sent this morning. */
const incidents: readonly { readonly what: string; readonly safe: 'yes' | 'no' }[] = [
  {
    what: 'Officers were called to an argument between adults. The children were in bed and were seen, well.',
    safe: 'yes',
  },
  {
    what: 'Found at the bus station at half past eleven at night with older young people. Taken home by officers.',
    safe: 'yes',
  },
  {
    what: 'A neighbour reported a child alone. An officer found a grown-up at home and the child asleep.',
    safe: 'yes',
  },
  {
    what: 'A driver was stopped with two children in the back and had been drinking. Both went to their grandmother.',
    safe: 'no',
  },
  {
    what: 'Damage to a car by a group; all spoken to on the street, one is known to be thirteen.',
    safe: 'yes',
  },
]

/** As somebody wrote it down who heard it: a letter short. */
const misheard = (name: string): string => (name.length > 6 ? name.slice(0, 4) + name.slice(5) : name)

/** Contacts of today, one of them decided, and a queue of notifications that nobody has looked at. */
export const frontDoorToday: Scene = {
  name: 'front-door-today',
  async play({ db, as, account, today, caseloads }) {
    const someone = async (name: string) => ({ ...(await as(name)), account: { id: account(name) } })
    const dev = await someone('Dev Malik')
    const moira = await someone('Moira Kendal')
    const known = await cards(
      db,
      dev,
      caseloads.slice(6, 16).flatMap(({ children }) => children.slice(0, 1).map(({ person }) => person)),
    )
    for (const [n, call] of calls.entries()) {
      const child = known[n]
      if (child) await take(db, dev, moira, child, call, today)
    }
    for (const [n, incident] of incidents.entries()) {
      const child = known[calls.length + n]
      const told: Notification = {
        incident: `FP/26/${4100 + n}`,
        agency: 'Fellshire Police',
        people: [
          child?.name
            ? { as: 'child', name: misheard(child.name), ...(child.born ? { born: child.born } : {}) }
            : { as: 'child', name: 'Robin Hartsop', born: '2013-05-02' },
        ],
        ...incident,
      }
      await receive(db, told, { channel: 'api', source: '6' })
      // The first came twice, as they do.
      if (n === 0)
        await receive(
          db,
          { ...told, what: `${told.what} A second call came at midnight.` },
          { channel: 'api', source: '6' },
        )
    }
    await receive(
      db,
      {
        agency: 'Fellby College',
        caller: { name: 'J. Ormerod', reachedBy: '01632 960117' },
        people: [
          { as: 'child', name: 'Tamsin Greenhow', born: '2010-02-11' },
          { as: 'mother', name: 'Kerry Greenhow' },
        ],
        what: 'Told her tutor that she does not feel safe when her mother’s new partner is at home.',
        safe: 'yes',
        consent: 'given',
        familyKnows: 'no',
      },
      { channel: 'web', source: '2A', track: true },
    )
  },
}

type Db = Parameters<typeof openList>[0]

async function cards(db: Db, session: Session, ids: readonly string[]): Promise<IndexCard[]> {
  const opened = await openList(db, session, 'search', { purpose: 'working the front door' })
  if (!opened.allowed) return []
  const found = await reading(db, session, (trx) => cardsOf(trx, ids))
  await noteShown(
    db,
    session,
    'search',
    found.map(({ id }) => id),
  )
  return found
}

async function take(
  db: Db,
  screener: Session,
  manager: Session,
  child: IndexCard,
  call: Call,
  today: Day,
): Promise<void> {
  const asked = { purpose: 'taking a contact', groups: ['F01', 'F11', 'F24', 'F26'] }
  const [opened] = await openRecords(db, screener, [child.id], asked)
  if (!opened?.allowed) return
  const contacts = await writing(db, screener, (trx) =>
    takeContact(trx, {
      told: {
        together: randomUUID(),
        contact_date: today,
        contact_at: call.at,
        contact_source_code: call.source,
        contact_source_desc: call.agency || null,
        contact_method: 'phone',
        incident_reference: null,
        safe_now: call.safe,
        safe_words: null,
        consent: call.source === '1B' ? 'not-sought' : 'given',
        consent_words:
          call.source === '1B'
            ? 'Whoever rang does not want the family to know'
            : 'A parent, to whoever rang',
        family_knows: call.source === '1B' ? 'no' : 'yes',
        interpreter: null,
      },
      children: [child.id],
      named: [],
      paragraphs: paragraphsTold(call.what, call.source, []),
      informant: call.source === '1B' ? { name: null, reached_by: null, unnamed: true } : null,
    }),
  )
  if (!call.decided) return
  const [mayDecide] = await openRecords(db, manager, [child.id], {
    ...asked,
    purpose: 'deciding a contact',
    action: 'write',
  })
  if (!mayDecide?.allowed) return
  const { decision, reason } = call.decided
  await writing(db, manager, async (trx) => {
    await decideContacts(trx, contacts, {
      decision,
      reason,
      threshold: null,
      passedTo: null,
      badFaithBecause: null,
      account: manager.account.id,
      today,
      now: new Date(),
      outcomeWords: decisions[decision],
    })
    await noteInformed(trx, contacts, { on: today, how: 'spoken', because: null })
  })
}
