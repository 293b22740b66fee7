import { makeCover } from '../access/colleague-store.ts'
import { openList, openRecord, openRecords } from '../access/opening.ts'
import { type Reader, reading, writing } from '../access/reading.ts'
import { addManagementNote } from '../casework/management-note.ts'
import type { NoteRow } from '../casework/notes.ts'
import { fileNotes } from '../casework/notes-store.ts'
import { paragraphsOf } from '../casework/paragraphs.ts'
import { takers } from '../casework/unallocated-store.ts'
import { setDigest } from '../notices/for-you-store.ts'
import { tellTheNight } from '../team/night-store.ts'
import { usualQuestions } from '../team/practice-audit.ts'
import { drawAudit, fileFinding, sampleOf } from '../team/practice-audit-store.ts'
import { decisionWords } from '../team/supervision.ts'
import { fileSupervision, signSupervision } from '../team/supervision-store.ts'
import { proposeTransfer } from '../team/transfer-store.ts'
import { addDays, type Day } from '../web/words.ts'
import type { Caseload, Scene, Whole } from './scenes.ts'

/** What the emergency duty worker writes of one family. */
const night = {
  reason: 'The police rang about this family after a neighbour heard shouting',
  telephone:
    '[police] A neighbour heard shouting at twenty to two. Officers found the mother and the children at home; a visitor had left before they came.\n\nThe mother says that it was an old friend who would not go. The children were in bed, the eldest awake and listening. Nobody was hurt. I told her that her worker hears of it in the morning.',
  visit: 'Went to the house with an officer at three. Lights out, nobody answered, the curtains were drawn.',
}

const row = (child: string, day: Day, at: string, kind: NoteRow['kind'], words: string): NoteRow => ({
  child,
  kind,
  day,
  at,
  place: kind === 'visit' ? 'home' : undefined,
  placeWords: undefined,
  significant: false,
  significantWords: undefined,
  paragraphs: paragraphsOf(words).map((paragraph, place) => ({
    ...paragraph,
    part: 'happened',
    key: `${child}-happened-${place}`,
    names: [],
    leftOut: false,
  })),
  visit:
    kind === 'visit'
      ? { kind: 'other', seen: false, alone: undefined, bedroom: false, because: 'nobody-in' }
      : undefined,
  present: [],
  presentWords: undefined,
})

/** What a team and its manager find on the day the demonstration begins: a night, a supervision, a transfer that waits, cover, an audit. */
export const teamDayScene: Scene = {
  name: 'team-day',
  async play(whole) {
    const { caseloads, account, db } = whole
    const of = (name: string) =>
      caseloads.filter((one) => one.account === account(name) && one.number >= 0 && one.children.length > 0)
    const sams = of('Sam Okoro')
    const lenas = of('Lena Brandt')
    // A very small demonstration may have nobody for it.
    if (sams.length < 3 || lenas.length < 1) return
    await theNight(whole, sams[0]!)
    await aSupervision(whole, sams.slice(0, 3))
    await aTransfer(whole, lenas[0]!)
    await makeCover(db, await readerOf(whole, 'Priya Shah'), {
      for: account('Lena Brandt'),
      by: account('Sam Okoro'),
      from: addDays(whole.today, 5),
      to: addDays(whole.today, 12),
    })
    await anAudit(whole)
    await writing(db, await readerOf(whole, 'Sam Okoro'), (trx) => setDigest(trx, 8))
  },
}

async function readerOf({ as, account }: Whole, name: string): Promise<Reader> {
  return { ...(await as(name)), account: { id: account(name) } }
}

async function theNight(whole: Whole, { children, mother }: Caseload): Promise<void> {
  const { db, today } = whole
  const wendy = await readerOf(whole, 'Wendy Marsh')
  const ids = children.map(({ person }) => person)
  for (const person of ids)
    await openRecord(db, wendy, person, { purpose: 'emergency duty', action: 'write', reason: night.reason })
  const rows = (at: string, kind: NoteRow['kind'], words: string) =>
    ids.map((child) => row(child, today, at, kind, words))
  await writing(db, wendy, async (trx) => {
    await fileNotes(trx, wendy.account.id, rows('01:55', 'telephone', night.telephone))
    await fileNotes(trx, wendy.account.id, rows('03:10', 'visit', night.visit))
  })
  const sam = await readerOf(whole, 'Sam Okoro')
  const [eldest] = ids
  await openRecord(db, sam, eldest!, {
    purpose: 'telling the night what to know',
    groups: ['F24'],
    action: 'write',
  })
  await writing(db, sam, (trx) =>
    tellTheNight(trx, [eldest!], {
      words: `${mother} may ring if the visitor comes back. She has agreed to take the children to her sister; if she does not answer, ask the police to look.`,
      from: today,
      to: addDays(today, 2),
    }),
  )
}

