-- The roll-ups of the rows that are there, as writing them one after the other would have made them (LedgerSession, CostKey, Figure).
insert into laneway.cost_hours (tag, owner, hour, team, user_id, route, lane, model_group, model, provider, requests, attempts, failures,
    input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, cost_picos, estimates, estimate_picos,
    cache_write_hour_tokens, audio_input_tokens, cached_audio_tokens, audio_output_tokens, image_output_tokens, web_searches, file_searches,
    code_runs, tool_images, other_tool_uses, flex_attempts, priority_attempts)
select tag, left(owner, 200), date_trunc('hour', accepted_at at time zone 'UTC') at time zone 'UTC' as hour, left(coalesce(team, ''), 200),
    left(coalesce(user_id, ''), 200), left(route, 200), left(lane, 200), left(coalesce(model_group, ''), 200),
    left(coalesce(model, ''), 200), left(coalesce(provider, ''), 200), sum(requests), sum(attempts), sum(failures), sum(input_tokens),
    sum(output_tokens), sum(cached_input_tokens), sum(cache_write_tokens), sum(reasoning_tokens), sum(cost_picos), sum(estimates),
    sum(estimate_picos), sum(cache_write_hour_tokens), sum(audio_input_tokens), sum(cached_audio_tokens), sum(audio_output_tokens),
    sum(image_output_tokens), sum(web_searches), sum(file_searches), sum(code_runs), sum(tool_images), sum(other_tool_uses),
    sum(flex_attempts), sum(priority_attempts)
from (
    select owner, accepted_at, team, user_id, tags, route, lane, model_group, model, provider, 0 as requests, 1 as attempts,
        (outcome <> 'succeeded')::int as failures, coalesce(input_tokens, 0) as input_tokens, coalesce(output_tokens, 0) as output_tokens,
        coalesce(cached_input_tokens, 0) as cached_input_tokens, coalesce(cache_write_tokens, 0) as cache_write_tokens,
        coalesce(reasoning_tokens, 0) as reasoning_tokens, cost_picos, estimated::int as estimates,
        case when estimated then cost_picos else 0 end as estimate_picos, cache_write_hour_tokens, audio_input_tokens, cached_audio_tokens,
        audio_output_tokens, image_output_tokens, web_searches, file_searches, code_runs, tool_images, other_tool_uses,
        coalesce(service_tier = 'flex', false)::int as flex_attempts, coalesce(service_tier = 'priority', false)::int as priority_attempts
    from laneway.ledger_entries e
    cross join lateral (
        select coalesce(sum(n) filter (where tool in ('web_search', 'web_search_preview', 'grounded_answer', 'maps_answer')), 0) as web_searches,
            coalesce(sum(n) filter (where tool = 'file_search'), 0) as file_searches,
            coalesce(sum(n) filter (where tool = 'code'), 0) as code_runs,
            coalesce(sum(n) filter (where tool = 'image'), 0) as tool_images,
            coalesce(sum(n) filter (where tool in ('content', 'other')), 0) as other_tool_uses
        from (select split_part(use, '=', 1) as tool, split_part(use, '=', 2)::bigint as n from unnest(tool_uses) use) used
    ) tools
    where kind = 'actual' or kind = 'estimate' and not exists (select from laneway.ledger_entries a
        where a.attempt_id = e.attempt_id and a.accepted_at = e.accepted_at and a.kind = 'actual')
    union all
    select r.owner, r.accepted_at, r.team, r.user_id, r.tags, r.route, r.lane, e.model_group, e.model, e.provider,
        1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
    from laneway.requests r left join lateral (select o.model_group, o.model, o.provider from laneway.ledger_entries o
        where o.attempt_id = r.attempt_id and o.accepted_at = r.accepted_at order by o.kind limit 1) e on true
) counted
cross join lateral (
    select '' as tag
    union all
    select distinct left(each, 200) from unnest(tags) each where each <> ''
) tagged
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;

insert into laneway.cost_days (tag, owner, day, team, user_id, route, lane, model_group, model, provider, requests, attempts, failures,
    input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, cost_picos, estimates, estimate_picos,
    cache_write_hour_tokens, audio_input_tokens, cached_audio_tokens, audio_output_tokens, image_output_tokens, web_searches, file_searches,
    code_runs, tool_images, other_tool_uses, flex_attempts, priority_attempts)
select tag, owner, date_trunc('day', hour at time zone 'UTC') at time zone 'UTC', team, user_id, route, lane, model_group, model, provider,
    sum(requests), sum(attempts), sum(failures), sum(input_tokens), sum(output_tokens), sum(cached_input_tokens), sum(cache_write_tokens),
    sum(reasoning_tokens), sum(cost_picos), sum(estimates), sum(estimate_picos), sum(cache_write_hour_tokens), sum(audio_input_tokens),
    sum(cached_audio_tokens), sum(audio_output_tokens), sum(image_output_tokens), sum(web_searches), sum(file_searches), sum(code_runs),
    sum(tool_images), sum(other_tool_uses), sum(flex_attempts), sum(priority_attempts)
from laneway.cost_hours
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
