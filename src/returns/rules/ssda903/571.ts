import { rule } from '../ssda903.ts'

/** Only times missing that end in the year, or are still open, belong in its return. */
export default rule({
  code: '571',
  from: '2022-23',
  flags: 'Missing.MIS_END',
  message:
    'This time missing ends before or after the collection year. Correct the date, leave a later end blank, or remove a time that ended earlier.',
  eachMissing: ({ MIS_END }, _child, collection) => collection.outside(MIS_END),
})
