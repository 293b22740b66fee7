import { rule, same, temporaryPlacements } from '../ssda903.ts'

/**
 * From a temporary placement the child comes back to the one before it, with RNE P. From 2025-26 the postcode has to
 * be the same too. Blanks are never the same. The known reference orders dates that are not written as dd/mm/yyyy as
 * well; such a date is none.
 */
export default rule({
  code: '383',
  versions: [
    { from: '2022-23', until: '2024-25', flags: 'Episodes.PLACE', samePostcode: false },
    {
      from: '2025-26',
      flags: 'Episodes.PLACE Episodes.RNE Episodes.PL_POST',
      samePostcode: true,
      message:
        'After a temporary placement the child should be back in the placement before it: a change of placement (RNE P), the same placement type and the same postcode, which may not be blank. Correct the one that differs.',
    },
  ],
  flags: '',
  message:
    'After a temporary placement the child should be back in the placement before it: a change of placement (RNE P) to the same placement type, which may not be blank. Correct the one that differs.',
  eachNextEpisode: (temporary, back, _child, _collection, { samePostcode }) => {
    const usual = temporary.previous
    if (usual === undefined || !temporaryPlacements.has(temporary.PLACE)) return false
    return (
      back.RNE !== 'P' ||
      !same(back.PLACE, usual.PLACE) ||
      (samePostcode && !same(back.PL_POST, usual.PL_POST))
    )
  },
})
