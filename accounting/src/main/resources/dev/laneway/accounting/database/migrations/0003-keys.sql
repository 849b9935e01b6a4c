-- Keys, teams, users, terms and templates as lw.control has them: a projection of that topic.
create table laneway.entities (
    -- The topic's key of it: kind, slash, id.
    key                 text collate "C" primary key,
    kind                text        not null,
    id                  text        not null,
    version             bigint      not null,
    alias               text,
    team_id             text,
    user_id             text,
    blocked             boolean     not null,
    deleted             boolean     not null,
    -- As on the topic. Of secrets it has digests.
    body                jsonb       not null,
    changed_at          timestamptz not null
);
create index entities_by_team on laneway.entities (team_id) where team_id is not null;

-- Who changed what, from what, to what. No projection: it is kept when the others are made again.
create table laneway.audit (
    command             text collate "C" primary key,
    -- When it was asked for.
    at                  timestamptz not null,
    actor               text        not null,
    action              text        not null,
    kind                text        not null,
    id                  text        not null,
    version             bigint      not null,
    -- Null where there was nothing.
    before              jsonb,
    after               jsonb       not null
);
create index audit_by_time on laneway.audit (at desc, command desc);
create index audit_by_entity on laneway.audit (kind, id, at desc);
