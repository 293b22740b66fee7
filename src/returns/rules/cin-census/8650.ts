import { codesOf, filled, rule } from '../cin-census.ts'

const needs = codesOf('primary_need')

/** A main need is a code of the national set. */
export default rule({
  code: '8650',
  from: '2022-23',
  flags: 'CINdetails.PrimaryNeedCode',
  message: 'The main need is not a known code. Choose one from the list.',
  eachCINdetails: ({ PrimaryNeedCode }) => filled(PrimaryNeedCode) && !needs.has(PrimaryNeedCode),
})
