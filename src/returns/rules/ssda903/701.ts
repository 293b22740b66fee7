import { rule, unreadable } from '../ssda903.ts'

/** An order that goes on has no end. A part of the end cannot be unknown. */
export default rule({
  code: '701',
  from: '2026-27',
  flags: 'DoLo.DOLO_END',
  message:
    'The day the deprivation of liberty order ended is no real date. Enter it as dd/mm/yyyy, or leave it blank while the order goes on.',
  eachDoLo: ({ DOLO_END }) => unreadable(DOLO_END),
})
