import { paths } from './paths.ts'

/** Where early help of somebody stands. */
export const helpPathOf = (person: string): string => paths.help({ person })
