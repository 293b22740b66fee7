/** Somebody around a person: family, friends, workers. */
export interface Around {
  readonly name: string
  readonly what: string
  readonly side: 'family' | 'workers'
  readonly ended: boolean
  readonly risk: boolean
  readonly href?: string | undefined
}

/** Where everything of a drawing of a network goes: the person in the middle, family on the left, workers on the right. */
export interface Network {
  readonly width: number
  readonly height: number
  readonly middle: { readonly x: number; readonly y: number; readonly label: readonly string[] }
  readonly boxes: readonly (Around & {
    readonly x: number
    readonly y: number
    readonly line: string
    readonly label: string
    readonly words: string
  })[]
}

const size = { width: 860, box: 250, high: 44, gap: 10, top: 12, letters: 34 }

/** Draws who is around a person; undefined where nobody is. Pure. */
export function drawNetwork(name: string, around: readonly Around[]): Network | undefined {
  if (around.length === 0) return undefined
  const sides = (['family', 'workers'] as const).map((side) => around.filter((one) => one.side === side))
  const rows = Math.max(...sides.map((side) => side.length), 2)
  const height = size.top * 2 + rows * size.high + (rows - 1) * size.gap
  const middle = { x: size.width / 2, y: height / 2, label: name.split(' ').slice(0, 3) }
  const boxes = sides.flatMap((side) => {
    const tall = side.length * size.high + (side.length - 1) * size.gap
    return side.map((one, n) => {
      const left = one.side === 'family'
      const x = left ? 1 : size.width - size.box - 1
      const y = (height - tall) / 2 + n * (size.high + size.gap)
      const [from, to] = [left ? x + size.box : x, middle.x + (left ? -46 : 46)]
      const bend = (from + to) / 2
      return {
        ...one,
        x,
        y,
        line: `M${from} ${y + size.high / 2}C${bend} ${y + size.high / 2} ${bend} ${middle.y} ${to} ${middle.y}`,
        label: one.name.length > size.letters ? `${one.name.slice(0, size.letters - 1)}…` : one.name,
        words: [
          one.name,
          one.what.toLowerCase(),
          one.ended ? 'ended' : '',
          one.risk ? 'may pose a risk to children' : '',
        ]
          .filter(Boolean)
          .join(', '),
      }
    })
  })
  return { width: size.width, height, middle, boxes }
}
