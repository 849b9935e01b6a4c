package dev.laneway.ingress.spend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.RequestIds;
import dev.laneway.dialects.ClientError;
import dev.laneway.ingress.auth.Authenticator;
import dev.laneway.ingress.http.Call;
import dev.laneway.ingress.http.FrontDoor;
import dev.laneway.ingress.http.HeaderNames;
import dev.laneway.ingress.http.Refusal;
import dev.laneway.ingress.http.Rejection;
import dev.laneway.ingress.keys.Json;
import dev.laneway.ingress.keys.Served;
import dev.laneway.ingress.keys.Served.Asked;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.ledger.Cost;
import dev.laneway.runtime.ledger.CostBy;
import dev.laneway.runtime.ledger.LedgerFilter;
import dev.laneway.runtime.ledger.LedgerQueries;
import dev.laneway.runtime.ledger.LoggedRequest;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that is served about what was spent. Needs a key; a key sees its own, a team's admin its team's, an admin all. */
public final class SpendRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(SpendRoutes.class);
    private static final int PAGE = 50;
    private static final int MOST = 1_000;
    private static final long AGAIN_MILLIS = 2_000;

    private final FrontDoor door;
    private final @Nullable LedgerQueries ledger;
    private final Whose whose;

    /**
     * Of one event loop.
     *
     * @param ledger null where this process knows no database
     * @param clock epoch milliseconds
     */
    public SpendRoutes(
            FrontDoor door,
            @Nullable LedgerQueries ledger,
            Directory directory,
            Authenticator authenticator,
            LongSupplier clock) {
        this.door = door;
        this.ledger = ledger;
        this.whose = new Whose(directory, authenticator, clock);
    }

    /** In the order in which addresses are looked up. */
    public List<Served> served() {
        return List.of(
                get("/cost", this::cost),
                get("/cost/by_model", this::byModel),
                get("/spend/logs", this::logs),
                get("/spend/keys", this::keys),
                get("/spend/tags", this::tags),
                get("/v1/spend/requests", this::requests),
                get("/v1/spend/requests/:name", this::request));
    }

    /** Something that may be asked for in vain. */
    private interface Question<T> {
        Future<T> ask(LedgerQueries ledger, Asking asking) throws Asking.Refused;
    }

    private void cost(Asked asked) {
        CostBy by = by(asked);
        if (by == null) {
            refuse(asked.call(), Asking.invalid("group_by", "group_by is one of " + names() + "."));
        } else if ((by == CostBy.VENDOR_MODEL || by == CostBy.PROVIDER)
                && !asked.caller().isAdmin()) {
            refuse(asked.call(), Asking.forbidden("group_by", "Only an admin sees which vendors and models it was."));
        } else if (asksForCsv(asked)) {
            costs(asked, by, costs -> csv(asked.call(), by, costs));
        } else if (by == CostBy.MODEL) {
            costs(asked, by, costs -> {
                ObjectNode json = CostText.json(total(costs));
                json.set("by_model", CostText.json(costs));
                send(asked.call(), json);
            });
        } else {
            answer(
                    asked,
                    (from, asking) -> {
                        LedgerFilter filter = asking.filter();
                        return Future.all(from.costs(CostBy.MODEL, filter), from.costs(by, filter));
                    },
                    both -> {
                        Map<String, Cost> models = both.resultAt(0);
                        Map<String, Cost> named = both.resultAt(1);
                        if (tooMany(asked, models) || tooMany(asked, named)) {
                            return;
                        }
                        ObjectNode json = CostText.json(total(models));
                        json.set("by_model", CostText.json(models));
                        json.set("by_" + by.id(), CostText.json(named));
                        send(asked.call(), json);
                    });
        }
    }

    /** Costs by some names, where those are no more than an answer holds. */
    private void costs(Asked asked, CostBy by, Consumer<Map<String, Cost>> then) {
        answer(asked, (from, asking) -> from.costs(by, asking.filter()), costs -> {
            if (!tooMany(asked, costs)) {
                then.accept(costs);
            }
        });
    }

    private boolean tooMany(Asked asked, Map<String, Cost> costs) {
        boolean more = costs.size() > LedgerQueries.MOST_NAMES;
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

    private void byModel(Asked asked) {
        costs(asked, CostBy.MODEL, costs -> {
            if (asksForCsv(asked)) {
                csv(asked.call(), CostBy.MODEL, costs);
            } else {
                send(asked.call(), CostText.json(costs));
            }
        });
    }

    private void logs(Asked asked) {
        answer(
                asked,
                (from, asking) -> {
                    if ("true".equalsIgnoreCase(asking.any("summarize"))) {
                        throw Asking.invalid(
                                "summarize", "Sums by the day are at /cost?group_by=day; here is each request.");
                    }
                    String id = asking.any("request_id");
                    return id == null
                            ? from.requests(asking.filter(), cursor(asking), asking.limit(MOST, MOST))
                            : from.request(id, asking.filter().sight())
                                    .map(found -> found.map(List::of).orElse(List.of()));
                },
                requests -> {
                    ArrayNode rows = Json.array();
                    requests.forEach(request -> rows.add(
                            LogText.litellm(request, whose, asked.caller().isAdmin())));
                    send(asked.call(), rows);
                });
    }

    private void keys(Asked asked) {
        costs(asked, CostBy.KEY, costs -> {
            ArrayNode rows = Json.array();
            dearestFirst(costs).forEach((owner, cost) -> rows.add(key(owner, cost)));
            send(asked.call(), rows);
        });
    }

    private ObjectNode key(String owner, Cost cost) {
        Control.Key key = whose.key(owner);
        return Json.object()
                .put("token", whose.hash(owner))
                .put("key_name", key == null || key.hint() == null ? owner : "sk-..." + key.hint())
                .put("key_alias", key == null || key.alias() == null ? owner : key.alias())
                .put("team_id", key == null ? null : key.team())
                .put("user_id", key == null ? null : key.user())
                .put("spend", cost.dollars())
                .put("requests", cost.requests());
    }

    private void tags(Asked asked) {
        costs(asked, CostBy.TAG, costs -> {
            ArrayNode rows = Json.array();
            dearestFirst(costs)
                    .forEach((tag, cost) -> rows.add(Json.object()
                            .put("individual_request_tag", tag)
                            .put("log_count", cost.requests())
                            .put("total_spend", cost.dollars())));
            send(asked.call(), rows);
        });
    }

    private void requests(Asked asked) {
        int[] limit = {PAGE};
        answer(
                asked,
                (from, asking) -> {
                    limit[0] = asking.limit(PAGE, MOST);
                    return from.requests(asking.filter(), cursor(asking), limit[0] + 1);
                },
                requests -> {
                    ArrayNode rows = Json.array();
                    boolean more = requests.size() > limit[0];
                    List<LoggedRequest> page = more ? requests.subList(0, limit[0]) : requests;
                    page.forEach(request ->
                            rows.add(LogText.ours(request, asked.caller().isAdmin())));
                    ObjectNode json = Json.object().put("object", "list");
                    json.set("data", rows);
                    json.put("has_more", more)
                            .put("next_cursor", more ? page.getLast().id() : null);
                    send(asked.call(), json);
                });
    }

    private void request(Asked asked) {
        String id = asked.part("name");
        if (RequestIds.acceptedAt(id).isEmpty()) {
            door.refuse(asked.call(), Rejection.of(Refusal.UNKNOWN_REQUEST, asked.call()));
            return;
        }
        answer(asked, (from, asking) -> from.request(id, asking.filter().sight()), found -> {
            LoggedRequest request = found.orElse(null);
            if (request == null) {
                door.refuse(asked.call(), Rejection.of(Refusal.UNKNOWN_REQUEST, asked.call()));
            } else {
                send(asked.call(), LogText.ours(request, asked.caller().isAdmin()));
            }
        });
    }

    private <T> void answer(Asked asked, Question<T> question, Consumer<T> then) {
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

    private void refuse(Call call, Asking.Refused refused) {
        Refusal reason = refused.error().status() == 403 ? Refusal.FORBIDDEN : Refusal.INVALID;
        door.refuse(call, Rejection.of(reason, call, refused.error()));
    }

    private static @Nullable String cursor(Asking asking) throws Asking.Refused {
        String cursor = asking.any("cursor", "after");
        if (cursor != null && RequestIds.acceptedAt(cursor).isEmpty()) {
            throw Asking.invalid("cursor", "cursor is the next_cursor of an earlier page.");
        }
        return cursor;
    }

    /** Null where it is asked by what there is not. */
    private static @Nullable CostBy by(Asked asked) {
        String by = asked.query("group_by");
        return by == null
                ? CostBy.MODEL
                : Arrays.stream(CostBy.values())
                        .filter(each -> each.id().equals(by))
                        .findFirst()
                        .orElse(null);
    }

    private static String names() {
        return Arrays.stream(CostBy.values()).map(CostBy::id).collect(Collectors.joining(", "));
    }

    private static Cost total(Map<String, Cost> costs) {
        return costs.values().stream().reduce(Cost.NONE, Cost::plus);
    }

    private static Map<String, Cost> dearestFirst(Map<String, Cost> costs) {
        Map<String, Cost> sorted = new LinkedHashMap<>();
        costs.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, Cost> each) ->
                                each.getValue().dollars())
                        .reversed()
                        .thenComparing(Map.Entry::getKey))
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }

    private static boolean asksForCsv(Asked asked) {
        String format = asked.query("format");
        String accept = asked.call().http().getHeader("accept");
        return format == null ? accept != null && accept.startsWith("text/csv") : format.equals("csv");
    }

    private static void csv(Call call, CostBy by, Map<String, Cost> costs) {
        call.commonHeaders();
        call.response()
                .putHeader(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8")
                .putHeader("content-disposition", "attachment; filename=\"cost-by-" + by.id() + ".csv\"");
        Call.end(call.http(), CostText.csv(by.id(), costs).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(Call call, JsonNode json) {
        call.json(200, Json.bytes(json));
    }

    private static Served get(String path, Served.Page page) {
        return new Served(HttpMethod.GET, path, page);
    }
}
