import { definePaths } from '../web/paths.ts'

/** Addresses of what a team and its manager need each day. */
export const paths = definePaths({
  transfers: '/transfers',
  transferNew: '/transfers/new',
  transfer: '/transfers/:transfer',
  transferAnswer: '/transfers/:transfer/answer',
  transferWithdraw: '/transfers/:transfer/withdraw',

  rota: '/rota',
  rotaOfTeam: '/rota/:team',

  night: '/out-of-hours',
  nightSeen: '/out-of-hours/seen',
  tonight: '/tonight',
  tonightOfChild: '/children/:person/tonight',
  tonightEnd: '/children/:person/tonight/:flag/end',

  supervisions: '/supervision',
  supervisionNew: '/supervision/new',
  supervision: '/supervision/:supervision',
  supervisionSign: '/supervision/:supervision/sign',
  oversight: '/children/:person/oversight',

  practiceAudits: '/practice-audits',
  practiceAuditNew: '/practice-audits/new',
  practiceAudit: '/practice-audits/:audit',
  practiceAuditChild: '/practice-audits/:audit/children/:person',
  practiceAuditAction: '/practice-audits/:audit/children/:person/actions-done',
  practiceAuditEnd: '/practice-audits/:audit/end',

  glance: '/team',
  glanceFile: '/team/figures.csv',
  workerAtGlance: '/team/:account',
})
