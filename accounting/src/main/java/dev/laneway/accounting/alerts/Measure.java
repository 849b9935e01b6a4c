package dev.laneway.accounting.alerts;

import dev.laneway.contracts.NoticeKind;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is tallied of a subject, minute by minute. */
enum Measure {
    /** Calls to a provider. */
    PROVIDER_CALLS,
    /** Of those, what failed by the provider's fault. */
    PROVIDER_ERRORS,
    /** Requests that left a deployment for a later hop. */
    FALLBACKS,
    /** Calls of a deployment that lasted longer than the rule says. */
    SLOW_CALLS,
    /** Requests of a key that met a budget without room. */
    BUDGET_REFUSALS,
    /** Of a key; a forbidden lane among them. */
    FORBIDDEN_MODEL,
    FORBIDDEN_TOOL,
    STRANGE_ADDRESS,
    RATE_LIMIT,
    /** Calls of a key that passed uncounted. */
    UNCOUNTED;

    /** The kinds of what a key may not. */
    static final Set<Measure> VIOLATIONS =
            Set.copyOf(EnumSet.of(FORBIDDEN_MODEL, FORBIDDEN_TOOL, STRANGE_ADDRESS, RATE_LIMIT));

    /** The word in the table. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Measure of(NoticeKind kind) {
        return switch (kind) {
            case FORBIDDEN_MODEL, FORBIDDEN_LANE -> FORBIDDEN_MODEL;
            case FORBIDDEN_TOOL -> FORBIDDEN_TOOL;
            case STRANGE_ADDRESS -> STRANGE_ADDRESS;
            case RATE_LIMIT -> RATE_LIMIT;
            case BUDGET_EXCEEDED -> BUDGET_REFUSALS;
            case UNCOUNTED -> UNCOUNTED;
        };
    }
}
