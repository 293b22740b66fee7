import { sql } from 'kysely'
import type { Transaction } from './store.ts'

/**
 * Keeps the teams and workers of a load (importing.source_team, source_worker). A team that is not here by name is
 * made; a worker is a name by which involvements call them, and no account: nobody signs in by what a file says.
 */
export async function keepTeamsAndWorkers(
  trx: Transaction,
  system: string,
  present: ReadonlySet<string>,
): Promise<void> {
  if (present.has('ssd_department')) {
    await tellTwice(trx, 'ssd_department', 'dept_team_id', 'dept_team_name')
    await sql`
      insert into importing.source_team (system, source_id, name, parent_source_id)
      select distinct on (dept_team_id) ${system}, dept_team_id, dept_team_name, dept_team_parent_id
        from staged_ssd_department where held is null and dept_team_id is not null and dept_team_name is not null
       order by dept_team_id, place
      on conflict (system, source_id) do update
        set name = excluded.name, parent_source_id = excluded.parent_source_id,
            team_id = case when source_team.name = excluded.name then source_team.team_id end`.execute(trx)
    await sql`select importing.take_teams(${system})`.execute(trx)
  }
  if (present.has('ssd_professionals')) {
    await tellTwice(trx, 'ssd_professionals', 'prof_professional_id', 'prof_professional_id')
    await sql`
      insert into importing.source_worker (system, source_id, name, staff_id, registration_no, job_title, department)
      select distinct on (prof_professional_id) ${system}, prof_professional_id, prof_professional_name, prof_staff_id,
             prof_social_worker_registration_no, prof_professional_job_title, prof_professional_department
        from staged_ssd_professionals where held is null and prof_professional_id is not null order by prof_professional_id, place
      on conflict (system, source_id) do update
        set name = excluded.name, staff_id = excluded.staff_id, registration_no = excluded.registration_no,
            job_title = excluded.job_title, department = excluded.department`.execute(trx)
  }
}

async function tellTwice(trx: Transaction, table: string, id: string, needed: string): Promise<void> {
  await sql`
    insert into staged_outcome
    select ${table}, place, true, said, null, sid from (
      select place, ${sql.ref(id)} as sid, case
          when ${sql.ref(id)} is null then ${`${id} is missing`}
          when ${sql.ref(needed)} is null then ${`${needed} is missing`}
          when row_number() over (partition by ${sql.ref(id)} order by place) > 1 then 'its identifier stands further up already'
        end as said from ${sql.table(`staged_${table}`)} where held is null) t
     where said is not null`.execute(trx)
}
