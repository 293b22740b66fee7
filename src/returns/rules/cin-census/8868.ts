import { awaitsConference, filled, rule } from '../cin-census.ts'

/**
 * When an episode is closed no enquiry waits for a conference. An enquiry that had one although none was needed
 * passes; with the known reference it fails.
 */
export default rule({
  code: '8868',
  from: '2022-23',
  flags: 'Section47.DateOfInitialCPC Section47.ICPCnotRequired CINdetails.CINclosureDate',
  message:
    'The case is closed, but an enquiry still waits for a conference. Give its date, or say that none was needed.',
  eachSection47: (enquiry) =>
    filled(enquiry.cin.CINclosureDate) && awaitsConference(enquiry) && [enquiry, enquiry.cin],
})
