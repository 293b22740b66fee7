import { codes, rule } from '../ssda903.ts'

const answers = codes('YES NO DIED REFU NREQ RHOM')

/** Whether the authority is in touch with the care leaver is always said. */
export default rule({
  code: '131',
  from: '2022-23',
  flags: 'OC3.IN_TOUCH',
  message:
    'Whether you are in touch with the care leaver is blank or not a code of the return. Choose one from its list.',
  eachOC3: ({ IN_TOUCH }) => !answers.has(IN_TOUCH),
})
