-- What alerts go by, those that were raised, and who was told. None of it is a projection of a topic: it is kept when the ledger is rebuilt.

-- What was counted of a subject in a minute, by all accountings together. Kept for a day.
create table laneway.alert_tallies (
    minute              timestamptz not null,
    measure             text        not null,
    subject             text        not null,
    n                   bigint      not null,
    primary key (minute, measure, subject)
);

-- An alert is raised once for its rule, subject, level and window, however many accountings find it due.
create table laneway.alerts (
    alert_id            text collate "C" primary key,
    rule                text        not null,
    kind                text        not null,
    subject             text        not null,
    -- Percent of a budget; 0 where there are no levels.
    level               int         not null,
    window_from         timestamptz not null,
    title               text        not null,
    body                text        not null,
    details             jsonb       not null,
    -- Its rule was silent then: nobody was told.
    silenced            boolean     not null,
    raised_at           timestamptz not null,
    unique (rule, subject, level, window_from)
);
create index alerts_by_subject on laneway.alerts (rule, subject, level, raised_at);

-- Whom an alert is to be told. While it is due, whoever leases it delivers it.
create table laneway.alert_deliveries (
    alert_id            text collate "C" not null references laneway.alerts on delete cascade,
    channel             text        not null,
    -- due, delivered, given_up, or dropped: too much waited for the channel.
    state               text        not null,
    attempts            int         not null default 0,
    next_at             timestamptz not null,
    leased_until        timestamptz,
    ended_at            timestamptz,
    primary key (alert_id, channel)
);
create index alert_deliveries_due on laneway.alert_deliveries (channel, next_at) where state = 'due';

-- What became of each try.
create table laneway.alert_attempts (
    alert_id            text collate "C" not null,
    channel             text        not null,
    attempt             int         not null,
    at                  timestamptz not null,
    -- The endpoint's HTTP status; null where it gave none, and then why.
    status              int,
    failure             text,
    millis              int         not null,
    primary key (alert_id, channel, attempt),
    foreign key (alert_id, channel) references laneway.alert_deliveries on delete cascade
);
