/** Days as whole numbers from 1 January 1970, as they are written in returns. */

const parts = (day: number) => new Date(day * 86_400_000).toISOString()

/** CCYY-MM-DD. */
export const iso = (day: number): string => parts(day).slice(0, 10)

/** dd/mm/yyyy. */
export function slashed(day: number): string {
  const text = parts(day)
  return `${text.slice(8, 10)}/${text.slice(5, 7)}/${text.slice(0, 4)}`
}
