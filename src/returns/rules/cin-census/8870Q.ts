import { isWeekend, rule } from '../cin-census.ts'

/** A conference is not meant to be held at a weekend. The known reference cannot read this date. */
export default rule({
  code: '8870Q',
  kind: 'query',
  from: '2022-23',
  flags: 'Section47.InitialCPCtarget',
  message:
    'The day by which the conference should be held is a Saturday or Sunday. It is 15 working days after the enquiry began.',
  eachSection47: ({ InitialCPCtarget }) => isWeekend(InitialCPCtarget),
})
