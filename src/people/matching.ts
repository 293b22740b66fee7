import type { FastifyRequest } from 'fastify'
import { noteShown, openList } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { refuse } from '../web/errors.ts'
import { sessionOf } from '../web/session.ts'
import { addDays, type Day, dayOf } from '../web/words.ts'
import { type Found, findPeople, type IndexCard, restrictedMayMatch } from './index-store.ts'
import { likelyOf } from './likely.ts'
import { asksNothing, calledOf, isAbout, type Question } from './model.ts'
import { paths } from './paths.ts'
import { matchedWords } from './words.ts'

/** Roles whose work is adding people: who may open a new person (access.role_reach, rule new-person). */
export const adders = { roles: ['A-SW', 'A-TM', 'A-SM', 'A-DUTY', 'A-EDT'] } as const

export interface Looked {
  /** Whether there was anything to look for. */
  readonly asked: true
  readonly people: readonly LikelyPerson[]
  readonly more: boolean
  /** A restricted record may fit: said only to roles that must match, and not who (governance E.3). */
  readonly restricted: boolean
}

/** So many are looked through for somebody of the age that was said. */
const mostOfAnyAge = 200

/**
 * Looks for whoever may be meant; what was asked and who was shown stand on the trail before the answer leaves.
 * @param questions the first is looked for; a restricted record may fit any of them
 */
export async function lookFor(
  request: FastifyRequest,
  [question, ...others]: readonly [Question, ...Question[]],
  { most, purpose }: { most: number; purpose: string },
): Promise<Looked> {
  const { db, now = () => new Date() } = request.server.deps
  const session = sessionOf(request)
  if (asksNothing(question)) return { asked: true, people: [], more: false, restricted: false }
  const opened = await openList(db, session, 'search', {
    purpose,
    asked: question.text,
    correlation: request.id,
  })
  if (!opened.allowed) {
    throw refuse(403, 'Looking people up by name is for those who work with families. Ask one of them.', {
      title: 'Searching for people is not part of your role',
    })
  }
  const today = dayOf(now())
  const last = addDays(today, 300)
  const { age } = question
  const { found, hints } = await reading(db, session, async (trx) => {
    const found = await findPeople(
      trx,
      likelyOf(question, last),
      age === undefined ? most + 1 : Math.max(most + 1, mostOfAnyAge),
    )
    // All of them, whichever fits: how long it takes tells nothing.
    const hints: boolean[] = []
    for (const one of [question, ...others]) hints.push(await restrictedMayMatch(trx, one))
    return { found, hints }
  })
  const shown = (age === undefined ? found : ofAge(found, age, today)).slice(0, most)
  await noteShown(
    db,
    session,
    'search',
    [
      ...new Set(
        shown.flatMap(({ id, household, elsewhere }) => [
          id,
          ...[...household, ...elsewhere].map((one) => one.id),
        ]),
      ),
    ],
    request.id,
  )
  return {
    asked: true,
    people: shown.map(foundRow),
    more: found.length > most,
    restricted: hints.includes(true),
  }
}

/** Whoever is about that old first, among those as likely by name; whom a number names stays ahead. */
export function ofAge(found: readonly Found[], age: number, today: Day): Found[] {
  const ranked = found.map((one) => {
    const fits = isAbout(age, one.born, today)
    const numbered = one.matched.includes('number') || one.matched.includes('phone')
    return {
      one: fits ? { ...one, matched: [...one.matched, 'age'] } : one,
      rank: numbered ? 0 : fits ? 1 : 2,
    }
  })
  return ranked.sort((a, b) => a.rank - b.rank).map(({ one }) => one)
}

/** One person of a list, as templates show them. */
export const rowOf = (card: IndexCard) => ({
  ...card,
  called: calledOf(card),
  href: paths.record({ person: card.id }),
})

/** Somebody who was found, with why, with whom they live, and whose parent they are elsewhere. */
export const foundRow = (found: Found) => ({
  ...rowOf(found),
  matched: [...new Set(found.matched.map((how) => matchedWords[how] ?? how))],
  household: [...new Set(found.household.map(({ name }) => name))],
  elsewhere: [...new Set(found.elsewhere.map(({ name }) => name))],
})
export type LikelyPerson = ReturnType<typeof foundRow>
