package dev.laneway.ingress;

import dev.laneway.contracts.ChargePart;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.Money;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Scope;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.runtime.ledger.Cost;
import dev.laneway.runtime.ledger.CostBy;
import dev.laneway.runtime.ledger.DailyCost;
import dev.laneway.runtime.ledger.LedgerFilter;
import dev.laneway.runtime.ledger.LedgerQueries;
import dev.laneway.runtime.ledger.LoggedAttempt;
import dev.laneway.runtime.ledger.LoggedRequest;
import dev.laneway.runtime.ledger.Sight;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A ledger that knows one request and what it cost, and remembers what it was asked. Half of what was spent was spent of late. */
final class FakeLedger implements LedgerQueries {
    static final String REQUEST = RequestIds.next(1_760_000_000_000L);

    private static final TokenUsage USED = new TokenUsage(
            10, 5, 4, 3, 2, 1, new UsedExtras(6, 0, 0, 0, Map.of(HostedTool.WEB_SEARCH, 2L), ServiceTier.PRIORITY));

    final List<LedgerFilter> filters = new CopyOnWriteArrayList<>();
    volatile Function<Scope, Future<Map<String, Money>>> spends = scope -> Future.succeededFuture(Map.of());
    final Map<String, Long> since = new ConcurrentHashMap<>();
    volatile boolean away;
    /** Requests that it has, all the same. */
    volatile int held = 1;

    volatile int names;

    @Override
    public Future<Map<String, Cost>> costs(CostBy by, LedgerFilter filter) {
        filters.add(filter);
        Map<String, Cost> costs = new LinkedHashMap<>();
        costs.put("", new Cost(1, 0, 0, TokenUsage.NONE, Cost.Beside.NONE, BigDecimal.ZERO, 0, BigDecimal.ZERO));
        costs.put(
                by == CostBy.MODEL ? "gpt" : "=" + by.id(),
                new Cost(
                        2,
                        3,
                        1,
                        TokenUsage.of(10, 5),
                        new Cost.Beside(4, 0, 0, 0, 0, 0, 2),
                        new BigDecimal("0.00000003"),
                        1,
                        new BigDecimal("0.00000001")));
        for (int i = 0; i < names; i++) {
            costs.put("name" + i, Cost.NONE);
        }
        return answer(costs);
    }

    @Override
    public Future<List<DailyCost>> daily(LedgerFilter filter) {
        filters.add(filter);
        return answer(List.of(
                new DailyCost("2025-10-09", "key_member", "red", "ann", "", 1, 0, 0, BigDecimal.ZERO),
                new DailyCost("2025-10-09", "key_member", "red", "ann", "gpt-x", 1, 10, 5, new BigDecimal("0.5")),
                new DailyCost("2025-10-09", "key_admin", "red", "", "gpt-x", 1, 10, 5, new BigDecimal("0.25")),
                new DailyCost("2025-10-10", "key_member", "", "ann", "gpt-y", 1, 1, 2, new BigDecimal("0.00000003"))));
    }

    @Override
    public Future<List<LoggedRequest>> requests(LedgerFilter filter, String before, int limit) {
        filters.add(filter);
        return answer(Collections.nCopies(Math.min(limit, held), request()));
    }

    @Override
    public Future<Optional<LoggedRequest>> request(String id, Sight sight) {
        filters.add(LedgerFilter.of(sight));
        return answer(id.equals(REQUEST) ? Optional.of(request()) : Optional.empty());
    }

    @Override
    public Future<Map<String, Spend>> spent(Scope scope, Map<String, Long> since) {
        this.since.putAll(since);
        return spends.apply(scope).map(spent -> {
            Map<String, Spend> all = new LinkedHashMap<>();
            spent.forEach((id, ever) ->
                    all.put(id, new Spend(ever, since.getOrDefault(id, 0L) == 0 ? ever : new Money(ever.picos() / 2))));
            return all;
        });
    }

    private <T> Future<T> answer(T answer) {
        return away ? Future.failedFuture("away") : Future.succeededFuture(answer);
    }

    private static LoggedRequest request() {
        return new LoggedRequest(
                REQUEST,
                "master",
                null,
                null,
                List.of("nightly"),
                "smart",
                "routine",
                "cloud",
                "interactive",
                "completed",
                200,
                null,
                1,
                REQUEST + ":1:1",
                1_760_000_000_000L,
                1_760_000_001_000L,
                List.of(
                        attempt(":0:0", "estimate", "overloaded", null, 0),
                        attempt(":1:1", "actual", null, USED, 30_000)));
    }

    private static LoggedAttempt attempt(String id, String kind, String failure, TokenUsage usage, long picos) {
        return new LoggedAttempt(
                REQUEST + id,
                kind,
                true,
                "d_1",
                "gpt",
                "openai",
                "openai-1",
                "gpt-4o",
                "cloud",
                "eu",
                failure == null ? "succeeded" : "failed",
                failure,
                failure == null ? 200 : 529,
                usage,
                new Money(picos),
                picos == 0
                        ? Map.of()
                        : Map.of(
                                ChargePart.OUTPUT, new Money(10_000), ChargePart.WEB_SEARCH, new Money(picos - 10_000)),
                "openai/gpt-4o@2024-10-02",
                false,
                false,
                1_760_000_000_100L,
                0,
                1_760_000_000_900L);
    }
}
