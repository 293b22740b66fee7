import { type CodeSet, codeSets } from './codes.ts'

/**
 * The SQL that makes a domain for each code set: it accepts every code that ever was valid. Which year a code belongs
 * to is for the rules of a return to say, because an old fact keeps its old code.
 */
export function domainsSql(sets: Iterable<CodeSet> = codeSets.values()): string {
  return [...sets]
    .map(
      ({ name, title, codes }) =>
        `create domain codes.${name} as text check (value in (${codes.map(({ code }) => `'${code}'`).join(', ')}));\n` +
        `comment on domain codes.${name} is '${title.replaceAll("'", "''")}';\n`,
    )
    .join('\n')
}

if (process.argv[1] === new URL(import.meta.url).pathname) process.stdout.write(domainsSql())
