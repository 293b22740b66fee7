/** A line of the trail where it stands in the tree. */
export interface PlacedLine {
  readonly id: string
  /** Microseconds since 1970: a Date would lose the last three digits. */
  readonly at: number
  /** The hash of its leaf. */
  readonly hash: Buffer
}

export const uuidBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')

export function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Microseconds as a moment, to the millisecond. */
export const momentOf = (at: number): Date => new Date(Math.floor(at / 1000))
