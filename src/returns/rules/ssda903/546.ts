import { birthday, filled, rule } from '../ssda903.ts'

/** Health surveillance checks are for children under 5: of an older one who was looked after all year nothing is said. */
export default rule({
  code: '546',
  from: '2022-23',
  needs: 'OC2 Episodes',
  flags: 'OC2.DOB OC2.HEALTH_CHECK',
  message:
    'The child was 5 or over on 31 March, so health surveillance checks are not asked. Leave the item blank, or correct the date of birth.',
  eachOC2: ({ HEALTH_CHECK, DOB }, child, collection) =>
    filled(HEALTH_CHECK) &&
    birthday(DOB, 5) <= collection.lastDay &&
    child.isContinuouslyLookedAfter(collection),
})
