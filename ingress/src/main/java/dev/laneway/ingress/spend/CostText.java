package dev.laneway.ingress.spend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.ingress.keys.Json;
import dev.laneway.runtime.ledger.Cost;
import java.util.Map;

/** Costs as JSON and as CSV. Amounts are dollars, exact, never with an exponent. */
final class CostText {
    private static final String HEADINGS =
            "total_cost,requests,tokens,input_tokens,output_tokens,cached_input_tokens,reasoning_tokens,attempts,failures,"
                    + "avg_cost_per_request,estimates,estimated_cost\n";

    private CostText() {}

    static ObjectNode json(Cost cost) {
        return Json.object()
                .put("total_cost", cost.dollars())
                .put("requests", cost.requests())
                .put("tokens", tokens(cost))
                .put("input_tokens", cost.tokens().input())
                .put("output_tokens", cost.tokens().output())
                .put("cached_input_tokens", cost.tokens().cachedInput())
                .put("reasoning_tokens", cost.tokens().reasoning())
                .put("attempts", cost.attempts())
                .put("failures", cost.failures())
                .put("avg_cost_per_request", cost.average())
                .put("estimates", cost.estimates())
                .put("estimated_cost", cost.estimated());
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
        StringBuilder text = new StringBuilder(heading).append(',').append(HEADINGS);
        costs.forEach((name, cost) -> text.append(field(name))
                .append(',')
                .append(cost.dollars().toPlainString())
                .append(',')
                .append(cost.requests())
                .append(',')
                .append(tokens(cost))
                .append(',')
                .append(cost.tokens().input())
                .append(',')
                .append(cost.tokens().output())
                .append(',')
                .append(cost.tokens().cachedInput())
                .append(',')
                .append(cost.tokens().reasoning())
                .append(',')
                .append(cost.attempts())
                .append(',')
                .append(cost.failures())
                .append(',')
                .append(cost.average().stripTrailingZeros().toPlainString())
                .append(',')
                .append(cost.estimates())
                .append(',')
                .append(cost.estimated().toPlainString())
                .append('\n'));
        return text.toString();
    }

    private static long tokens(Cost cost) {
        return cost.tokens().input() + cost.tokens().output();
    }

    /** What a spreadsheet would take for a formula is made a text. */
    private static String field(String text) {
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
