import { birthday, date, rule } from '../ssda903.ts'

/** UN1 is for children too young for school: not yet 4 on 31 August of the year before the collection year begins. */
export default rule({
  code: '209',
  from: '2022-23',
  flags: 'Header.UPN Header.DOB',
  message:
    'The child is of school age, so ‘not yet at school’ (UN1) cannot be why there is no unique pupil number. Enter the number or another reason.',
  eachHeader: ({ UPN, DOB }, _child, { endYear }) =>
    UPN === 'UN1' && birthday(DOB, 4) <= date(endYear - 2, 8, 31),
})
