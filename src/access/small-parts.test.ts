import { generate } from 'otplib'
import { describe, expect, test } from 'vitest'
import { CannotStart } from '../database/cannot-start.ts'
import type { Config } from '../database/config.ts'
import { mondayToFriday } from '../web/words.ts'
import { checkCode, newCodeSecret } from './one-time-code.ts'
import { firstPassword, hashPassword, isPassword, weakness } from './password.ts'
import { sealerFor } from './sealed.ts'
import { directorySettings } from './services.ts'
import { reviewDue, waitWords } from './words.ts'

describe('what is sealed', () => {
  const [one, two] = ['the first key, of thirty-two letters', 'another key, of thirty-two letters']
  test('opens with the same key, purpose and person, and with nothing else', () => {
    const sealer = sealerFor('codes', [one])
    const sealed = sealer.seal('secret', 'ann')
    expect(sealer.open(sealed, 'ann')).toBe('secret')
    expect(sealer.open(sealed, 'bob')).toBeUndefined()
    expect(sealerFor('codes', [two]).open(sealed, 'ann')).toBeUndefined()
    expect(sealerFor('tokens', [one]).open(sealed, 'ann')).toBeUndefined()
    sealed[sealed.length - 1]! ^= 1
    expect(sealer.open(sealed, 'ann')).toBeUndefined()
    expect(sealer.open(Buffer.from('short'), 'ann')).toBeUndefined()
  })
  test('opens with any of several keys; only the first is current', () => {
    const sealed = sealerFor('codes', [one]).seal('secret', 'ann')
    const both = sealerFor('codes', [two, one])
    expect(both.open(sealed, 'ann')).toBe('secret')
    expect([both.isCurrent(sealed, 'ann'), both.isCurrent(both.seal('secret', 'ann'), 'ann')]).toEqual([
      false,
      true,
    ])
  })
})

describe('one-time codes', () => {
  const now = new Date('2026-11-25T10:00:10Z')
  const at = (seconds: number) => now.getTime() / 1000 + seconds
  test('this step and its neighbours, each once', async () => {
    const secret = newCodeSecret()
    const code = (seconds: number) => generate({ secret, epoch: at(seconds) })
    const step = Math.floor(at(0) / 30)
    expect(await checkCode(secret, await code(0), 0, now)).toBe(step)
    expect(await checkCode(secret, await code(-30), 0, now)).toBe(step - 1)
    expect(await checkCode(secret, await code(30), 0, now)).toBe(step + 1)
    expect(await checkCode(secret, await code(-90), 0, now)).toBeUndefined()
    expect(await checkCode(secret, await code(0), step, now)).toBeUndefined()
    const spaced = await code(0)
    expect(await checkCode(secret, `${spaced.slice(0, 3)} ${spaced.slice(3)}`, 0, now)).toBe(step)
  })
  test.each(['', '12345', '1234567', 'abcdef'])('%j is none', async (typed) => {
    expect(await checkCode(newCodeSecret(), typed, 0, now)).toBeUndefined()
  })
})

describe('passwords', () => {
  test('are right or not, however they are composed; nobody’s is never right', async () => {
    const kept = await hashPassword('zoë keeps three cairns')
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await isPassword('zoe\u0308 keeps three cairns', kept)).toBe(true)
    expect(await isPassword('zoe keeps three cairns', kept)).toBe(false)
    expect(await isPassword('a name nobody has', null)).toBe(false)
  })
  test.each([
    ['short', /12 characters/],
    ['aaaaaaaaaaaaaaa', /too few/],
    ['priyashah1234', /your own name/],
  ])('%s is too weak', (password, words) => {
    expect(weakness(password, { name: 'Priya Shah', email: 'priyashah@fellshire.example' })).toMatch(words)
  })
  test('three plain words will do; first passwords can be read out and do not repeat', () => {
    expect(
      weakness('herons quietly nine', { name: 'Priya Shah', email: 'p@fellshire.example' }),
    ).toBeUndefined()
    const made = Array.from({ length: 200 }, firstPassword)
    expect(new Set(made).size).toBe(200)
    for (const one of made) expect(one).toMatch(/^([a-z][aeiou][a-z][aeiou]-){3}[a-z][aeiou][a-z][aeiou]$/)
  })
})

describe('words', () => {
  test('a review is due on the second working day', () => {
    expect(reviewDue('2026-11-25', mondayToFriday)).toBe('2026-11-27')
    expect(reviewDue('2026-11-27', mondayToFriday)).toBe('2026-12-01')
    expect(reviewDue('2026-11-28', mondayToFriday)).toBe('2026-12-01')
  })
  test('how long to wait', () => {
    expect([waitWords(30), waitWords(120)]).toEqual(['Wait 30 seconds', 'Wait 2 minutes'])
  })
})

describe('settings of the directory', () => {
  const config = {
    production: true,
    publicUrl: 'https://cairn.example',
    authorityName: 'Fellshire',
  } as Config
  const env = {
    CAIRN_DIRECTORY_ISSUER: 'https://login.example/tenant',
    CAIRN_DIRECTORY_CLIENT_ID: 'cairn',
    CAIRN_DIRECTORY_CLIENT_SECRET: 'secret',
  }
  test('none, or all that is needed', () => {
    expect(directorySettings(config, {})).toBeUndefined()
    expect(directorySettings(config, env)).toMatchObject({
      redirectUri: 'https://cairn.example/sign-in/directory/back',
      groupsClaim: 'groups',
      name: 'your Fellshire account',
    })
  })
  test.each([
    [{ CAIRN_DIRECTORY_CLIENT_SECRET: undefined }, config, /CAIRN_DIRECTORY_CLIENT_SECRET is not/],
    [{ CAIRN_DIRECTORY_ISSUER: 'http://127.0.0.1:4000' }, config, /must begin with https/],
    [
      { CAIRN_DIRECTORY_ISSUER: 'http://login.example' },
      { ...config, production: false },
      /must begin with https/,
    ],
    [{ CAIRN_DIRECTORY_ISSUER: 'login.example' }, config, /is not a web address/],
    [{}, { ...config, publicUrl: undefined }, /CAIRN_PUBLIC_URL is not/],
  ])('%j is said in one line', (more, where, words) => {
    const read = () => directorySettings(where as Config, { ...env, ...more })
    expect(read).toThrow(CannotStart)
    expect(read).toThrow(words)
  })
})
