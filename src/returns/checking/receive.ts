import { randomUUID } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { blankForm, type FormView, withErrors } from '../../web/form.ts'
import { uploads } from '../../web/upload.ts'
import { startYear } from '../rules/collection.ts'
import type { ReturnName } from '../rules/registered.ts'
import type { AskedCheck } from './store.ts'
import { type Slot, slots, Upload } from './uploads.ts'

/** The national list of postcodes is the largest: more than a gigabyte. */
const largestFile = 2 * 1024 ** 3
const mostFiles = 60

export interface Received {
  asked: AskedCheck
  upload: Upload
  once: string
}

/** Takes the files in as they come; whatever is wrong with the form is said when they have been passed over. */
export async function receive(request: FastifyRequest): Promise<Received | { form: FormView }> {
  const upload = await Upload.begin(randomUUID())
  const fields: Record<string, string> = {}
  try {
    for await (const { file } of uploads(request, { fileSize: largestFile, files: mostFiles }, fields)) {
      const slot = slots.find((one) => one === file.fieldname)
      if (slot === undefined || wrongWith(fields, upload, false) !== undefined) file.file.resume()
      else await upload.take(slot, file.filename, file.file)
    }
    const errors = wrongWith(fields, upload, true)
    if (errors === undefined)
      return { asked: askedBy(fields, upload), upload, once: fields._once ?? randomUUID() }
    await upload.discard()
    const { return: of, year, authority } = fields
    return { form: withErrors({ ...blankForm(), values: { return: of, year, authority } }, errors) }
  } catch (error) {
    await upload.discard()
    throw error
  }
}

const isReturn = (text: string | undefined): text is ReturnName => text === 'cin-census' || text === 'ssda903'

/** @param all whether the files have come as well */
function wrongWith(
  { return: of, year = '', authority = '' }: Record<string, string>,
  { names }: Upload,
  all: boolean,
): Record<string, string> | undefined {
  const errors: Record<string, string> = {}
  if (!isReturn(of)) errors.return = 'Choose what kind of return it is'
  if (year !== '' && !isYear(year)) errors.year = 'Choose a year of the list'
  if (authority !== '' && !/^[A-Z]\d{8}$/.test(authority.trim()))
    errors.authority = 'An authority’s code is a letter and eight figures, such as E10000030'
  if (all && names.files.length === 0) errors.files = 'Choose the files of the return'
  if (all && of === 'cin-census' && names.files.length > 1)
    errors.files = 'A census is one file. Check several one after the other'
  if (names.authorities.length > 0 && names.postcodes.length === 0 && all)
    errors.authorities = 'It is of use only beside a list of postcodes'
  return Object.keys(errors).length === 0 ? undefined : errors
}

function isYear(year: string): boolean {
  try {
    startYear(year)
    return true
  } catch {
    return false
  }
}

function askedBy(
  { return: of, year = '', authority = '' }: Record<string, string>,
  { names }: Upload,
): AskedCheck {
  const ofLists: Slot[] = ['providers', 'postcodes', 'authorities']
  return {
    return: of as ReturnName,
    files: names.files,
    previous: of === 'ssda903' ? names.previous : [],
    lists: ofLists.flatMap((slot) => names[slot]),
    authority: authority.trim() || null,
    year: year || null,
  }
}
