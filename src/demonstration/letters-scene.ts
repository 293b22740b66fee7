import { openRecord } from '../access/opening.ts'
import { reading, writing } from '../access/reading.ts'
import { markEvent, writeSummary } from '../casework/chronology-store.ts'
import { addresseesOf } from '../casework/letters/addressing.ts'
import { documentTitle, paperOf } from '../casework/letters/letters.ts'
import { fileLetter } from '../casework/letters/letters-store.ts'
import { bodyFor, filled, type LetterFacts } from '../casework/letters/merging.ts'
import { makeLetter } from '../casework/letters/sending.ts'
import { templatesNow } from '../casework/letters/templates-store.ts'
import { happenings } from '../events/store.ts'
import { identityGroups, identityOf } from '../people/identity-store.ts'
import { openFamily } from '../people/relatives.ts'
import { addDays } from '../web/words.ts'
import { Chance } from './chance.ts'
import { authorityName } from './city.ts'
import type { Caseload, Scene, Whole } from './scenes.ts'

/** Of whose children it is told; of the first so many of their families there are letters too. */
const worker = 'Sam Okoro'
const families = 8
const lettersTo = 3
const groups = [...identityGroups, 'F03', 'F04', 'F06', 'F07', 'F25', 'F27']

/** What a worker would say on top of a record. */
const summaries = [
  'lives at home. School says mornings are better since the breakfast club; bedtimes are not. The next weeks show whether it lasts.',
  'talks when there is something to do with the hands. Worries more about the little ones than about anything else. Ask about the dog first.',
  'knows why we come and counts the days between visits. What would help most is that people turn up when they said.',
] as const
/** What something meant for a child, by what happened. */
const impacts: Readonly<Record<string, string>> = {
  'referral-received':
    'Somebody said aloud what everybody had seen. From here on there was a grown-up to tell.',
  'assessment-authorised': 'For the first time it was written down what a day is like.',
  'child-protection-plan-started':
    'Afraid of what would happen to the parents; relieved that it was not a secret any more.',
  'care-began': 'A bed of one’s own, and nobody known in the house. Slept in clothes for a week.',
}
const kinds = ['appointment', 'core-group', 'child-in-need-plan'] as const

/** Living summaries, what entries of the chronology meant, and letters, for the families of one worker. */
export const lettersScene: Scene = {
  name: 'letters and chronologies',
  async play(whole) {
    const own = whole.caseloads
      .filter(({ account, children }) => account === whole.account(worker) && children.length > 0)
      .slice(0, families)
    for (const [place, caseload] of own.entries()) {
      await summarise(whole, caseload, place)
      if (place < lettersTo) await write(whole, caseload, kinds[place]!)
    }
  },
}

/** A summary of the eldest, written some weeks ago or too long ago, and what two entries meant. */
async function summarise(whole: Whole, { number, children }: Caseload, place: number) {
  const { db, seed, today } = whole
  const session = await sessionOf(whole)
  const chance = new Chance(seed + 812, number)
  const { person, name } = children[0]!
  const opened = await openRecord(db, session, person, {
    purpose: 'a demonstration',
    groups,
    action: 'write',
  })
  if (!opened.allowed || !opened.writable.includes('F27')) return
  const happened = await reading(db, session, (trx) => happenings(trx, opened.people, { to: today }))
  await writing(db, session, async (trx) => {
    await writeSummary(
      trx,
      person,
      `${name} ${summaries[place % summaries.length]}`,
      addDays(today, -chance.whole(5, place === 1 ? 150 : 60)),
    )
    const seen = new Set<string>()
    for (const { id, kind } of happened) {
      const impact = impacts[kind.kind]
      if (!impact || seen.has(kind.kind)) continue
      seen.add(kind.kind)
      await markEvent(trx, opened.people, id, {
        significant: true,
        words: undefined,
        impact,
        leftOutBecause: undefined,
      })
    }
  })
}

/** A letter to the parent at home, as its worker writes it; none where documents are not kept. */
async function write(whole: Whole, { children }: Caseload, template: (typeof kinds)[number]): Promise<void> {
  const { db, today, documents } = whole
  if (!documents) return
  const session = await sessionOf(whole)
  const { person, name, standing } = children[0]!
  const opened = await openRecord(db, session, person, {
    purpose: 'a demonstration',
    groups,
    action: 'write',
  })
  if (!opened.allowed || !opened.writable.includes('F25')) return
  const sights = await openFamily(db, session, opened.people, {
    groups: ['F04', 'F06'],
    correlation: 'demonstration',
  })
  const { to, version, reference } = await reading(db, session, async (trx) => ({
    to: (await addresseesOf(trx, [{ id: person, name, people: opened.people }], sights, today)).find(
      ({ kind, homeKept }) => kind === 'family' && !homeKept,
    ),
    version: (await templatesNow(trx)).find((one) => one.template === template),
    reference: (await identityOf(trx, opened.people, { person, on: today, restriction: opened.restriction }))
      ?.reference,
  }))
  if (!to || !version || !reference) return
  const facts: LetterFacts = {
    ...{ authority: authorityName, today, children: [{ name }], worker, workerTitle: 'Social worker' },
    ...{ workerTelephone: '01632 960 101', team: undefined },
    addressee: { kind: to.kind, name: to.name, ...to.needs },
    onProtectionPlan: standing === 'protected',
    inCare: standing === 'looked-after',
    inNeed: true,
    meeting: { day: addDays(today, 9), time: '15:30', place: 'the Mill Road family centre' },
  }
  const paper = paperOf(
    {
      to_name: to.name,
      to_lines: to.lines.join('\n'),
      title: filled(version.title, facts),
      words: filled(bodyFor(version, facts.addressee), facts),
      telephone: facts.workerTelephone,
      print: to.needs.largePrint ? 'large' : 'ordinary',
      translate_into: to.needs.language,
    },
    {
      authority: authorityName,
      sender: { name: worker, title: 'Social worker', team: undefined },
      day: today,
      reference,
    },
  )
  const made = await makeLetter({ db, session, vault: documents }, paper, {
    given: { about: opened.people, addressee: to.key, homeKept: to.homeKept },
    people: [person],
    made: new Date(`${today}T09:00:00Z`),
    day: today,
  })
  if ('refused' in made) return
  await writing(db, session, (trx) =>
    fileLetter(trx, [person], made.taken, {
      paper,
      title: documentTitle(version.name, to.name),
      version: version.id,
      addressee: { kind: to.kind, person: to.key, words: to.name },
      homeKept: to.homeKept,
      translateInto: to.needs.language,
      toPrint: true,
      day: today,
    }),
  )
}

const sessionOf = async ({ as, account }: Whole) => ({
  ...(await as(worker)),
  account: { id: account(worker) },
})
