import { randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'

// OWASP's least for Argon2id: 19 MiB, two passes, one lane. About 25 ms a try on a small server.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** The hash to keep, with its salt and cost in it. */
export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFC'), cost)

let unknown: Promise<string> | undefined

/**
 * Whether the password is the one that was hashed. Without a hash it is no, after the same time, so that how long an
 * answer takes does not tell which names exist.
 */
export async function isPassword(password: string, kept: string | null | undefined): Promise<boolean> {
  unknown ??= hashPassword('a name nobody has')
  const right = await verify(kept ?? (await unknown), password.normalize('NFC'))
  return right && Boolean(kept)
}

/** The shortest password that somebody may choose (NCSC: length, not rules about signs). */
export const shortestPassword = 12

/** What is wrong with a password somebody chose, in words; undefined when it will do. */
export function weakness(password: string, about: { name: string; email: string }): string | undefined {
  if (password.length < shortestPassword)
    return `Use ${shortestPassword} characters or more. Three words that have nothing to do with each other are easy to keep`
  if (password.length > 200) return 'Use 200 characters or fewer'
  if (new Set(password).size < 5) return 'That is too few different characters'
  const own = [...about.name.split(/\s+/), about.email.split('@')[0]!].filter((part) => part.length > 3)
  const rest = own.reduce((left, part) => left.replaceAll(part.toLowerCase(), ''), password.toLowerCase())
  if (rest.length < 8) return 'That is your own name or address with a little more: choose something else'
  return undefined
}

const sounds = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'w', 'z']
const vowels = ['a', 'e', 'i', 'o', 'u']

/** A password to hand to somebody for their first sign-in: four groups that can be read out, 47 bits. */
export function firstPassword(): string {
  const pick = (letters: string[]) => letters[randomInt(letters.length)]!
  const group = () => pick(sounds) + pick(vowels) + pick(sounds) + pick(vowels)
  return [group(), group(), group(), group()].join('-')
}
