package dev.laneway.ingress.spend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.ingress.keys.Json;
import dev.laneway.runtime.ledger.Cost;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Costs as JSON and as CSV. Amounts are dollars, exact, never with an exponent. */
final class CostText {
    /** Each figure of a cost, in the order of a line's fields: a new one comes last, since spreadsheets count them. */
    private enum Field {
        TOTAL_COST,
        REQUESTS,
        TOKENS,
        INPUT_TOKENS,
        OUTPUT_TOKENS,
        CACHED_INPUT_TOKENS,
        REASONING_TOKENS,
        ATTEMPTS,
        FAILURES,
        AVG_COST_PER_REQUEST,
        ESTIMATES,
        ESTIMATED_COST,
        CACHE_WRITE_TOKENS,
        CACHE_WRITE_HOUR_TOKENS,
        AUDIO_INPUT_TOKENS,
        CACHED_AUDIO_TOKENS,
        AUDIO_OUTPUT_TOKENS,
        IMAGE_OUTPUT_TOKENS,
        WEB_SEARCHES,
        FILE_SEARCHES,
        CODE_RUNS,
        TOOL_IMAGES,
        OTHER_TOOL_USES,
        FLEX_ATTEMPTS,
        PRIORITY_ATTEMPTS;

        private static final String HEADINGS =
                Arrays.stream(values()).map(Field::id).collect(Collectors.joining(",", ",", "\n"));

        private String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        private BigDecimal of(Cost cost) {
            TokenUsage tokens = cost.tokens();
            UsedExtras extras = tokens.extras();
            Cost.Beside beside = cost.beside();
            return switch (this) {
                case TOTAL_COST -> cost.dollars();
                case REQUESTS -> whole(cost.requests());
                case TOKENS -> whole(tokens.input() + tokens.output());
                case INPUT_TOKENS -> whole(tokens.input());
                case OUTPUT_TOKENS -> whole(tokens.output());
                case CACHED_INPUT_TOKENS -> whole(tokens.cachedInput());
                case REASONING_TOKENS -> whole(tokens.reasoning());
                case ATTEMPTS -> whole(cost.attempts());
                case FAILURES -> whole(cost.failures());
                case AVG_COST_PER_REQUEST -> cost.average();
                case ESTIMATES -> whole(cost.estimates());
                case ESTIMATED_COST -> cost.estimated();
                case CACHE_WRITE_TOKENS -> whole(tokens.cacheWrite());
                case CACHE_WRITE_HOUR_TOKENS -> whole(tokens.cacheWriteHour());
                case AUDIO_INPUT_TOKENS -> whole(extras.audioInput());
                case CACHED_AUDIO_TOKENS -> whole(extras.cachedAudio());
                case AUDIO_OUTPUT_TOKENS -> whole(extras.audioOutput());
                case IMAGE_OUTPUT_TOKENS -> whole(extras.imageOutput());
                case WEB_SEARCHES -> whole(beside.webSearches());
                case FILE_SEARCHES -> whole(beside.files());
                case CODE_RUNS -> whole(beside.code());
                case TOOL_IMAGES -> whole(beside.images());
                case OTHER_TOOL_USES -> whole(beside.others());
                case FLEX_ATTEMPTS -> whole(beside.flex());
                case PRIORITY_ATTEMPTS -> whole(beside.priority());
            };
        }

        private static BigDecimal whole(long number) {
            return BigDecimal.valueOf(number);
        }
    }

    private CostText() {}

    static ObjectNode json(Cost cost) {
        ObjectNode json = Json.object();
        for (Field field : Field.values()) {
            json.put(field.id(), field.of(cost));
        }
        return json;
    }

    /** By their names; work without one is in no row of its own. */
    static ObjectNode json(Map<String, Cost> costs) {
        ObjectNode all = Json.object();
        costs.forEach((name, cost) -> {
            if (!name.isEmpty()) {
                all.set(name, json(cost));
            }
        });
        return all;
    }

    static String csv(String heading, Map<String, Cost> costs) {
        StringBuilder text = new StringBuilder(heading).append(Field.HEADINGS);
        costs.forEach((name, cost) -> {
            text.append(field(name));
            for (Field field : Field.values()) {
                text.append(',').append(field.of(cost).toPlainString());
            }
            text.append('\n');
        });
        return text.toString();
    }

    /** What a spreadsheet would take for a formula is made a text. */
    private static String field(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
