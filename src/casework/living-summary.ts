import { addDays, type Day } from '../web/words.ts'

/** A quarter: after so many days whoever reads a summary is told how old it is, and its writer is asked for a new one. */
const quarter = 91

/** Whether a living summary is older than a quarter on a day. */
export const summaryIsOld = (writtenOn: Day, on: Day): boolean => addDays(writtenOn, quarter) < on
