import { codesOf, rule } from '../cin-census.ts'

const ethnicities = codesOf('ethnicity')

/** Ethnicity is given, with a code of the national set. */
export default rule({
  code: '4220',
  from: '2022-23',
  flags: 'ChildCharacteristics.Ethnicity',
  message:
    'The child’s ethnicity is missing or is not a known code. Where it has not been found out, say so.',
  eachChildCharacteristics: ({ Ethnicity }) => !ethnicities.has(Ethnicity),
})
