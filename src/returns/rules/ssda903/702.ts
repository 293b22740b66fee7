import { rule } from '../ssda903.ts'

/**
 * An order ends after it began. The published title speaks of an earlier end only; its cases fail the same day too.
 */
export default rule({
  code: '702',
  from: '2026-27',
  flags: 'DoLo.DOLO_START DoLo.DOLO_END',
  message: 'The deprivation of liberty order must end after the day it began. Correct one of the two dates.',
  eachDoLo: ({ DOLO_START, DOLO_END }) => DOLO_END <= DOLO_START,
})
