import type { FastifyPluginAsync } from 'fastify'
import { housePaths } from '../web/house-paths.ts'
import { sessionOf } from '../web/session.ts'
import { type Notice, notices, readNotice } from './emergency-store.ts'
import { namesOf } from './names.ts'
import { recordOf } from './page-parts.ts'
import { paths } from './paths.ts'

/** What each notice says after the name of whom it is about, and where it leads. */
const sayings: Record<
  string,
  { says: string; leads: 'review' | 'mine' | 'connection' | 'record'; act: string }
> = {
  'emergency-access': {
    says: 'opened this record in an emergency',
    leads: 'review',
    act: 'See why',
  },
  'emergency-access-unreviewed': {
    says: 'opened this record in an emergency, and nobody has looked at it in time',
    leads: 'review',
    act: 'Look at it',
  },
  'emergency-access-escalated': {
    says: 'opened this record in an emergency, and it should be looked into',
    leads: 'review',
    act: 'Look at it',
  },
  'emergency-access-reviewed': {
    says: 'has looked at your emergency access',
    leads: 'mine',
    act: 'See what they found',
  },
  'connection-declared': { says: 'knows this family', leads: 'connection', act: 'Decide' },
  'restriction-asked': { says: 'asks to restrict this record', leads: 'record', act: 'Open the record' },
  'restriction-confirmed': { says: 'has restricted this record', leads: 'record', act: 'Open the record' },
  'restriction-lapsed': {
    says: 'The restriction of this record was not confirmed and has ended',
    leads: 'record',
    act: 'Open the record',
  },
  'restriction-review-due': {
    says: 'The restriction of this record wants to be looked at again',
    leads: 'record',
    act: 'Open the record',
  },
}

function leadOf(notice: Notice): string | undefined {
  const { leads } = sayings[notice.kind] ?? { leads: 'record' }
  if (leads === 'review' || leads === 'mine') return paths.emergencies()
  if (leads === 'connection') return notice.about ? paths.connection({ connection: notice.about }) : undefined
  return notice.person ? recordOf(notice.person) : undefined
}

/** What somebody was told: at once, and until they have read it. */
export const noticePages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps

  app.get(housePaths.notices.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const session = sessionOf(request)
    const all = await notices(db, session)
    const people = all.flatMap(({ person }) => person ?? [])
    const names = await namesOf(db, session, people, 'reading what I was told')
    const shown = all.map((notice) => ({
      ...notice,
      says: sayings[notice.kind]?.says ?? 'Something about this record wants your attention',
      act: sayings[notice.kind]?.act ?? 'Open the record',
      href: leadOf(notice),
      name: (notice.person && names.get(notice.person)) ?? 'A record you answer for',
    }))
    return reply.page('access/views/notices.njk', {
      title: 'What you were told',
      width: 'writing',
      unread: shown.filter(({ readAt }) => !readAt),
      read: shown.filter(({ readAt }) => readAt),
    })
  })

  app.post(paths.noticeRead.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    await readNotice(db, sessionOf(request), paths.noticeRead.read(request).notice)
    return reply.redirect(housePaths.notices(), 303)
  })
}
