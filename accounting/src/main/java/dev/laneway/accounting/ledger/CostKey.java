package dev.laneway.accounting.ledger;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.Payer;
import org.jspecify.annotations.Nullable;

/**
 * What a row of the roll-up is about; absent names are empty.
 *
 * @param tag empty in the rows that count everything once
 * @param hour in which the request was accepted, its beginning in epoch milliseconds
 * @param group the {@code model_name}
 */
record CostKey(
        String tag,
        String owner,
        long hour,
        String team,
        String user,
        String route,
        String lane,
        String group,
        String model,
        String provider) {
    /** Characters, as PostgreSQL counts them. A name beyond this is cut: the key has to fit into an index. */
    private static final int MOST_CHARS = 200;

    private static final long HOUR = 3_600_000;

    /** Of a request, without a tag; {@code by} is the attempt that it is about, null where it is about none. */
    static CostKey of(Fact.Subject request, Fact.@Nullable Attempted by) {
        Payer payer = request.payer() == null ? Payer.NOBODY : request.payer();
        return new CostKey(
                "",
                name(request.owner()),
                hour(request.acceptedAt()),
                name(payer.team()),
                name(payer.user()),
                name(request.route()),
                name(request.lane()),
                by == null ? "" : name(by.group()),
                by == null ? "" : name(by.model()),
                by == null ? "" : name(by.provider()));
    }

    CostKey tagged(String name) {
        return new CostKey(name(name), owner, hour, team, user, route, lane, group, model, provider);
    }

    static long hour(long millis) {
        long at = CopyBuffer.clamp(millis);
        return at - at % HOUR;
    }

    /** A name as the roll-up has it: two that PostgreSQL would take for one are one. */
    static String name(@Nullable String name) {
        if (name == null) {
            return "";
        }
        String kept = CopyBuffer.kept(name);
        return kept.length() <= MOST_CHARS || kept.codePointCount(0, kept.length()) <= MOST_CHARS
                ? kept
                : kept.substring(0, kept.offsetByCodePoints(0, MOST_CHARS));
    }
}
