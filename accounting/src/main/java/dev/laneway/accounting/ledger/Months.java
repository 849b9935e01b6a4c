package dev.laneway.accounting.ledger;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the ledger's months ahead of time: the last one, the one that is, and the two to come. Rows of one that is not open are in the
 * default partition until it is, so nothing waits for this. Belongs to one context.
 */
final class Months {
    private static final Logger LOG = LoggerFactory.getLogger(Months.class);
    private static final long LOOK_MILLIS = 3_600_000;
    private static final String OPEN =
            "select count(*) filter (where opened) from (select laneway.open_month(parent, month::date) as opened"
                    + " from unnest(array['ledger_entries', 'requests']) parent,"
                    + " generate_series($1::date - interval '1 month', $1::date + interval '2 months', interval '1 month') month) done";

    private final Vertx vertx;
    private final Pool pool;
    private final Clock clock;
    private final long timer;

    Months(Vertx vertx, Pool pool, Clock clock) {
        this.vertx = vertx;
        this.pool = pool;
        this.clock = clock;
        timer = vertx.setPeriodic(LOOK_MILLIS, id -> open());
    }

    /** Never fails: what could not be opened is tried again within the hour. */
    Future<Void> open() {
        LocalDate month = LocalDate.now(clock.withZone(ZoneOffset.UTC)).withDayOfMonth(1);
        return pool.preparedQuery(OPEN)
                .execute(Tuple.of(month))
                .onSuccess(rows -> {
                    long opened = rows.iterator().next().getLong(0);
                    if (opened > 0) {
                        LOG.info("{} partitions of the ledger made, up to the second month after {}", opened, month);
                    }
                })
                .<Void>mapEmpty()
                .recover(cause -> {
                    LOG.warn("the ledger's next months can't be opened yet: {}", cause.toString());
                    return Future.succeededFuture();
                });
    }

    void close() {
        vertx.cancelTimer(timer);
    }
}
