import { rule } from '../ssda903.ts'

/**
 * Every child of the table Episodes is in the table of children, Header. A check of the files, without a number of
 * the DfE.
 */
export default rule({
  code: 'INT03',
  from: '2022-23',
  needs: 'Episodes Header',
  flags: 'Episodes.CHILD',
  message:
    'There is an episode for a child who is not in the table of children (Header). Add the child, or correct the child’s identifier.',
  eachEpisode: (_episode, { Header }) => Header.length === 0,
})
