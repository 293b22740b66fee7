import { filled, rule, twoOrMore } from '../cin-census.ts'

/** A disability is recorded once. */
export default rule({
  code: '8794',
  from: '2022-23',
  flags: 'Disabilities.Disability',
  message: 'The same disability is recorded more than once. Keep one.',
  eachDisability: ({ Disability }, { Disabilities }) =>
    filled(Disability) &&
    Disabilities.length > 1 &&
    twoOrMore(Disabilities, (other) => other.Disability === Disability),
})
