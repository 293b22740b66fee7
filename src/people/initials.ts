/**
 * 'Rowan Thwaite' as 'R. T.': for what leaves the service's own pages (a calendar, a file of figures), beside the reference.
 * A name that is not known gives nothing.
 */
export const initialsOf = (name: string | null): string =>
  (name ?? '')
    .split(/[\s-]+/)
    .flatMap((word) => [...word].find((letter) => /\p{L}/u.test(letter)) ?? [])
    .map((letter) => `${letter.toUpperCase()}.`)
    .join(' ')
