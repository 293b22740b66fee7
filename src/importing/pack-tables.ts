import { type Landing, linked, type Reading } from './landings.ts'
import type { SourceTable } from './ssd-tables.ts'

/*
 * The pack (docs/import.md): what the dataset has no table for. A CSV for each kind, and for notes and documents an
 * index with the files beside it. People are called by the number the dataset's files have for them.
 */

const table = (name: string, fields: Record<string, string>): SourceTable => ({
  name: `pack_${name}`,
  fields: Object.entries(fields).map(([field, type]) => ({
    name: field,
    type,
    isPerson: field === 'person_id' || field === 'related_person_id',
  })),
})

export const packTables: readonly SourceTable[] = [
  table('relationships', {
    relationship_id: 'string',
    person_id: 'string',
    related_person_id: 'string',
    relationship: 'string',
    words: 'string',
    same_household: 'char',
    from_date: 'date',
    to_date: 'date',
  }),
  table('allocations', {
    allocation_id: 'string',
    person_id: 'string',
    role: 'string',
    worker_id: 'string',
    worker_name: 'string',
    team_id: 'string',
    from_date: 'date',
    to_date: 'date',
  }),
  table('warnings', {
    warning_id: 'string',
    person_id: 'string',
    kind: 'string',
    words: 'string',
    from_date: 'date',
    review_date: 'date',
    to_date: 'date',
  }),
  table('notes', {
    note_id: 'string',
    person_id: 'string',
    note_type: 'string',
    happened_at: 'string',
    written_at: 'string',
    author_id: 'string',
    title: 'string',
    text: 'string',
    file_name: 'string',
  }),
  table('documents', {
    document_id: 'string',
    person_id: 'string',
    document_type: 'string',
    title: 'string',
    dated: 'date',
    added_at: 'string',
    author_id: 'string',
    file_name: 'string',
    sha256: 'string',
    note_id: 'string',
  }),
]

export const packReadings: Readonly<Record<string, Reading>> = {
  relationship: { code: 'relationship_kind' },
  role: { code: 'involvement_kind' },
  worker_id: 'who',
  team_id: 'who',
  kind: { code: 'hazard_kind' },
  note_type: { code: 'note_kind' },
  document_type: { code: 'document_kind' },
  happened_at: 'moment',
  added_at: 'moment',
  author_id: 'who',
}

export const packLandings: readonly Landing[] = [
  {
    from: 'pack_relationships',
    into: 'relationship',
    person: 'person_id',
    id: 's.relationship_id',
    told: `s.relationship || ' ' || s.related_person_id`,
    columns: {
      kind: 's.relationship',
      other_person_id: 'o.person',
      other_name: 'o.name',
      words: 's.words',
      same_household: 's.same_household::boolean',
      from_day: 's.from_date::date',
      to_day: 's.to_date::date',
    },
    joins: 'left join staged_who o on o.source = s.related_person_id',
    needs: { kind: 'relationship', other_person_id: 'related_person_id' },
    hold: [
      ['s.person_id = s.related_person_id', 'related_person_id: nobody is related to themselves'],
      [
        's.related_person_id is not null and o.person is null',
        'related_person_id: nobody in the record has this number',
      ],
    ],
  },
  {
    from: 'pack_allocations',
    into: 'involvement',
    person: 'person_id',
    id: 's.allocation_id',
    told: `concat_ws(' ', s.role, s.from_date, coalesce(s.worker_id, s.worker_name, s.team_id))`,
    columns: {
      kind: 's.role',
      team_id: 'team.team_id',
      worker_reference: 's.worker_id',
      worker_name: 'coalesce(s.worker_name, worker.name)',
      from_day: 's.from_date::date',
      to_day: 's.to_date::date',
    },
    joins: `left join importing.source_team team on team.system = :system and team.source_id = s.team_id
      left join importing.source_worker worker on worker.system = :system and worker.source_id = s.worker_id`,
    needs: { kind: 'role', from_day: 'from_date' },
    hold: [
      [
        's.worker_id is null and s.worker_name is null and team.team_id is null',
        'neither worker_id, worker_name nor team_id says who',
      ],
    ],
    oneAtATime: { from: 'from_day', to: 'to_day', only: `kind = 'allocated'` },
  },
  {
    from: 'pack_warnings',
    into: 'hazard',
    person: 'person_id',
    id: 's.warning_id',
    told: `concat_ws(' ', s.kind, s.from_date)`,
    columns: {
      kind: 's.kind',
      words: 's.words',
      from_day: 's.from_date::date',
      review_on: 's.review_date::date',
      to_day: 's.to_date::date',
    },
    needs: { kind: 'kind', words: 'words', from_day: 'from_date' },
  },
  {
    from: 'pack_notes',
    into: 'case_note',
    person: 'person_id',
    id: 's.note_id',
    told: 's.happened_at',
    columns: {
      kind: 's.note_type',
      note_date: 'left(s.happened_at, 10)::date',
      note_at: `case when length(s.happened_at) > 10 then s.happened_at::timestamp at time zone 'Europe/London' end`,
      author_words: 'coalesce(worker.name, s.author_id)',
      // One note about several children is one for each of them.
      written_together: `case when count(*) over (partition by s.note_id) > 1 then md5(:system || ' ' || s.note_id)::uuid end`,
    },
    joins: `left join importing.source_worker worker on worker.system = :system and worker.source_id = s.author_id`,
    needs: { kind: 'note_type', note_date: 'happened_at' },
    hold: [['s.text is null', 'text is missing, and file_name names no file that has it']],
  },
  {
    from: 'pack_notes',
    into: 'note_paragraph',
    further: true,
    apart: true,
    person: 'person_id',
    id: 's.note_id',
    columns: {
      case_note_id: 'n.fact_id',
      place: '0',
      part: `'happened'`,
      words: `concat_ws(E'\n\n', s.title, s.text)`,
    },
    joins: linked('n', 'note_id', 'pack_notes', 'case_note'),
    where: 'n.fact_id is not null and s.text is not null',
  },
  {
    from: 'pack_documents',
    into: 'document',
    person: 'person_id',
    id: 's.document_id',
    told: 's.document_id',
    apart: true,
    columns: {
      kind: `coalesce(s.document_type, 'other')`,
      title: `coalesce(s.title, regexp_replace(f.name, '\\.[^.]+$', ''))`,
      document_date: 's.dated::date',
      received_on: 'coalesce(left(s.added_at, 10)::date, s.dated::date, current_date)',
      origin_words: 'coalesce(worker.name, s.author_id)',
      file_name: 'f.name',
      media_type: 'f.media',
      size_bytes: 'f.size',
      sha256: 'f.sha256',
      stored_id: 'f.stored',
      filed_for_others: 'count(*) over (partition by s.document_id) > 1',
    },
    joins: `left join staged_pack_file f on f.place = s.place
      left join importing.source_worker worker on worker.system = :system and worker.source_id = s.author_id`,
    needs: { stored_id: 'file_name' },
  },
]
