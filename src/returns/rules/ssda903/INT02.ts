import { rule } from '../ssda903.ts'

/**
 * Every child of the table PlacedAdoption is in the table of children, Header. A check of the files, without a
 * number of the DfE.
 */
export default rule({
  code: 'INT02',
  from: '2022-23',
  needs: 'PlacedAdoption Header',
  flags: 'PlacedAdoption.CHILD',
  message:
    'There is a plan for adoption for a child who is not in the table of children (Header). Add the child, or correct the child’s identifier.',
  eachPlacedAdoption: (_plan, { Header }) => Header.length === 0,
})
