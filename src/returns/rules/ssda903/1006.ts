import { codes, filled, rule } from '../ssda903.ts'

const missingOrAway = codes('M A')

/** Missing, or away without authorisation. */
export default rule({
  code: '1006',
  from: '2022-23',
  flags: 'Missing.MISSING',
  message: 'Enter M for a child who was missing, or A for one who was away without authorisation.',
  eachMissing: ({ MISSING }) => filled(MISSING) && !missingOrAway.has(MISSING),
})
