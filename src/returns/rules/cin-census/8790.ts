import { type DisabilityRow, filled, rule } from '../cin-census.ts'

const saysNone = ({ Disability }: DisabilityRow) => Disability?.toUpperCase() === 'NONE'
const saysAnother = (row: DisabilityRow) => filled(row.Disability) && !saysNone(row)

/** That there is no disability stands alone. */
export default rule({
  code: '8790',
  from: '2022-23',
  flags: 'Disabilities.Disability',
  message:
    'The child is said to have no disability, and a disability is recorded too. Remove the one that is wrong.',
  eachChild: ({ Disabilities }, report) => {
    if (Disabilities.some(saysNone) && Disabilities.some(saysAnother))
      report(...Disabilities.filter(saysAnother))
  },
})
