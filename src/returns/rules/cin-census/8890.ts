import { awaitsConference, type Collection, clashes, type Enquiry, rule } from '../cin-census.ts'

/** On the day of the other's conference too or, while the other waits for one, up to the reference date. */
const startsDuring = (later: Enquiry, other: Enquiry, { referenceDate }: Collection) =>
  later.S47ActualStartDate >= other.S47ActualStartDate &&
  (later.S47ActualStartDate <= other.DateOfInitialCPC ||
    (later.S47ActualStartDate <= referenceDate && awaitsConference(other)))

/**
 * One enquiry at a time in an episode: none starts while another is going. Of two that start on the same day each is
 * in the other's way, exact doubles included, which the known reference lets pass.
 */
export default rule({
  code: '8890',
  from: '2022-23',
  flags: 'Section47.S47ActualStartDate Section47.DateOfInitialCPC',
  message:
    'This enquiry starts while another in the same episode is still going. Correct the dates, or remove the double.',
  eachSection47: (later, _child, collection) =>
    clashes(later, 'S47ActualStartDate', later.cin.Section47, startsDuring, collection),
})
