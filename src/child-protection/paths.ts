import { definePaths } from '../web/paths.ts'

const protection = '/children/:person/protection'
const discussion = `${protection}/discussions/:discussion`
const enquiry = `${protection}/enquiries/:enquiry`
const conference = `${protection}/conferences/:conference`
const plan = `${protection}/plans/:plan`

export const paths = definePaths({
  protection,
  discussionNew: `${protection}/discussions/new`,
  discussion,
  discussionHeld: `${discussion}/held`,
  discussionOff: `${discussion}/called-off`,
  enquiry,
  enquiryWrite: `${enquiry}/write`,
  enquiryAgain: `${enquiry}/open-again`,
  conferenceNew: `${protection}/conferences/new`,
  conference,
  conferenceCall: `${conference}/call`,
  conferenceReports: `${conference}/reports`,
  conferenceCancel: `${conference}/cancel`,
  conferenceHeld: `${conference}/held`,
  conferenceSent: `${conference}/sent`,
  conferenceCorrect: `${conference}/correct`,
  minutes: `${conference}/minutes`,
  decisionLetter: `${conference}/letter`,
  plan,
  planWrite: `${plan}/write`,
  planLook: `${plan}/look`,
  planEnd: `${plan}/end`,
  planWrong: `${plan}/begun-in-error`,
  coreGroupNew: `${plan}/core-groups/new`,
  coreGroup: `${protection}/core-groups/:group`,
  birth: `${protection}/birth`,
  conferences: '/conferences',
})
