import { rule, sameOrBothBlank, type Text } from '../ssda903.ts'

/** What the codes up to 2023-24 are called from 2024-25. */
const newCodes: Record<string, Text> = { 1: 'M', 2: 'F' }

/**
 * Sex does not differ from last year's return. Its codes changed with 2024-25, so for that year last year's are put into
 * the new ones first; the known reference compares them as they are, and every child fails.
 */
export default rule({
  code: '202',
  from: '2022-23',
  needs: 'Header Header_last',
  flags: 'Header.SEX',
  message:
    'The child’s sex differs from last year’s return. Correct it, or ask for last year’s return to be put right.',
  eachHeader: ({ SEX }, { lastYear }, { year }) =>
    lastYear.Header.some((before) => {
      const sexBefore = year === '2024-25' ? (newCodes[before.SEX ?? ''] ?? before.SEX) : before.SEX
      return !sameOrBothBlank(SEX, sexBefore)
    }),
})
