package dev.laneway.runtime.config.terms;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Budget;
import dev.laneway.contracts.RateLimits;
import dev.laneway.contracts.Terms;
import dev.laneway.runtime.config.Holder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Terms in our spelling, as they are published. */
public final class TermsJson {
    private TermsJson() {}

    /** {@code holders} of the file's top mapping. */
    public static ArrayNode of(List<Holder> holders) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Holder holder : holders) {
            put(
                    holder.terms(),
                    list.addObject().put("scope", holder.scope().id()).put("id", holder.id()));
        }
        return list;
    }

    /** Adds terms to the mapping of their holder. */
    public static void put(Terms terms, ObjectNode into) {
        names("models", terms.models(), into);
        names("lanes", terms.lanes(), into);
        names("tools", terms.tools(), into);
        names("denied_tools", terms.deniedTools().isEmpty() ? null : terms.deniedTools(), into);
        names("networks", terms.networks(), into);
        if (terms.limits() != null) {
            limits(terms.limits(), into);
        }
        if (!terms.budgets().isEmpty()) {
            ArrayNode budgets = into.putArray("budgets");
            terms.budgets().forEach(budget -> budgets.add(budget(budget)));
        }
        if (terms.maxCostPerRequest() != null) {
            into.put("max_cost_per_request", terms.maxCostPerRequest().dollars());
        }
        if (terms.whenAway() != null) {
            into.put("when_away", terms.whenAway().id());
        }
    }

    private static void limits(RateLimits limits, ObjectNode into) {
        most("rpm_limit", limits.requestsPerMinute(), into);
        most("tpm_limit", limits.tokensPerMinute(), into);
        most("rph_limit", limits.requestsPerHour(), into);
        most("tph_limit", limits.tokensPerHour(), into);
        most("max_parallel_requests", limits.parallel(), into);
        most("max_tokens_per_request", limits.tokensPerRequest(), into);
    }

    private static void most(String key, long most, ObjectNode into) {
        if (most > 0) {
            into.put(key, most);
        }
    }

    private static ObjectNode budget(Budget budget) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", budget.name());
        json.put("limit", budget.limit().dollars());
        json.put("period", budget.period().text());
        if (budget.timeZone() != null) {
            json.put("time_zone", budget.timeZone());
        }
        if (!budget.thresholds().isEmpty()) {
            ArrayNode thresholds = json.putArray("thresholds");
            budget.thresholds().forEach(thresholds::add);
        }
        return json;
    }

    private static void names(String key, @Nullable List<String> names, ObjectNode into) {
        if (names != null) {
            ArrayNode list = into.putArray(key);
            names.forEach(list::add);
        }
    }
}
