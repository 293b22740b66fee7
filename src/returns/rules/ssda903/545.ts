import { birthday, blank, rule } from '../ssda903.ts'

/** Of a child under 5 on 31 March who was looked after all year it is said whether health checks are up to date. */
export default rule({
  code: '545',
  from: '2022-23',
  needs: 'OC2 Episodes',
  flags: 'OC2.DOB OC2.HEALTH_CHECK',
  message:
    'The child was under 5 on 31 March and looked after all year. Enter whether the health surveillance checks are up to date.',
  eachOC2: ({ HEALTH_CHECK, DOB }, child, collection) =>
    blank(HEALTH_CHECK) &&
    birthday(DOB, 5) > collection.lastDay &&
    child.isContinuouslyLookedAfter(collection),
})
