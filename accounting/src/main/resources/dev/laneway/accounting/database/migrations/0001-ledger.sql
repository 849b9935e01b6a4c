-- Ids compare by bytes, and times come nearly in order: so there is one B-tree a table, and a small block-range index for times. The
-- attempts of a request are found by their ids, which begin with its own.

-- One row for each attempt that was reported, by kind: 'actual' with the vendor's own usage, 'estimate' where the vendor was called
-- and its usage is not known, 'uncalled' where nothing was sent. An actual that comes after an estimate is a second row: where both
-- are there, the actual counts.
create table laneway.ledger_entries (
    attempt_id          text collate "C" not null,
    kind                text        not null,
    request_id          text collate "C" not null,
    owner               text        not null,
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
    -- Millionths of a US dollar; null until the catalogue has prices.
    cost_micros         bigint,
    accepted_at         timestamptz not null,
    sent_at             timestamptz,
    first_token_at      timestamptz,
    ended_at            timestamptz not null,
    usage_partition     int         not null,
    usage_offset        bigint      not null,
    primary key (attempt_id, kind)
);
create index ledger_entries_by_end on laneway.ledger_entries using brin (ended_at);

-- How each request ended: by its first terminal fact.
create table laneway.requests (
    request_id          text collate "C" primary key,
    owner               text        not null,
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
    usage_offset        bigint      not null
);
create index requests_by_end on laneway.requests using brin (ended_at);

-- Terminal facts of requests that had ended already: billed, never shown.
create table laneway.late_facts (
    usage_partition     int         not null,
    usage_offset        bigint      not null,
    request_id          text collate "C" not null,
    attempt_id          text collate "C",
    status              text        not null,
    ended_at            timestamptz not null,
    primary key (usage_partition, usage_offset)
);

-- The master key that was made at first start, as SHA-256 in lower-case hex. No projection: it is kept when the others are rebuilt.
create table laneway.master_key (
    only_one            boolean     primary key default true check (only_one),
    sha256              text        not null,
    made_at             timestamptz not null default now()
);
