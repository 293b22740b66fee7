import { type NoteRow, type NoteTyped, noteSchema, versionsOf } from '../casework/notes.ts'
import { fileNotes } from '../casework/notes-store.ts'
import { addDays, type Day, yearsOld } from '../web/words.ts'
import { Chance } from './chance.ts'
import { workingDaysFrom } from './days.ts'
import type { Standing } from './life.ts'
import type { Caseload, Scene } from './scenes.ts'
import { childSaid, filled, type Situation, type Text, visitText } from './visit-words.ts'

const situations: Readonly<Partial<Record<Standing, Situation>>> = {
  protected: 'child-protection',
  'in-need': 'child-in-need',
  'looked-after': 'looked-after',
  'care-leaver': 'leaving-care',
  assessing: 'assessment',
}

/** How many visits of each kind are told, and how far apart they are, in working days: in time, and late. */
const rhythms: Readonly<Record<Situation, { told: number; apart: number; since: number; late: number }>> = {
  'child-protection': { told: 3, apart: 9, since: 9, late: 15 },
  'child-in-need': { told: 2, apart: 18, since: 18, late: 30 },
  'looked-after': { told: 2, apart: 27, since: 27, late: 38 },
  'leaving-care': { told: 1, apart: 38, since: 38, late: 50 },
  assessment: { told: 1, apart: 8, since: 8, late: 9 },
}

/** One in twelve is late for a visit; nobody is for more than some days. */
const lateShare = 0.08
/** One visit in fourteen ends before a door. */
const vainShare = 0.07
const mostFamilies = 250

/** The visits of the last weeks, written up by whoever works with the children, once for all of a family. */
export const visits: Scene = {
  name: 'visits',
  async play({ caseloads, today, seed, write, subject }) {
    // Sam opens to one late visit, whatever chance would have.
    const late = subject('plan-of-16-months')
    await write(async (trx) => {
      for (const caseload of caseloads.slice(0, mostFamilies)) {
        const chance = new Chance(seed + 707, caseload.number)
        const isLate = caseload.children.some(({ person }) => person === late) || undefined
        for (const rows of visitsOf(caseload, chance, today, isLate))
          await fileNotes(trx, caseload.account, rows)
      }
    })
  },
}

/** The write-ups about one family by one worker, the oldest first: pure. */
export function visitsOf(
  caseload: Caseload,
  chance: Chance,
  today: Day,
  isLate = chance.happens(lateShare),
): NoteRow[][] {
  const [eldest] = caseload.children
  const situation = situations[eldest!.standing]
  if (!situation) return []
  const { told, apart, since, late } = rhythms[situation]
  let day = workingDaysFrom(today, -(isLate ? chance.whole(since + 2, late) : chance.whole(1, since - 1)))
  const writeUps: NoteRow[][] = []
  const before: Text[] = []
  for (let n = 0; n < told && day > addDays(caseload.from, 2); n += 1) {
    writeUps.unshift(
      writeUp(caseload, situation, chance, { day, before, seen: n === 0 || !chance.happens(vainShare) }),
    )
    day = workingDaysFrom(day, -chance.whole(apart - 3, apart))
  }
  return writeUps
}

function writeUp(
  { children, mother }: Caseload,
  situation: Situation,
  chance: Chance,
  { day, seen, before }: { day: Day; seen: boolean; before: Text[] },
): NoteRow[] {
  const there = children.filter(({ born }) => born <= day)
  const names = there.map(({ name }) => name)
  const age = yearsOld(there[0]!.born, day) ?? 0
  const text = visitText(chance, situation, { age, seen, before })
  before.push(text)
  const own = Object.fromEntries(
    there.map(({ person, born }) => [
      person,
      seen
        ? {
            seen: chance.happens(0.62) ? 'alone' : 'with-others',
            bedroom: chance.happens(0.5) ? 'yes' : '',
            said: chance.happens(0.6) ? childSaid(chance, yearsOld(born, day) ?? 0) : '',
          }
        : { seen: 'not-seen', because: chance.one(['nobody-in', 'refused']) },
    ]),
  )
  const typed: NoteTyped = noteSchema.parse({
    kind: 'visit',
    when: day,
    // School-age children are seen after school.
    at: `${age < 5 ? chance.whole(10, 16) : chance.whole(15, 17)}:${chance.one(['00', '10', '15', '30', '45'])}`,
    where: situation === 'looked-after' ? 'placement' : 'home',
    child: own,
    visitAs: situation,
    what: filled(text.what, names, mother),
    meaning: text.meaning && filled(text.meaning, names, mother),
  })
  return versionsOf(
    typed,
    there.map(({ person, name }) => ({ id: person, name })),
  ).map(({ child, paragraphs }) => {
    const about = typed.child[child.id]!
    return {
      ...{ child: child.id, kind: typed.kind, day: typed.when, at: typed.at, place: typed.where },
      ...{ placeWords: undefined, significant: false, significantWords: undefined, paragraphs },
      visit: {
        ...{ kind: situation, seen, alone: seen ? about.seen === 'alone' : undefined },
        ...{ bedroom: about.bedroom, because: seen ? undefined : about.because },
      },
      ...{ present: [], presentWords: undefined },
    }
  })
}
