import { rule } from '../cin-census.ts'

/** No more child protection plans start in the year than conferences are held that could agree them. */
export default rule({
  code: '2883',
  from: '2022-23',
  flags: 'ChildProtectionPlans.CPPstartDate CINdetails.DateOfInitialCPC Section47.DateOfInitialCPC',
  message:
    'More child protection plans start in the year than conferences are held. Look for plans without their conference.',
  count: (child, add, collection) => {
    for (const plan of child.ChildProtectionPlans) if (collection.within(plan.CPPstartDate)) add('plans')
    for (const cin of child.CINdetails) if (collection.within(cin.DateOfInitialCPC)) add('conferences')
    for (const enquiry of child.Section47) if (collection.within(enquiry.DateOfInitialCPC)) add('conferences')
  },
  failsOnCounts: (count) => count.of('plans') > count.of('conferences'),
})
