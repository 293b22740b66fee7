import { sql } from 'kysely'
import { addDays, type Day, yearsOld } from '../web/words.ts'
import { Chance } from './chance.ts'
import type { Caseload, Scene } from './scenes.ts'

type Child = Caseload['children'][number]

interface Answer {
  readonly topic: 'language' | 'interpreter' | 'communication' | 'adjustment'
  readonly answer: 'known' | 'none' | 'refused' | 'not-yet-asked'
  readonly words?: string
}

/** What helps, in a worker's words, by what the census calls the disability. */
const helps: Readonly<Record<string, Answer>> = {
  AUT: {
    topic: 'adjustment',
    answer: 'known',
    words: 'Say beforehand what will happen; one person, one room, no surprise',
  },
  LD: { topic: 'communication', answer: 'known', words: 'Short sentences and pictures; ask to hear it back' },
  HEAR: {
    topic: 'communication',
    answer: 'known',
    words: 'Hearing aid in the left ear: sit on that side, face to the light',
  },
  VIS: { topic: 'adjustment', answer: 'known', words: 'Letters in 18 point' },
  COMM: {
    topic: 'communication',
    answer: 'known',
    words: 'Signs and a book of symbols, which goes everywhere',
  },
  MOB: { topic: 'adjustment', answer: 'known', words: 'No steps; a room with space for the chair' },
}

/** What was asked of a child's language, interpreter and needs: not of all, and not answered by all. */
export function answersOf(child: Child, chance: Chance): Answer[] {
  const answers: Answer[] = []
  if (chance.happens(0.65))
    answers.push(
      chance.weighted<Answer>([
        [{ topic: 'language', answer: 'known', words: child.language ?? 'English' }, 88],
        [{ topic: 'language', answer: 'refused' }, 4],
        [{ topic: 'language', answer: 'not-yet-asked' }, 8],
      ]),
    )
  if (child.language && chance.happens(0.7)) answers.push({ topic: 'interpreter', answer: 'none' })
  for (const code of child.disabilities) if (helps[code]) answers.push(helps[code])
  return answers
}

/** Why nobody knows who the father is, with what was tried. */
const unknownFathers = [
  {
    why: 'not-told',
    tried: 'Asked the mother at the first visit and at the conference: she does not want to say',
  },
  { why: 'not-known-to-family', tried: 'Asked mother and grandmother; the birth certificate names nobody' },
  {
    why: 'being-established',
    tried: 'A first name and where he worked are known; the registrar and the housing office were asked',
  },
  { why: 'not-asked', tried: 'Nothing yet' },
] as const

/** Answers and unknown fathers of the families that workers have. */
export const askedAndAnswered: Scene = {
  name: 'asked-and-answered',
  async play({ caseloads, seed, today, write }) {
    const needs: (Answer & { person: string; day: Day; origin: string })[] = []
    const fathers: { person: string; why: string; tried: string; day: Day }[] = []
    for (const { number, from, children } of caseloads) {
      const chance = new Chance(seed + 808, number)
      const day = [addDays(from, chance.whole(2, 20)), today].sort()[0]!
      const father = chance.one(unknownFathers)
      for (const child of children) {
        const origin = (yearsOld(child.born, today) ?? 0) >= 10 ? 'child' : 'parent'
        for (const answer of answersOf(child, chance))
          needs.push({ ...answer, person: child.person, day, origin })
        if (!child.fatherKnown) fathers.push({ ...father, person: child.person, day })
      }
    }
    await write(async (trx) => {
      await sql`
        insert into communication_need (person_id, topic, answer, words, asked_on, origin)
        select person, topic, answer, words, day, origin
          from jsonb_to_recordset(${JSON.stringify(needs)}::jsonb)
            as n (person uuid, topic text, answer text, words text, day date, origin text)`.execute(trx)
      await sql`
        insert into unknown_parent (person_id, parent, why, tried, from_day)
        select person, 'father', why, tried, day
          from jsonb_to_recordset(${JSON.stringify(fathers)}::jsonb)
            as f (person uuid, why text, tried text, day date)`.execute(trx)
    })
  },
}
