/**
 * Which openings of records a session object has made: what `reading` names, so that a request reads by what it opened
 * itself. A session is an object of its own for each request; whatever opens without saying so is still found, since who
 * names nothing reads by all that the session has open.
 */
const made = new WeakMap<object, Set<string>>()

/** Beyond so many it is no page that reads: naming each would cost more than it saves. */
const most = 50

/** @param opening its id, as `access.open_record` answered */
export function nameOpening(session: object, opening: string | null | undefined): void {
  if (!opening) return
  const named = made.get(session) ?? new Set()
  made.set(session, named.add(opening))
}

/** None when nothing was named, or too much. */
export function namedOpenings(session: object): readonly string[] {
  const named = made.get(session)
  return named && named.size <= most ? [...named] : []
}
