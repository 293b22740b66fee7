import type { FastifyPluginAsync } from 'fastify'
import { paths as trailPaths } from '../audit/paths.ts'
import { housePaths } from '../web/house-paths.ts'
import { sessionOf } from '../web/session.ts'
import { type Notice, notices, readNotice } from './emergency-store.ts'
import { namesOf } from './names.ts'
import { managers, recordOf, warningsOf } from './page-parts.ts'
import { paths } from './paths.ts'
import { deciders } from './restriction-pages.ts'
import { emergencyReasons } from './words.ts'

/** What each notice says after the name of whom it is about. */
const sayings: Readonly<Record<string, string>> = {
  'emergency-access': 'opened this record in an emergency',
  'emergency-access-unreviewed': 'opened this record in an emergency, and nobody has looked at it in time',
  'emergency-access-escalated': 'opened this record in an emergency, and it should be looked into',
  'emergency-access-reviewed': 'has looked at your emergency access',
  'connection-declared': 'knows this family',
  'restriction-asked': 'asks to restrict this record',
  'restriction-confirmed': 'has restricted this record',
  'restriction-lapsed': 'asked to restrict this record, nobody confirmed it, and the restriction has ended',
  'restriction-review-due': 'restricted this record, and it is time to look at that again',
  'merge-proposed': 'holds this record and another to be of one person: a manager decides',
  'merge-decided': 'has decided that the two records you named are of two people',
  'records-merged': 'has joined this record with another of the same person',
  'records-parted': 'has parted this record from another: they are of two people',
  'risk-linked': 'linked this child to somebody who may pose a risk to children: read the warning',
  'warning-review-due': 'answers for a warning on this record, and it is time to look at it again',
  'contact-on-open-case': 'took a new contact about this child, whose case is open',
  'nhs-record-viewed':
    'looked up this child in unscheduled care. That does not say that the child was there, or why',
  'nhs-number-ended': 'no longer uses the NHS number of this record',
  'nhs-alert-to-decide': 'asks that the NHS deletes an alert on this record: a manager decides',
  'right-asked': 'asks about personal information, or wrote down that somebody does',
  'incident-reported': 'said that something went wrong with personal information',
  'trail-not-proved': 'did not prove that the trail of readings is whole',
}

/** Where a notice leads, and what one does there. */
function leadOf(
  { kind, about, person }: Notice,
  reviews: boolean,
  decides: boolean,
): { href: string; act: string } | undefined {
  if (kind === 'emergency-access-reviewed') return { href: paths.emergencies(), act: 'See what they found' }
  if (kind.startsWith('emergency-access') && about && reviews)
    return { href: paths.emergencyReview({ emergency: about }), act: 'Look at it' }
  if (kind === 'connection-declared' && about && reviews)
    return { href: paths.connection({ connection: about }), act: 'Decide' }
  if (kind === 'restriction-asked' && about === person && person)
    return { href: paths.restrict({ person }), act: 'Restrict it' }
  if ((kind === 'restriction-asked' || kind === 'restriction-review-due') && about && decides)
    return { href: paths.restriction({ restriction: about }), act: 'Look at it' }
  // The pages of people answer it; access does not know them.
  if (kind === 'merge-proposed') return { href: '/people/possibly-the-same', act: 'Look at both' }
  // The pages of sharing answer it; access does not know them.
  if (person && kind.startsWith('nhs-'))
    return { href: `${recordOf(person)}/nhs-alerts`, act: 'See what the NHS is told, and told us' }
  // The pages of governance answer it; access does not know them.
  if (kind === 'right-asked' && about) return { href: `/requests/${about}`, act: 'Look at it' }
  if (kind === 'incident-reported' && about) return { href: `/incidents/${about}`, act: 'Look at it' }
  if (kind === 'trail-not-proved') return { href: trailPaths.seal(), act: 'See what was found' }
  if (person && (kind === 'risk-linked' || kind === 'warning-review-due'))
    return { href: warningsOf(person), act: 'Read the warning' }
  return person ? { href: recordOf(person), act: 'Open the record' } : undefined
}

/** Who it was, when it was nobody who works here. */
const nobodyHere = (kind: string): string => {
  if (kind.startsWith('nhs-')) return 'Health'
  return kind === 'right-asked' ? 'Somebody outside' : 'The nightly check'
}

/** What somebody was told: at once, and until they have read it. */
export const noticePages: FastifyPluginAsync = async (app) => {
  const { db } = app.deps

  app.get(housePaths.notices.pattern, { config: { access: 'signed-in' } }, async (request, reply) => {
    const session = sessionOf(request)
    const all = await notices(db, session)
    const people = all.flatMap(({ person }) => person ?? [])
    const names = await namesOf(db, session, people, 'reading what I was told')
    const reviews = managers.roles.some((role) => session.roles.includes(role))
    const decides = deciders.roles.some((role) => session.roles.includes(role))
    const shown = all.map((notice) => ({
      ...notice,
      says: sayings[notice.kind] ?? 'did something with this record that you should know',
      lead: leadOf(notice, reviews, decides),
      why:
        notice.kind === 'emergency-access-reviewed'
          ? undefined
          : notice.reason && emergencyReasons[notice.reason],
      aboutName: notice.aboutName ?? nobodyHere(notice.kind),
      name: ['trail-not-proved', 'incident-reported', 'right-asked'].includes(notice.kind)
        ? undefined
        : ((notice.person && names.get(notice.person)) ?? 'a record you answer for'),
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
