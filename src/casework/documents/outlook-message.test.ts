import { burn, type Entry } from '@kenjiuno/msgreader/lib/Burner.js'
import { expect, test } from 'vitest'
import { readEmail } from './e-mail.ts'
import { mediaTypeOf } from './media-types.ts'

const [directory, file, root] = [1, 2, 5] as const

/** A message as Outlook saves it: streams named by what they hold, in a compound file. */
function message(): Buffer {
  const entries: Entry[] = []
  const add = (name: string, type: number, bytes: Buffer = Buffer.alloc(0)): number =>
    entries.push({
      name,
      type: type as Entry['type'],
      length: bytes.length,
      ...(type === file ? { binaryProvider: () => new Uint8Array(bytes) } : { children: [] }),
    }) - 1
  const into = (place: number, ...children: number[]) => entries[place]!.children!.push(...children)
  const words = (tag: string, said: string) =>
    add(`__substg1.0_${tag}001F`, file, Buffer.from(said, 'utf16le'))
  // [MS-OXMSG] 2.4: a head, then sixteen bytes for each value of fixed length.
  const properties = (head: number, values: [tag: number, value: bigint][]) => {
    const bytes = Buffer.alloc(head + 16 * values.length)
    values.forEach(([tag, value], n) => {
      bytes.writeUInt32LE(tag, head + 16 * n)
      bytes.writeBigUInt64LE(value, head + 16 * n + 8)
    })
    return add('__properties_version1.0', file, bytes)
  }
  const sent = BigInt(Date.parse('2026-11-23T09:00:00Z') + 11_644_473_600_000) * 10_000n
  const top = add('Root Entry', root)
  into(
    top,
    words('0037', 'Attendance of Ana'),
    words('0C1A', 'Jo Head'),
    words('5D01', 'head@school.example'),
    words('1000', 'She was here every day.'),
    properties(32, [[0x0039_0040, sent]]),
  )
  const recipient = add('__recip_version1.0_#00000000', directory)
  into(top, recipient)
  into(
    recipient,
    words('3001', 'Sam Okoro'),
    words('39FE', 'sam@fellshire.example'),
    properties(8, [[0x0c15_0003, 1n]]),
  )
  const attachment = add('__attach_version1.0_#00000000', directory)
  into(top, attachment)
  into(
    attachment,
    words('3707', 'register.csv'),
    add('__substg1.0_37010102', file, Buffer.from('day,here')),
    properties(8, [[0x3705_0003, 1n]]),
  )
  return Buffer.from(burn(entries))
}

test('a message saved by Outlook is read like any e-mail', async () => {
  const bytes = message()
  expect(await mediaTypeOf('mail.msg', bytes)).toMatchObject({
    media: 'application/vnd.ms-outlook',
    look: 'e-mail',
  })
  const mail = await readEmail(bytes)
  expect(mail).toMatchObject({
    subject: 'Attendance of Ana',
    from: 'Jo Head <head@school.example>',
    to: ['Sam Okoro <sam@fellshire.example>'],
    sentOn: '2026-11-23',
    words: 'She was here every day.',
  })
  expect(mail!.attachments.map(({ fileName, bytes: of }) => [fileName, Buffer.from(of).toString()])).toEqual([
    ['register.csv', 'day,here'],
  ])
})

test('an old Word document called a message, or a broken one, is no e-mail', async () => {
  expect(await readEmail(message().subarray(0, 600))).toBeUndefined()
  expect(await readEmail(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toBeUndefined()
  expect(await readEmail(Buffer.from('no e-mail at all'))).toBeUndefined()
})
