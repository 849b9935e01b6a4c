package dev.laneway.ingress.spend;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.keys.Json;
import dev.laneway.ingress.keys.Served;
import dev.laneway.ingress.keys.Served.Asked;
import dev.laneway.runtime.ledger.Cost;
import dev.laneway.runtime.ledger.CostBy;
import dev.laneway.runtime.ledger.LedgerQueries;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the ledger for a call, and refuses what can't be asked or was asked in vain. One event loop. */
final class LedgerDesk {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerDesk.class);
    private static final long AGAIN_MILLIS = 2_000;

    private final FrontDoor door;
    private final @Nullable LedgerQueries ledger;
    private final Whose whose;

    /** @param ledger null where this process knows no database */
    LedgerDesk(FrontDoor door, @Nullable LedgerQueries ledger, Whose whose) {
        this.door = Objects.requireNonNull(door, "door");
        this.ledger = ledger;
        this.whose = Objects.requireNonNull(whose, "whose");
    }

    FrontDoor door() {
        return door;
    }

    Whose whose() {
        return whose;
    }

    /**
     * A page that knows the filters, and no parameter but these beside them.
     *
     * @param more parameters of this page alone
     */
    Served get(String path, Served.Page page, String... more) {
        Set<String> known = Set.of(more);
        return new Served(HttpMethod.GET, path, asked -> {
            try {
                new Asking(asked, whose).keepsTo(known);
            } catch (Asking.Refused refused) {
                refuse(asked.call(), refused);
                return;
            }
            page.serve(asked);
        });
    }

    /** Something that may be asked for in vain. */
    interface Question<T> {
        Future<T> ask(LedgerQueries ledger, Asking asking) throws Asking.Refused;
    }

    /** Costs by some names, where those are no more than an answer holds. */
    void costs(Asked asked, CostBy by, Consumer<Map<String, Cost>> then) {
        answer(asked, (from, asking) -> from.costs(by, asking.filter()), costs -> {
            if (!tooMany(asked, costs)) {
                then.accept(costs);
            }
        });
    }

    boolean tooMany(Asked asked, Map<String, Cost> costs) {
        return tooMany(asked, costs.keySet());
    }

    boolean tooMany(Asked asked, Collection<?> told) {
        boolean more = told.size() > LedgerQueries.MOST_NAMES;
        if (more) {
            refuse(
                    asked.call(),
                    new Asking.Refused(
                            400,
                            ClientError.INVALID_REQUEST,
                            "too_many_groups",
                            "group_by",
                            "These are more than " + LedgerQueries.MOST_NAMES
                                    + " names: ask for less, such as a shorter time (from, to) or one team."));
        }
        return more;
    }

    <T> void answer(Asked asked, Question<T> question, Consumer<T> then) {
        Call call = asked.call();
        LedgerQueries from = ledger;
        if (from == null) {
            away(call);
            return;
        }
        try {
            question.ask(from, new Asking(asked, whose)).onComplete((answer, cause) -> {
                if (cause != null) {
                    LOG.warn("{}: the ledger can't be asked: {}", call.id(), cause.toString());
                    away(call);
                } else if (!call.response().closed()) {
                    then.accept(answer);
                }
            });
        } catch (Asking.Refused refused) {
            refuse(call, refused);
        }
    }

    private void away(Call call) {
        door.refuse(call, Rejection.of(Refusal.LEDGER_AWAY, call, AGAIN_MILLIS));
    }

    void refuse(Call call, Asking.Refused refused) {
        Refusal reason = refused.error().status() == 403 ? Refusal.FORBIDDEN : Refusal.INVALID;
        door.refuse(call, Rejection.of(reason, call, refused.error()));
    }

    static Map<String, Cost> dearestFirst(Map<String, Cost> costs) {
        Map<String, Cost> sorted = new LinkedHashMap<>();
        costs.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Cost> each) ->
                                each.getValue().dollars())
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }

    static void send(Call call, JsonNode json) {
        call.json(200, Json.bytes(json));
    }
}
