package dev.laneway.runtime.ledger;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The ledger, to be asked. Every future fails, within some seconds, while the database does not answer. */
public interface LedgerQueries extends Spends {
    /** Names that costs are told of at once. */
    int MOST_NAMES = 10_000;

    /**
     * What was spent, by names; work without such a name (no team, no model that answered) is under the empty one. Of more names than
     * {@link #MOST_NAMES} only that many and one more are told: then it is not the whole.
     */
    Future<Map<String, Cost>> costs(CostBy by, LedgerFilter filter);

    /** What each key cost on each day, by models, in the order of days; of more than {@link #MOST_NAMES} only that many and one more. */
    Future<List<DailyCost>> daily(LedgerFilter filter);

    /**
     * Requests that ended, the youngest first.
     *
     * @param before an id: only those older than it; null for the first page
     * @param limit at most so many
     */
    Future<List<LoggedRequest>> requests(LedgerFilter filter, @Nullable String before, int limit);

    /** One request by its id, or what is known of it before it has ended; empty where nothing is, or it may not be seen. */
    Future<Optional<LoggedRequest>> request(String id, Sight sight);
}
