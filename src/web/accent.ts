/** Contrast of the authority's colour, by the formula of WCAG 2.2 (relative luminance). */

type Rgb = readonly [number, number, number]

export function parseColour(text: string): Rgb {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text.trim())
  if (!match) throw new Error(`A colour is written like #1d4f91, not '${text}'`)
  return [match[1]!, match[2]!, match[3]!].map((part) => Number.parseInt(part, 16)) as unknown as Rgb
}

const toHex = (colour: Rgb) =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** From 1 (the same) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(parseColour(one)), luminance(parseColour(other))].sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

const mix = (colour: Rgb, towards: Rgb, share: number): Rgb =>
  colour.map((part, index) => part + (towards[index]! - part) * share) as unknown as Rgb

/** The colour itself, or the nearest shade of it (towards `towards`) that stands out enough from `ground`. */
export function readable(colour: string, ground: string, towards: string, atLeast = 4.5): string {
  for (let share = 0; share < 1; share += 0.02) {
    const shade = toHex(mix(parseColour(colour), parseColour(towards), share))
    if (contrast(shade, ground) >= atLeast) return shade
  }
  return towards
}

/** The authority's colour as custom properties, for light and for dark; links and buttons follow it. */
export function accentStyles(accent: string): string {
  const light = readable(accent, '#f3f5f7', '#000000', 5)
  const darker = toHex(mix(parseColour(light), [0, 0, 0], 0.4))
  const dark = readable(accent, '#1b2128', '#ffffff', 6)
  const lighter = toHex(mix(parseColour(dark), [255, 255, 255], 0.45))
  const wash = toHex(mix(parseColour(light), [255, 255, 255], 0.92))
  const darkWash = toHex(mix(parseColour(light), parseColour('#14181d'), 0.72))
  return `@media screen{:root{--accent:${light};--accent-strong:${darker};--accent-fill:${light};--accent-fill-strong:${darker};--accent-wash:${wash}}}
@media screen and (prefers-color-scheme:dark){:root{--accent:${dark};--accent-strong:${lighter};--accent-wash:${darkWash}}}
`
}
