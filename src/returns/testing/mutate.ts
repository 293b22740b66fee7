import fc from 'fast-check'

/** Bits that trip up readers: marks, quotes, tags, lone and over-long letters, dates that are none. */
const junk = [
  '"',
  '""',
  '\u0000',
  '\r',
  '\n',
  ',,,,',
  '\u00ff\u00fe',
  '\u00ef\u00bb\u00bf',
  '<',
  '>',
  '&',
  '&amp;',
  '&#0;',
  '&#x110000;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '-->',
  '<?x',
  '<!DOCTYPE a>',
  '</Child>',
  '<Child>',
  '<CHILD>',
  '</CHILD>',
  '</Children>',
  '<Reviews/>',
  '00/00/0000',
  '31/02/2025',
  '2025-02-30',
  '99999-99-99',
  '29/02/2025',
  'ZZ/ZZ/ZZZZ',
  '\u00c3',
  '\u00e2\u0082',
  '\u00a0',
  '\t',
  ';',
  '1e999',
  '-1',
  'NaN',
  'constructor',
  '__proto__',
  'x'.repeat(5000),
  '9'.repeat(400),
].map((text) => Buffer.from(text, 'latin1'))

type Mutation = {
  what: 'insert' | 'delete' | 'repeat' | 'alter' | 'cut' | 'move'
  at: number
  length: number
  value: number
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  what: fc.constantFrom('insert', 'delete', 'repeat', 'alter', 'cut', 'move'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(200),
  value: fc.nat(0xffff),
})

/** A file with some to many faults, made of a good one. */
export const mutated = (good: string): fc.Arbitrary<Buffer> =>
  fc
    .array(mutation, { minLength: 1, maxLength: 12 })
    .map((mutations) => mutations.reduce(mutate, Buffer.from(good)))

function mutate(bytes: Buffer, { what, at, length, value }: Mutation): Buffer {
  const place = Math.floor(at * bytes.length)
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)]
  const part = after.subarray(0, length)
  if (what === 'insert') return Buffer.concat([before, junk[value % junk.length]!, after])
  if (what === 'delete') return Buffer.concat([before, after.subarray(length)])
  if (what === 'repeat') return Buffer.concat([before, ...Array<Buffer>(1 + (value % 20)).fill(part), after])
  if (what === 'move') {
    const to = value % (bytes.length + 1)
    const without = Buffer.concat([before, after.subarray(length)])
    return Buffer.concat([without.subarray(0, to), part, without.subarray(to)])
  }
  // A return is never cut to nothing: that is one case, told by its size.
  if (what === 'cut') return at > 0.7 ? before : bytes
  const altered = Buffer.from(bytes)
  if (altered.length > 0) altered[Math.min(place, altered.length - 1)] = value & 0xff
  return altered
}
