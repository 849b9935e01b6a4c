package dev.laneway.chaos.oracle;

import dev.laneway.contracts.Fact;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.runtime.database.DatabaseUrl;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The ledger's tables, read over a connection of their own each time. Blocks; not on an event loop. */
public final class Ledger {
    private static final int PATIENCE_SECONDS = 20;

    private final String url;

    /** @param url {@code postgresql://user:password@host:port/name} */
    public Ledger(String url) {
        this.url = url;
    }

    /** What the ledger has to say of an attempt. */
    public static String entry(Fact.Attempted fact) {
        TokenUsage usage = fact.usage();
        boolean reckoned = fact.charge() != null && fact.charge().estimate();
        String kind = usage == null || reckoned ? "estimate" : "actual";
        String tokens = usage == null ? "" : " " + usage.input() + " " + usage.output();
        return fact.attempt() + " " + kind + " " + fact.outcome().id() + tokens;
    }

    /** The attempts that were called, each as {@link #entry} writes it. */
    public Set<String> entries() throws TimeoutException {
        return column("select concat_ws(' ', attempt_id, kind, outcome, input_tokens, output_tokens)"
                + " from laneway.ledger_entries where kind <> 'uncalled'");
    }

    /** What the ledger has to say of a request: how the first of its terminal facts ends it. */
    public static String request(Fact first) {
        return first.requestId() + " "
                + (first.terminal() == null ? "" : first.terminal().status().id());
    }

    /** The requests that ended, each as {@link #request} writes it. */
    public Set<String> requests() throws TimeoutException {
        return column("select concat_ws(' ', request_id, status) from laneway.requests");
    }

    /** Dollars that an owner's attempts cost; where an actual is there, its estimate does not count. */
    public BigDecimal spentBy(String owner) throws TimeoutException {
        return dollars(
                "select coalesce(sum(cost_picos), 0)::numeric from laneway.ledger_entries e where owner = '" + owner
                        + "' and (kind <> 'estimate' or not exists (select from laneway.ledger_entries a"
                        + " where a.attempt_id = e.attempt_id and a.kind = 'actual' and a.accepted_at = e.accepted_at))");
    }

    /** The same by the roll-up. */
    public BigDecimal rolledUpFor(String owner) throws TimeoutException {
        return dollars(
                "select coalesce(sum(cost_picos), 0)::numeric from laneway.cost_hours where tag = '' and owner = '"
                        + owner + "'");
    }

    private BigDecimal dollars(String query) throws TimeoutException {
        String picos = column("select (" + query + ")::text").iterator().next();
        return new BigDecimal(picos).movePointLeft(12);
    }

    private Set<String> column(String query) throws TimeoutException {
        Vertx vertx = Vertx.vertx();
        try {
            return PgConnection.connect(vertx, DatabaseUrl.parse(url).options())
                    .compose(connection -> connection
                            .query(query)
                            .execute()
                            .map(rows -> {
                                Set<String> values = new TreeSet<>();
                                rows.forEach(row -> values.add(row.getString(0)));
                                return values;
                            })
                            .eventually(connection::close))
                    .await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            vertx.close().await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
