import { type Command, Option } from 'commander'
import { driftOf } from '../governance/drift.ts'
import { evidence } from '../governance/evidence.ts'
import { factsOn } from '../governance/gathering.ts'
import { type Layer, layers, layerWords, makeNotice, type Part, type Section } from '../governance/notice.ts'
import { publishedOf } from '../governance/store.ts'
import { dayOf } from '../web/words.ts'
import { withJobsDatabase } from './jobs-database.ts'

interface Wishes {
  layer: Layer
  now?: boolean
  check?: boolean
  json?: boolean
}

/**
 * `cairn notice`: the privacy notice as it is published, or as the registers would have it now. `--check` says where what
 * is done and what is told have come apart: exit status 1 when they have.
 */
export function define(command: Command): void {
  command
    .addOption(new Option('--layer <layer>', 'for whom').choices([...layers]).default('families'))
    .option('--now', 'as the registers have it now, published or not')
    .option('--check', 'whether the published notice says what is done')
    .option('--json', 'for programs')
    .action(async ({ layer, now, check, json }: Wishes) => {
      const found = await withJobsDatabase(async (db, config) => {
        const facts = await factsOn(db, config.authorityName, dayOf(new Date()))
        const published = await publishedOf(db, check ? 'families' : layer)
        return {
          sections: now ? makeNotice(layer, facts) : published?.sections,
          drift: check ? driftOf(facts, published?.sections, evidence) : [],
        }
      })
      if (check) {
        const lines = found.drift.map(({ key, says }) => `${key}: ${says}`)
        process.stdout.write(
          json
            ? `${JSON.stringify(found.drift)}\n`
            : `${lines.join('\n') || 'The notice says what is done.'}\n`,
        )
        Object.assign(command, { status: found.drift.length > 0 ? 1 : 0 })
        return
      }
      if (json) process.stdout.write(`${JSON.stringify(found.sections ?? null)}\n`)
      else
        process.stdout.write(
          found.sections
            ? `${layerWords[layer].title}\n\n${found.sections.map(inText).join('\n\n')}\n`
            : 'This notice has not been published yet. --now prints what the registers make of it.\n',
        )
    })
}

const inText = ({ heading, parts }: Section): string => `${heading}\n\n${parts.map(partText).join('\n\n')}`
const partText = (part: Part): string => {
  if (typeof part === 'string') return part
  if ('list' in part) return part.list.map((line) => `- ${line}`).join('\n')
  return part.rows
    .map((row) =>
      row.flatMap((cell, i) => (cell ? [i === 0 ? cell : `  ${part.head[i]}: ${cell}`] : [])).join('\n'),
    )
    .join('\n')
}