async function aSupervision(whole: Whole, families: readonly Caseload[]): Promise<void> {
  const { db, today, account } = whole
  const priya = await readerOf(whole, 'Priya Shah')
  const held = addDays(today, -6)
  const decisions = [
    [
      'See each child alone before the next review',
      'The last two visits were in the kitchen with everybody there',
    ],
    ['Ask the school for attendance since September', 'The plan says it was to rise, and nobody has looked'],
    [
      'Bring the review forward to next week',
      'What was agreed in the summer has been done; ending it should not wait for its day',
    ],
  ] as const
  const children: { person: string; words: string }[] = families.flatMap(({ children: [eldest] }, place) =>
    eldest
      ? [
          {
            person: eldest.person,
            words: decisionWords({ decision: decisions[place]![0], why: decisions[place]![1] }),
          },
        ]
      : [],
  )
  await openRecords(
    db,
    priya,
    children.map(({ person }) => person),
    { purpose: 'supervision', action: 'write' },
  )
  const id = await writing(db, priya, async (trx) => {
    const notes: { person: string; note: string }[] = []
    for (const { person, words } of children)
      notes.push({
        person,
        note: await addManagementNote(trx, priya.account.id, person, {
          now: new Date(`${held}T14:00:00Z`),
          words,
          kind: 'supervision',
        }),
      })
    return fileSupervision(trx, {
      worker: account('Sam Okoro'),
      held,
      wellbeing: 'Tired after three evenings in a row; the hearing weighs. Going home on time this week.',
      agreed: 'One day of writing up a week, kept free of visits. Training in direct work in January.',
      next: addDays(today, 20),
      children: notes,
    })
  })
  if (id) await writing(db, await readerOf(whole, 'Sam Okoro'), (trx) => signSupervision(trx, id, undefined))
}

async function aTransfer(whole: Whole, { children }: Caseload): Promise<void> {
  const { db, today, account } = whole
  const lena = await readerOf(whole, 'Lena Brandt')
  const ids = children.map(({ person }) => person)
  await openRecords(db, lena, ids, {
    purpose: 'handing a child over',
    groups: ['F25', 'F26'],
    action: 'write',
  })
  const to = (await reading(db, lena, takers)).find((one) => one.account === account('Tom Eccles'))
  if (!to) return
  await writing(db, lena, (trx) =>
    proposeTransfer(trx, {
      children: ids.map((person) => ({
        person,
        summary:
          'The family moved to the west of the city in October, and school and health visitor are there now.\n\nWe came to know them through the school, which worried about tiredness and missed lunches. The plan is a child in need plan; what helps most is the aunt, who takes the children on Thursdays. The review is in three weeks and it would be good if the new worker led it.\n\nTalk to the aunt first. Text before you ring.',
      })),
      account: to.account,
      team: to.team,
      on: addDays(today, 9),
    }),
  )
}

async function anAudit(whole: Whole): Promise<void> {
  const { db, today, account } = whole
  const beth = await readerOf(whole, 'Beth Arnott')
  await openList(db, beth, 'caseload', { purpose: 'drawing a sample for an audit' })
  const audit = await writing(db, beth, (trx) =>
    drawAudit(trx, {
      title: 'The child’s voice in plans',
      questions: usualQuestions,
      badges: ['child-protection', 'looked-after'],
      seed: `${today} cairn`,
      wanted: 5,
      auditor: account('Quinn Hale'),
      until: addDays(today, 21),
    }),
  )
  if (!audit) return
  const quinn = await readerOf(whole, 'Quinn Hale')
  const [first] = await reading(db, quinn, (trx) => sampleOf(trx, audit))
  if (!first) return
  await openRecord(db, quinn, first.person, { purpose: 'practice audit', groups: ['F25'] })
  await writing(db, quinn, (trx) =>
    fileFinding(trx, audit, first.person, {
      answers: [
        'At most visits, and alone at two of the last four.',
        'What changes is named; by when is not.',
        null,
        'Yes, and it asks the right question.',
        null,
      ],
      grade: 'requires-improvement',
      findings:
        'The visits are warm and the child talks. The plan is written for adults: nothing in it says what the child asked for in August.',
      action: 'Write the child’s own page of the plan with the child',
      by: addDays(today, 14),
    }),
  )
}
