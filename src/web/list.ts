import type { FastifyRequest } from 'fastify'
import { refuse } from './errors.ts'

export interface ListState<Key extends string = string> {
  readonly sort: Key
  readonly direction: 'ascending' | 'descending'
  readonly page: number
  readonly perPage: number
  /** For SQL: `limit` and `offset`. */
  readonly offset: number
  /** This list's address with some of its query changed; filters stay, the page starts again unless given. */
  link(changes: Record<string, string | number | undefined>): string
}

/**
 * What a list's address asks for: `?sort=due&direction=descending&page=2`. Only the named columns can be sorted by, so
 * that a column's name in SQL never comes from the address.
 */
export function listState<const Key extends string>(
  request: FastifyRequest,
  options: {
    readonly sorts: readonly [Key, ...Key[]]
    readonly direction?: 'ascending' | 'descending'
    readonly perPage?: number
  },
): ListState<Key> {
  const query = request.query as Record<string, string | string[] | undefined>
  const one = (name: string) => [query[name]].flat()[0]
  const sort = options.sorts.find((key) => key === one('sort')) ?? options.sorts[0]
  const asked = one('direction')
  const direction =
    asked === 'ascending' || asked === 'descending' ? asked : (options.direction ?? 'ascending')
  const page = Number(one('page') ?? 1)
  if (!Number.isSafeInteger(page) || page < 1 || page > 1_000_000)
    throw refuse(404, 'There is no such page of this list')
  const perPage = options.perPage ?? 50
  const [path] = request.url.split('?')
  return {
    sort,
    direction,
    page,
    perPage,
    offset: (page - 1) * perPage,
    link(changes) {
      const search = new URLSearchParams()
      const kept = { ...query, page: undefined, ...changes }
      for (const [name, value] of Object.entries(kept)) {
        for (const each of [value].flat()) {
          if (each !== undefined && each !== '') search.append(name, String(each))
        }
      }
      const text = search.toString()
      return text ? `${path}?${text}` : path!
    },
  }
}
