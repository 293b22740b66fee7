import { definePaths } from '../web/paths.ts'

export const paths = definePaths({
  notice: '/privacy',
  noticeLayer: '/privacy/:layer',
  desk: '/governance',
  register: '/governance/registers/:register',
  add: '/governance/registers/:register/new',
  entry: '/governance/registers/:register/:key',
  propose: '/governance/registers/:register',
  decide: '/governance/changes/:entry',
  notices: '/governance/notices',
  preview: '/governance/notices/:layer',
  decideNotice: '/governance/notices/:layer/:notice',
  evidence: '/governance/evidence',
  corrections: '/governance/corrections',
  somethingWrong: '/something-went-wrong',
  incidents: '/incidents',
  incident: '/incidents/:incident',
  incidentStep: '/incidents/:incident/steps/:kind',
  regulatorForm: '/incidents/:incident/regulator',
})
