package dev.laneway.accounting.ledger;

import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;

/** What the roll-ups count as whole numbers; {@code roll-ups.sql} counts the same. Costs are beside it, since they may be larger. */
enum Figure {
    /** Of requests that ended, which no attempt moves. */
    REQUESTS("requests"),
    ATTEMPTS("attempts"),
    FAILURES("failures"),
    INPUT("input_tokens"),
    OUTPUT("output_tokens"),
    CACHED_INPUT("cached_input_tokens"),
    CACHE_WRITE("cache_write_tokens"),
    CACHE_WRITE_HOUR("cache_write_hour_tokens"),
    REASONING("reasoning_tokens"),
    AUDIO_INPUT("audio_input_tokens"),
    CACHED_AUDIO("cached_audio_tokens"),
    AUDIO_OUTPUT("audio_output_tokens"),
    IMAGE_OUTPUT("image_output_tokens"),
    WEB_SEARCHES("web_searches"),
    FILE_SEARCHES("file_searches"),
    CODE_RUNS("code_runs"),
    TOOL_IMAGES("tool_images"),
    OTHER_TOOL_USES("other_tool_uses"),
    FLEX("flex_attempts"),
    PRIORITY("priority_attempts"),
    ESTIMATES("estimates");

    private final String column;

    Figure(String column) {
        this.column = column;
    }

    String column() {
        return column;
    }

    /** By how much one attempt moves it. */
    long of(Counted attempt) {
        TokenUsage tokens = attempt.tokens();
        UsedExtras extras = tokens.extras();
        return switch (this) {
            case REQUESTS -> 0;
            case ATTEMPTS -> 1;
            case FAILURES -> attempt.failed() ? 1 : 0;
            case INPUT -> tokens.input();
            case OUTPUT -> tokens.output();
            case CACHED_INPUT -> tokens.cachedInput();
            case CACHE_WRITE -> tokens.cacheWrite();
            case CACHE_WRITE_HOUR -> tokens.cacheWriteHour();
            case REASONING -> tokens.reasoning();
            case AUDIO_INPUT -> extras.audioInput();
            case CACHED_AUDIO -> extras.cachedAudio();
            case AUDIO_OUTPUT -> extras.audioOutput();
            case IMAGE_OUTPUT -> extras.imageOutput();
            // what a search costs more, for its pages, is no search of its own
            case WEB_SEARCHES ->
                uses(
                        extras,
                        HostedTool.WEB_SEARCH,
                        HostedTool.WEB_SEARCH_PREVIEW,
                        HostedTool.GROUNDED_ANSWER,
                        HostedTool.MAPS_ANSWER);
            case FILE_SEARCHES -> uses(extras, HostedTool.FILE_SEARCH);
            case CODE_RUNS -> uses(extras, HostedTool.CODE);
            case TOOL_IMAGES -> uses(extras, HostedTool.IMAGE);
            case OTHER_TOOL_USES -> uses(extras, HostedTool.CONTENT, HostedTool.OTHER);
            case FLEX -> extras.tier() == ServiceTier.FLEX ? 1 : 0;
            case PRIORITY -> extras.tier() == ServiceTier.PRIORITY ? 1 : 0;
            case ESTIMATES -> attempt.estimated() ? 1 : 0;
        };
    }

    private static long uses(UsedExtras extras, HostedTool... tools) {
        long uses = 0;
        for (HostedTool tool : tools) {
            uses += extras.uses().getOrDefault(tool, 0L);
        }
        return uses;
    }
}
