import { describe, expect, test } from 'vitest'
import { mailWords } from './digest.ts'
import { mailSettings, serverName } from './mail-settings.ts'

const whole = {
  CAIRN_SMTP_URL: 'smtps://cairn:a%20secret@mail.example:465',
  CAIRN_MAIL_FROM: 'cairn@fellshire.example',
  CAIRN_PUBLIC_URL: 'https://cairn.example',
}

describe('where e-mail goes', () => {
  test('nowhere until somebody says; all three together; a page shows no password', () => {
    expect(mailSettings({})).toBeUndefined()
    expect(mailSettings({ CAIRN_PUBLIC_URL: 'https://cairn.example' })).toBeUndefined()
    for (const name of Object.keys(whole))
      expect(() => mailSettings({ ...whole, [name]: undefined })).toThrow(/belong together/)
    expect(serverName(mailSettings(whole)!)).toBe('mail.example:465')
  })
  test.each([
    [{ CAIRN_SMTP_URL: 'http://mail.example' }, /CAIRN_SMTP_URL/],
    [{ CAIRN_SMTP_URL: 'smtp://' }, /CAIRN_SMTP_URL/],
    [{ CAIRN_MAIL_FROM: 'Cairn <cairn@fellshire.example>' }, /CAIRN_MAIL_FROM/],
  ])('%j is refused in words', (differs, words) => {
    expect(() => mailSettings({ ...whole, ...differs })).toThrow(words)
  })
})

test('a digest says how much there is and where to sign in', () => {
  expect(mailWords({ kind: 'digest', unread: 1, children: 0 }, 'Cairn', 'https://cairn.example').text).toBe(
    '1 thing waits for you in Cairn.\n\nSign in to read it: https://cairn.example\n\nThis is the only e-mail today. You chose its hour, and can end it, under For you.\n',
  )
  expect(mailWords({ kind: 'digest', unread: 5, children: 2 }, 'Cairn', 'x').text).toContain(
    '5 things wait for you in Cairn, about 2 children.',
  )
})
