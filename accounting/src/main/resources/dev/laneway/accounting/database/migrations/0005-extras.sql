-- What of an attempt has a price of its own, or is billed beside tokens. Rows from before have nothing of it.
alter table laneway.ledger_entries
    add column audio_input_tokens  bigint not null default 0,
    add column audio_output_tokens bigint not null default 0,
    add column image_output_tokens bigint not null default 0,
    -- Uses of the vendor's own tools, each as TOOL=TIMES.
    add column tool_uses           text[],
    -- Which the vendor said that it was served in; null where it said nothing, or as usual.
    add column service_tier        text;
