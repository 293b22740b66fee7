import type { FastifyPluginAsync } from 'fastify'
import { noteShown, openList } from '../access/opening.ts'
import { reading } from '../access/reading.ts'
import { refusalOf } from '../access/refusal.ts'
import { sessionOf } from '../web/session.ts'
import { dayOf } from '../web/words.ts'
import { diary, type InDiary } from './conferences-store.ts'
import { paths } from './paths.ts'
import { conferenceDecisions, conferenceKinds } from './words.ts'

/** Who has conferences before them: those who chair, and those who call them and send what follows. */
export const diaryRoles = ['A-IRO', 'A-SW', 'A-TM', 'A-SM', 'A-BS'] as const

/** The conferences of one's own children, or those one chairs: due, with what is missing, to be written up and sent. */
export const chairPages: FastifyPluginAsync = async (app) => {
  const { db, now = () => new Date() } = app.deps

  app.get(
    paths.conferences.pattern,
    { config: { access: { roles: [...diaryRoles] } } },
    async (request, reply) => {
      const session = sessionOf(request)
      const opened = await openList(db, session, 'caseload', {
        purpose: 'conferences that are due',
        correlation: request.id,
      })
      if (!opened.allowed) throw refusalOf(opened)
      const mine = session.roles.includes('A-IRO')
      const rows = await reading(db, session, (trx) => diary(trx, mine ? session.account.id : undefined))
      await noteShown(db, session, 'caseload', [...new Set(rows.map(({ person }) => person))], request.id)
      const all = meetings(rows)
      const today = dayOf(now())
      return reply.page('child-protection/views/conferences.njk', {
        title: 'Conferences',
        mine,
        noDay: all.filter(({ planned_on, held_on }) => !planned_on && !held_on),
        coming: all.filter(({ planned_on, held_on }) => planned_on && planned_on >= today && !held_on),
        toWrite: all.filter(({ planned_on, held_on }) => planned_on && planned_on < today && !held_on),
        toSend: all.filter(({ held_on }) => held_on),
      })
    },
  )
}

/** A line for each conference, with the children it is about. */
function meetings(rows: readonly InDiary[]) {
  const found = new Map<string, InDiary[]>()
  for (const row of rows) found.set(row.held_together, [...(found.get(row.held_together) ?? []), row])
  return [...found.values()].map((some) => {
    const [first] = some as [InDiary, ...InDiary[]]
    return {
      ...first,
      names: some.map(({ name }) => name),
      kindWords: conferenceKinds[first.kind],
      decisions: [
        ...new Set(some.flatMap(({ decision }) => (decision ? conferenceDecisions[decision] : []))),
      ],
      href: paths.conference({ person: first.person, conference: first.id }),
    }
  })
}
