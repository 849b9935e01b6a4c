-- The ledger gets money and payers, months of its own, and roll-ups.
--
-- Entries and requests are partitioned by the month in which the request was accepted, which is the same in every fact of it: so the key
-- (attempt, kind), though it has to name the partitions' column, holds over all of them. A row of a month that was not opened goes to
-- the default partition, and moves when the month is opened.

alter table laneway.ledger_entries rename to old_entries;
alter table laneway.old_entries rename constraint ledger_entries_pkey to old_entries_pkey;
alter index laneway.ledger_entries_by_end rename to old_entries_by_end;
alter table laneway.requests rename to old_requests;
alter table laneway.old_requests rename constraint requests_pkey to old_requests_pkey;
alter index laneway.requests_by_end rename to old_requests_by_end;

-- One row for each attempt that was reported, by kind: 'actual' with the vendor's own usage, 'estimate' where the vendor was called
-- and its usage is not known, 'uncalled' where nothing was sent. An actual that comes after an estimate is a second row: where both
-- are there, the actual counts.
create table laneway.ledger_entries (
    attempt_id          text collate "C" not null,
    kind                text collate "C" not null,
    request_id          text collate "C" not null,
    owner               text        not null,
    team                text,
    user_id             text,
    tags                text[],
    route               text        not null,
    lane                text        not null,
    request_zone        text        not null,
    class               text        not null,
    deployment          text        not null,
    model_group         text,
    provider            text,
    account             text,
    model               text,
    zone                text,
    region              text,
    outcome             text        not null,
    failure             text,
    vendor_status       int         not null,
    input_tokens        bigint,
    output_tokens       bigint,
    cached_input_tokens bigint,
    cache_write_tokens  bigint,
    reasoning_tokens    bigint,
    -- Trillionths of a US dollar, by the price that was in force.
    cost_picos          bigint      not null,
    -- Null where there was no price: then the cost is nothing because it is not known.
    price_id            text,
    -- The cost was reckoned, and an actual may yet come.
    estimated           boolean     not null,
    -- Another worker had given the attempt up: billed, never shown.
    late                boolean     not null,
    accepted_at         timestamptz not null,
    sent_at             timestamptz,
    first_token_at      timestamptz,
    ended_at            timestamptz not null,
    usage_partition     int         not null,
    usage_offset        bigint      not null,
    primary key (attempt_id, kind, accepted_at)
) partition by range (accepted_at);
create table laneway.ledger_entries_default partition of laneway.ledger_entries default;

-- How each request ended: by its first terminal fact.
create table laneway.requests (
    request_id          text collate "C" not null,
    owner               text        not null,
    team                text,
    user_id             text,
    tags                text[],
    route               text        not null,
    lane                text        not null,
    zone                text        not null,
    class               text        not null,
    status              text        not null,
    http_status         int         not null,
    failure             text,
    attempts            int         not null,
    fallbacks           int         not null,
    -- Who answered; null without an answer.
    attempt_id          text collate "C",
    deployment          text,
    reply_topic         text,
    reply_partition     int,
    first_reply_offset  bigint,
    last_reply_offset   bigint,
    accepted_at         timestamptz not null,
    ended_at            timestamptz not null,
    usage_partition     int         not null,
    usage_offset        bigint      not null,
    primary key (request_id, accepted_at)
) partition by range (accepted_at);
create table laneway.requests_default partition of laneway.requests default;
-- A key's requests, the youngest first: ids sort by the time of acceptance.
create index requests_by_owner on laneway.requests (owner, request_id);

-- Opens a month for a table, and moves what the default partition has of it. Several may ask at once.
create function laneway.open_month(parent text, month date) returns boolean language plpgsql as $$
declare
    part  text        := parent || '_' || to_char(month, 'YYYY_MM');
    first timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
    next  timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
begin
    perform pg_advisory_xact_lock(hashtext('laneway.open_month'));
    if to_regclass('laneway.' || part) is not null then
        return false;
    end if;
    execute format('create table laneway.%I (like laneway.%I including defaults including constraints including indexes)', part, parent);
    execute format('lock table laneway.%I in access exclusive mode', parent || '_default');
    execute format('with moved as (delete from laneway.%I where accepted_at >= %L and accepted_at < %L returning *)'
        || ' insert into laneway.%I select * from moved', parent || '_default', first, next, part);
    execute format('alter table laneway.%I attach partition laneway.%I for values from (%L) to (%L)', parent, part, first, next);
    return true;
