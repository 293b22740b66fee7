import { filled, rule } from '../ssda903.ts'

/** Whether help with substance misuse was offered is only asked where none was received. */
export default rule({
  code: '158',
  from: '2022-23',
  flags: 'OC2.INTERVENTION_RECEIVED OC2.INTERVENTION_OFFERED',
  message:
    'The child received help with substance misuse, so whether it was offered is to be blank. Remove it, or correct whether help was received.',
  eachOC2: ({ INTERVENTION_RECEIVED, INTERVENTION_OFFERED }) =>
    INTERVENTION_RECEIVED === '1' && filled(INTERVENTION_OFFERED),
})
