import { birthday, codes, rule } from '../ssda903.ts'

const withFormerFosterCarers = codes('Z1 Z2')

/** Staying with former foster carers begins at 18, so it is no answer for a birthday at 17. */
export default rule({
  code: '3001',
  from: '2022-23',
  needs: 'OC3 Header',
  flags: 'OC3.ACCOM',
  message:
    'A care leaver who turned 17 this year cannot be living with former foster carers (Z1, Z2). Correct the accommodation.',
  eachOC3: ({ ACCOM }, { header }, collection) =>
    withFormerFosterCarers.has(ACCOM) && collection.within(birthday(header.DOB, 17)),
})
