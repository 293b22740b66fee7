import { birthday, blank, rule } from '../ssda903.ts'

/**
 * Of a child of 10 or over on 31 March who was looked after all year it is said whether there was a conviction. The
 * known reference lets a child pass whose 10th birthday is 31 March.
 */
export default rule({
  code: '543',
  from: '2022-23',
  needs: 'OC2 Episodes',
  flags: 'OC2.DOB OC2.CONVICTED',
  message:
    'The child was 10 or over on 31 March and looked after all year. Enter whether there was a conviction.',
  eachOC2: ({ CONVICTED, DOB }, child, collection) =>
    blank(CONVICTED) &&
    birthday(DOB, 10) <= collection.lastDay &&
    child.isContinuouslyLookedAfter(collection),
})
