import type { Area } from '../web/area.ts'
import { dayOf } from '../web/words.ts'
import { nightWaiting } from './night-store.ts'
import { pages } from './pages.ts'
import { paths } from './paths.ts'
import { practiceAudits } from './practice-audit-store.ts'
import { supervisions } from './supervision-store.ts'
import { transfersAround } from './transfer-store.ts'

const withChildren = ['A-SW', 'A-TM', 'A-SM', 'A-PA', 'A-ADO', 'A-FOS']
const dayAndNight = [...withChildren, 'A-DUTY', 'A-EDT']
const menu = { place: 'menu', heading: 'My team' } as const

/** What a team and its manager need each day: who works with whom, who is there, what the night did, how work is looked after. */
export const team: Area = {
  name: 'team',
  pages,
  paths,
  menu: [
    { text: 'The team at a glance', href: paths.glance(), ...menu, roles: ['A-TM', 'A-SM'] },
    { text: 'What the night did', href: paths.night(), ...menu, roles: dayAndNight },
    { text: 'To know tonight', href: paths.tonight(), ...menu, roles: dayAndNight },
    { text: 'Duty rota', href: paths.rota(), ...menu },
    { text: 'Transfers', href: paths.transfers(), ...menu, roles: ['A-SW', 'A-TM', 'A-SM', 'A-PA'] },
    { text: 'Supervision', href: paths.supervisions(), ...menu },
    {
      text: 'Practice audits',
      href: paths.practiceAudits(),
      ...menu,
      roles: ['A-SM', 'A-QA', 'A-CG', 'A-DPO'],
    },
  ],
  dayParts: [
    {
      text: 'What the night did: children to take over',
      href: paths.night(),
      roles: [...withChildren, 'A-DUTY'],
      count: nightWaiting,
    },
    { text: 'To know tonight', href: paths.tonight(), roles: ['A-EDT'] },
    { text: 'What you did, and who has taken it over', href: paths.night(), roles: ['A-EDT'] },
    {
      text: 'Transfers to accept',
      href: paths.transfers(),
      roles: ['A-TM', 'A-SM'],
      count: async (trx, _session, now) =>
        (await transfersAround(trx, dayOf(now))).filter(({ asked }) => asked).length,
    },
    {
      text: 'Supervision to sign',
      href: paths.supervisions(),
      count: async (trx, { account }) =>
        (await supervisions(trx)).filter(({ workerId, signedAt }) => workerId === account.id && !signedAt)
          .length,
    },
    {
      text: 'Records to audit',
      href: paths.practiceAudits(),
      roles: ['A-QA'],
      count: async (trx, { account }, now) =>
        (await practiceAudits(trx))
          .filter(({ auditorId, ended, until }) => auditorId === account.id && !ended && until >= dayOf(now))
          .reduce((left, { drawn, audited }) => left + drawn - audited, 0),
    },
    { text: 'The team at a glance', href: paths.glance(), roles: ['A-TM', 'A-SM'] },
  ],
  recordParts: [
    {
      text: 'Management oversight',
      rank: 19,
      groups: ['F25'],
      href: (person) => paths.oversight({ person }),
    },
    {
      text: 'For tonight',
      rank: 36,
      groups: ['F24'],
      roles: [...withChildren, 'A-DUTY', 'A-EDT'],
      href: (person) => paths.tonightOfChild({ person }),
    },
    {
      text: 'Hand over',
      rank: 94,
      groups: ['F26'],
      roles: ['A-SW', 'A-TM', 'A-SM', 'A-PA'],
      href: (person) => paths.transferNew({ of: person }),
    },
  ],
}
