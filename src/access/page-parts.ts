import type { FastifyRequest } from 'fastify'
import { type FormView, text } from '../web/form.ts'
import { localAddress } from '../web/paths.ts'

/** Who looks at what others did: emergency access, declared connections. */
export const managers = { roles: ['A-TM', 'A-SM', 'A-CG', 'A-DPO'] } as const

/** The codes of a list of words, for `choice`. */
export const keysOf = <T extends object>(words: T) =>
  Object.keys(words) as unknown as readonly [keyof T & string, ...(keyof T & string)[]]

/** The same list as the options of radios or a select. */
export const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, said]) => ({ value, text: said }))

/** Words that somebody else will have to understand later. */
export const enough = (missing: string) =>
  text(missing, 2000).refine((words) => words.length >= 20, 'Say a little more: 20 letters or more')

/** Where `?then=` leads, within this service. */
export const thenOf = (request: FastifyRequest): string =>
  localAddress((request.query as { then?: string }).then)

/** The same, or another place when it leads nowhere. */
export function backOf(request: FastifyRequest, otherwise: string): string {
  const then = thenOf(request)
  return then === '/' ? otherwise : then
}

/** The query that carries where somebody was going; none for the start. */
export const carrying = (then: string) => (then === '/' ? {} : { then })

/** Where a person's record opens. The pages of people answer it; access does not know them. */
export const recordOf = (person: string): string => `/children/${encodeURIComponent(person)}`

/** Where a person's warnings are read. The pages of people answer it. */
export const warningsOf = (person: string): string => `${recordOf(person)}/warnings`

/** The form again without what nobody should see: a password is typed anew. */
export const withoutSecrets = <T extends FormView>(form: T): T => ({
  ...form,
  values: Object.fromEntries(
    Object.entries(form.values).filter(([name]) => name !== 'password' && name !== 'code'),
  ),
})
