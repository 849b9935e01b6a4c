-- What an attempt used and what was asked for it, in full, and sums of it by the hour and by the day. Rows from before have nothing of it;
-- where the topic still has their facts, `./laneway ledger rebuild` finds it out.

alter table laneway.ledger_entries
    add column cache_write_hour_tokens bigint not null default 0,
    add column cached_audio_tokens     bigint not null default 0,
    -- What of the cost is asked for what, each as PART=PICOS; null where it costs nothing, or nobody tells.
    add column cost_parts              text[];

alter table laneway.cost_hours
    add column cache_write_hour_tokens bigint not null default 0,
    add column audio_input_tokens      bigint not null default 0,
    add column cached_audio_tokens     bigint not null default 0,
    add column audio_output_tokens     bigint not null default 0,
    add column image_output_tokens     bigint not null default 0,
    -- Uses of the vendor's own tools.
    add column web_searches            bigint not null default 0,
    add column file_searches           bigint not null default 0,
    add column code_runs               bigint not null default 0,
    add column tool_images             bigint not null default 0,
    add column other_tool_uses         bigint not null default 0,
    -- Attempts that were served later and cheaper, or sooner and dearer.
    add column flex_attempts           bigint not null default 0,
    add column priority_attempts       bigint not null default 0;

-- The same by the day of UTC: years of it are summed up at once. Written with the hours, in one transaction.
create table laneway.cost_days (like laneway.cost_hours including defaults) with (fillfactor = 60);
alter table laneway.cost_days rename column hour to day;
alter table laneway.cost_days add primary key (tag, owner, day, team, user_id, route, lane, model_group, model, provider);
create index cost_days_by_day on laneway.cost_days (day);
create index cost_days_by_team on laneway.cost_days (team, day) where team <> '';
create index cost_days_by_user on laneway.cost_days (user_id, day) where user_id <> '';

insert into laneway.cost_days (tag, owner, day, team, user_id, route, lane, model_group, model, provider, requests, attempts, failures,
    input_tokens, output_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens, cost_picos, estimates, estimate_picos)
select tag, owner, date_trunc('day', hour at time zone 'UTC') at time zone 'UTC', team, user_id, route, lane, model_group, model, provider,
    sum(requests), sum(attempts), sum(failures), sum(input_tokens), sum(output_tokens), sum(cached_input_tokens), sum(cache_write_tokens),
    sum(reasoning_tokens), sum(cost_picos), sum(estimates), sum(estimate_picos)
from laneway.cost_hours
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10;
