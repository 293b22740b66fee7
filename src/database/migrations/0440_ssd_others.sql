-- Tables of the dataset of which the record holds nothing: special educational needs, finance, the child's own answers,
-- the daily exchange. And its calendar and version.

call ssd.publish_empty('ssd_voice_of_child', array['voch_table_id', 'voch_person_id', 'voch_explained_worries', 'voch_story_help_understand',
  'voch_agree_worker', 'voch_plan_safe', 'voch_tablet_help_explain']);
call ssd.publish_empty('ssd_send', array['send_table_id', 'send_upn', 'send_uln', 'send_upn_unknown', 'send_person_id']);
call ssd.publish_empty('ssd_sen_need', array['senn_table_id', 'senn_active_ehcp_id', 'senn_active_ehcp_need_type', 'senn_active_ehcp_need_rank']);
call ssd.publish_empty('ssd_ehcp_requests', array['ehcr_ehcp_request_id', 'ehcr_send_table_id', 'ehcr_ehcp_req_date date',
  'ehcr_ehcp_req_outcome_date date', 'ehcr_ehcp_req_outcome']);
call ssd.publish_empty('ssd_ehcp_assessment', array['ehca_ehcp_assessment_id', 'ehca_ehcp_request_id', 'ehca_ehcp_assessment_outcome_date date',
  'ehca_ehcp_assessment_outcome', 'ehca_ehcp_assessment_exceptions']);
call ssd.publish_empty('ssd_ehcp_named_plan', array['ehcn_named_plan_id', 'ehcn_ehcp_asmt_id', 'ehcn_named_plan_start_date date',
  'ehcn_named_plan_ceased_date date', 'ehcn_named_plan_ceased_reason']);
call ssd.publish_empty('ssd_ehcp_active_plans', array['ehcp_active_ehcp_id', 'ehcp_ehcp_request_id', 'ehcp_active_ehcp_last_review_date date']);
call ssd.publish_empty('ssd_s251_finance', array['s251_table_id', 's251_cla_placement_id', 's251_placeholder_1', 's251_placeholder_2',
  's251_placeholder_3', 's251_placeholder_4']);
call ssd.publish_empty('ssd_api_data_staging', array['id integer', 'person_id', 'legacy_id', 'previous_json_payload', 'json_payload',
  'partial_json_payload', 'current_hash bytea', 'previous_hash bytea', 'submission_status', 'submission_timestamp timestamptz',
  'api_response', 'row_state', 'last_updated timestamptz']);

call ssd.publish('ssd_version_log', $$
  select '1.4.5' as version_number, null::date as release_date,
         'Tables and columns of the dataset at this version, as views over the record' as description, true as is_current,
         null::timestamptz as created_at, null::text as created_by, null::text as impact_description
$$);

-- From the first day any of the returns can speak of to the end of the next decade.
call ssd.publish('ssd_dim_date', $$
  select to_char(d, 'YYYYMMDD')::integer as date_key,
         d as full_date,
         extract(year from d)::integer as calendar_year,
         extract(quarter from d)::integer as calendar_quarter,
         extract(month from d)::integer as month_number,
         extract(day from d)::integer as day_of_month,
         extract(isoyear from d)::integer as iso_year,
         extract(week from d)::integer as iso_week,
         extract(isodow from d)::integer as day_of_week_monday1,
         extract(isodow from d) > 5 as is_weekend,
         date_trunc('month', d)::date as month_start_date,
         (date_trunc('month', d) + interval '1 month' - interval '1 day')::date as month_end_date,
         date_trunc('quarter', d)::date as quarter_start_date,
         (date_trunc('quarter', d) + interval '3 months' - interval '1 day')::date as quarter_end_date,
         date_trunc('year', d)::date as year_start_date,
         (date_trunc('year', d) + interval '1 year' - interval '1 day')::date as year_end_date,
         fiscal as fiscal_year_start_year,
         fiscal || '/' || right((fiscal + 1)::text, 2) as fiscal_year_label,
         make_date(fiscal, 4, 1) as fiscal_year_start_date,
         make_date(fiscal + 1, 3, 31) as fiscal_year_end_date,
         (extract(month from d - interval '3 months')::integer + 2) / 3 as fiscal_quarter,
         date_trunc('quarter', d)::date as fiscal_quarter_start_date,
         (date_trunc('quarter', d) + interval '3 months' - interval '1 day')::date as fiscal_quarter_end_date
    from generate_series(date '1990-01-01', date '2039-12-31', interval '1 day') as day,
         lateral (select day::date as d) as a,
         lateral (select extract(year from d - interval '3 months')::integer as fiscal) as b
$$);
