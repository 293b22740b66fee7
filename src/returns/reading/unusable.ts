/**
 * Input that cannot be read at all: exit status 2 on the command line, a plain message on a page.
 * The message is one line that says what is wrong and where.
 */
export class UnusableInput extends Error {}
