package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a holder (a key, a team, a user, a tag, a model ...) may call. Absent is unlimited; where several holders apply, each must
 * allow.
 *
 * @param models names and patterns of the routes that it may call; null: all that clients may call
 * @param lanes that it may use; null: all
 * @param tools names of the tools that a request may offer, none where it is empty; null: all
 * @param deniedTools names of tools that it may not offer
 * @param networks addresses and CIDR blocks from which it may call; null: all
 * @param budgets each must have room
 * @param maxCostPerRequest above which a request is refused; null: no such limit
 * @param whenAway what happens while the memory that counts is away; null: {@code closed} with a budget, else {@code open}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Terms(
        @Nullable List<String> models,
        @Nullable List<String> lanes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> tools,
        List<String> deniedTools,
        @Nullable List<String> networks,
        @Nullable RateLimits limits,
        List<Budget> budgets,
        @Nullable Money maxCostPerRequest,
        @Nullable WhenAway whenAway) {
    public static final Terms NONE = new Terms(null, null, null, List.of(), null, null, List.of(), null, null);

    public Terms {
        models = models == null ? null : List.copyOf(models);
        lanes = lanes == null ? null : List.copyOf(lanes);
        tools = tools == null ? null : List.copyOf(tools);
        deniedTools = deniedTools == null ? List.of() : List.copyOf(deniedTools);
        networks = networks == null ? null : List.copyOf(networks);
        limits = Objects.equals(limits, RateLimits.NONE) ? null : limits;
        budgets = budgets == null ? List.of() : List.copyOf(budgets);
    }

    /** Only with budgets. */
    public static Terms budgeted(Budget... budgets) {
        return new Terms(null, null, null, List.of(), null, null, List.of(budgets), null, null);
    }

    /** Only with limits. */
    public static Terms limited(RateLimits limits) {
        return new Terms(null, null, null, List.of(), null, limits, List.of(), null, null);
    }

    /** These for whom other models are allowed. */
    public Terms withModels(@Nullable List<String> allowed) {
        return new Terms(allowed, lanes, tools, deniedTools, networks, limits, budgets, maxCostPerRequest, whenAway);
    }

    /** These, and of others what these leave unsaid. */
    public Terms filledFrom(Terms others) {
        if (others.equals(NONE)) {
            return this;
        }
        return new Terms(
                models == null ? others.models : models,
                lanes == null ? others.lanes : lanes,
                tools == null ? others.tools : tools,
                deniedTools.isEmpty() ? others.deniedTools : deniedTools,
                networks == null ? others.networks : networks,
                limits == null ? others.limits : others.limits == null ? limits : limits.filledFrom(others.limits),
                budgets.isEmpty() ? others.budgets : budgets,
                maxCostPerRequest == null ? others.maxCostPerRequest : maxCostPerRequest,
                whenAway == null ? others.whenAway : whenAway);
    }

    /** Whether its calls stop while the memory that counts them is away. */
    public boolean closedWhenAway() {
        return whenAway == null ? !budgets.isEmpty() : whenAway == WhenAway.CLOSED;
    }
}
