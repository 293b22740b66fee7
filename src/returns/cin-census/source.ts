import { version } from '../../version.ts'
import type { Source } from './write.ts'

/** An invented authority has a number that no real one has. */
const invented = '999'

/**
 * What the header says of where a file comes from.
 * @param env CAIRN_LEA is the authority's three-digit DfE number
 * @param serial how many files were made for the collection, this one counted
 */
export function sourceOf(
  serial: number,
  made: Date,
  env: Record<string, string | undefined> = process.env,
): Source {
  return {
    lea: leaOf(env),
    software: 'Cairn',
    release: version,
    serial,
    madeAt: localTime(made),
  }
}

/** The authority's DfE number. */
function leaOf(env: Record<string, string | undefined>): string {
  const lea = env.CAIRN_LEA || (env.NODE_ENV === 'production' ? '' : invented)
  if (!/^\d{3}$/.test(lea))
    throw new SourceUnknown(
      'CAIRN_LEA is not set: the three-digit number that the DfE has given the authority.',
    )
  return lea
}

/** A return cannot be made before the service knows whose it is. */
export class SourceUnknown extends Error {}

const london = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/London',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** CCYY-MM-DDThh:mm:ss by the clock in England. */
const localTime = (moment: Date) => london.format(moment).replace(' ', 'T')
