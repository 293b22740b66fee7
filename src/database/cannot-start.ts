/**
 * Something outside the program keeps it from starting or from going on: a busy port, a full disk, a role that is
 * too strong. The message is one line for a person: what is wrong, where, and what to do. Exit status 2.
 */
export class CannotStart extends Error {
  override name = 'CannotStart'
}

/** What PostgreSQL says of a full disk. */
export const postgresDiskFull = '53100'

/**
 * Puts the errors of the operating system, as Node or PostgreSQL tells them, into one line.
 * @param error what was thrown
 * @param place the folder or file that was worked on
 * @returns the line as an error, or the error itself when it is of another kind
 */
export function inPlainWords(error: unknown, place: string): unknown {
  switch ((error as NodeJS.ErrnoException | undefined)?.code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case postgresDiskFull:
      return new CannotStart(
        `The disk that holds ${place} is full. Free some space there, or set CAIRN_DATA to a folder elsewhere.`,
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new CannotStart(
        `Cannot write to ${place}. Give this user the right to, or set CAIRN_DATA to a folder that it may write to.`,
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return new CannotStart(`${place} is not a folder. Set CAIRN_DATA to a folder.`)
    default:
      return error
  }
}
