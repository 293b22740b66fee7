import { rule } from '../ssda903.ts'

/** An order of the return ends within the year, or not yet. */
export default rule({
  code: '704',
  from: '2026-27',
  flags: 'DoLo.DOLO_END',
  message:
    'The deprivation of liberty order ends before or after the collection year. Correct the date, leave a later end blank, or leave out an order that ended earlier.',
  eachDoLo: ({ DOLO_END }, _child, collection) => collection.outside(DOLO_END),
})
