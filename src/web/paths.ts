import type { FastifyRequest } from 'fastify'

/** The names in a route pattern: '/children/:person/notes/:note' has `person` and `note`. */
export type ParamsOf<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? { [K in Name]: string } & ParamsOf<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? { [K in Name]: string }
    : unknown

export type Query = Record<string, string | number | boolean | undefined | null | readonly string[]>

type Arguments<P extends string> =
  unknown extends ParamsOf<P> ? [query?: Query] : [params: ParamsOf<P>, query?: Query]

/** One address of the service: call it for a link, use `pattern` to declare the route, `read` inside the route. */
export interface Path<P extends string = string> {
  (...args: Arguments<P>): string
  readonly pattern: P
  read(request: FastifyRequest): unknown extends ParamsOf<P> ? Record<never, string> : ParamsOf<P>
}

function queryString(query: Query | undefined): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '' && one !== false) search.append(key, String(one))
    }
  }
  const text = search.toString()
  return text ? `?${text}` : ''
}

function definePath<P extends string>(pattern: P): Path<P> {
  const names = [...pattern.matchAll(/:(\w+)/g)].map(([, name]) => name!)
  const fill = (...args: unknown[]) => {
    const params = (names.length > 0 ? args.shift() : {}) as Record<string, string> | undefined
    const filled = pattern.replace(/:(\w+)/g, (_, name: string) => {
      const value = params?.[name]
      if (value === undefined || value === null || value === '') {
        throw new Error(`The address ${pattern} needs '${name}'`)
      }
      return encodeURIComponent(value)
    })
    return filled + queryString(args[0] as Query | undefined)
  }
  const read = (request: FastifyRequest) => request.params
  return Object.assign(fill, { pattern, read }) as unknown as Path<P>
}

/**
 * The addresses of an area, each written once:
 * `export const paths = definePaths({ record: '/children/:person' })`, then
 * `paths.record({ person: id })`, `paths.record({ person: id }, { kind: 'visit' })`, `paths.record.pattern`.
 */
export function definePaths<const T extends Record<string, string>>(
  patterns: T,
): { [K in keyof T]: Path<T[K]> } {
  return Object.fromEntries(
    Object.entries(patterns).map(([name, pattern]) => [name, definePath(pattern)]),
  ) as unknown as { [K in keyof T]: Path<T[K]> }
}

/** An address of this service to go on to (`?then=`), or the start when it is anything else. */
export const localAddress = (text: unknown): string =>
  typeof text === 'string' && /^\/(?![/\\])[^\s\\]*$/.test(text) && text.length < 2000 ? text : '/'