end $$;

-- What was spent and used by the hour in which the request was accepted. Rows with the tag '' count everything once; a row with a tag
-- counts what had that tag. Absent names are ''. Updated with each batch of facts, so it leaves room on its pages.
create table laneway.cost_hours (
    tag                 text        not null,
    owner               text        not null,
    hour                timestamptz not null,
    team                text        not null,
    user_id             text        not null,
    route               text        not null,
    lane                text        not null,
    model_group         text        not null,
    model               text        not null,
    provider            text        not null,
    -- Requests that ended, at the model that answered; without an answer at none.
    requests            bigint      not null,
    -- Calls to the vendor, and those of them that brought no answer.
    attempts            bigint      not null,
    failures            bigint      not null,
    input_tokens        bigint      not null,
    output_tokens       bigint      not null,
    cached_input_tokens bigint      not null,
    cache_write_tokens  bigint      not null,
    reasoning_tokens    bigint      not null,
    cost_picos          numeric     not null,
    -- Of the attempts and the cost, what is reckoned and may yet be corrected.
    estimates           bigint      not null,
    estimate_picos      numeric     not null,
    primary key (tag, owner, hour, team, user_id, route, lane, model_group, model, provider)
) with (fillfactor = 60);
create index cost_hours_by_hour on laneway.cost_hours (hour);
create index cost_hours_by_team on laneway.cost_hours (team, hour) where team <> '';
create index cost_hours_by_user on laneway.cost_hours (user_id, hour) where user_id <> '';
create index cost_hours_open on laneway.cost_hours (hour) where tag = '' and estimates <> 0;

do $$
declare
    month date;
begin
    for month in
        select distinct date_trunc('month', accepted_at at time zone 'UTC')::date
        from (select accepted_at from laneway.old_entries union all select accepted_at from laneway.old_requests) old
    loop
        perform laneway.open_month('ledger_entries', month);
        perform laneway.open_month('requests', month);
    end loop;
end $$;

insert into laneway.ledger_entries
select attempt_id, kind, request_id, owner, null, null, null, route, lane, request_zone, class, deployment, model_group, provider, account,
    model, zone, region, outcome, failure, vendor_status, input_tokens, output_tokens, cached_input_tokens, cache_write_tokens,
    reasoning_tokens, 0, null, false, false, accepted_at, sent_at, first_token_at, ended_at, usage_partition, usage_offset
from laneway.old_entries;

insert into laneway.requests
select request_id, owner, null, null, null, route, lane, zone, class, status, http_status, failure, attempts, fallbacks, attempt_id,
    deployment, reply_topic, reply_partition, first_reply_offset, last_reply_offset, accepted_at, ended_at, usage_partition, usage_offset
from laneway.old_requests;

insert into laneway.cost_hours
select '', owner, date_trunc('hour', accepted_at at time zone 'UTC') at time zone 'UTC', '', '', route, lane, model_group, model, provider,
    sum(requests), sum(attempts), sum(failures), sum(input_tokens), sum(output_tokens), sum(cached_input_tokens),
    sum(cache_write_tokens), sum(reasoning_tokens), 0, 0, 0
from (
    select owner, accepted_at, route, lane, coalesce(model_group, '') as model_group, coalesce(model, '') as model,
        coalesce(provider, '') as provider, 0 as requests, 1 as attempts, (outcome <> 'succeeded')::int as failures,
        coalesce(input_tokens, 0) as input_tokens, coalesce(output_tokens, 0) as output_tokens,
        coalesce(cached_input_tokens, 0) as cached_input_tokens, coalesce(cache_write_tokens, 0) as cache_write_tokens,
        coalesce(reasoning_tokens, 0) as reasoning_tokens
    from laneway.old_entries old
    where kind = 'actual' or kind = 'estimate'
        and not exists (select from laneway.old_entries a where a.attempt_id = old.attempt_id and a.kind = 'actual')
    union all
    select r.owner, r.accepted_at, r.route, r.lane, coalesce(e.model_group, ''), coalesce(e.model, ''), coalesce(e.provider, ''),
        1, 0, 0, 0, 0, 0, 0, 0
    from laneway.old_requests r left join lateral (
        select model_group, model, provider from laneway.old_entries o where o.attempt_id = r.attempt_id order by kind limit 1) e on true
) counted
group by owner, 3, route, lane, model_group, model, provider;

drop table laneway.old_entries, laneway.old_requests;
