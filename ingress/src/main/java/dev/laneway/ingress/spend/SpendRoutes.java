package dev.laneway.ingress.spend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.RequestIds;
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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that is served about what was spent. Needs a key; a key sees its own, a team's admin its team's, an admin all. */
public final class SpendRoutes {
    private static final int PAGE = 50;
    private static final int MOST = 1_000;

    private final FrontDoor door;
    private final LedgerDesk desk;
    private final Whose whose;
    private final GlobalSpend global;

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
        this.whose = new Whose(directory, authenticator, clock);
        this.desk = new LedgerDesk(door, ledger, whose);
        this.global = new GlobalSpend(desk, directory, clock);
    }

    /** In the order in which addresses are looked up. */
    public List<Served> served() {
        return Stream.concat(own().stream(), global.served().stream()).toList();
    }

    private List<Served> own() {
        return List.of(
                desk.get("/cost", this::cost, "group_by", "format"),
                desk.get("/cost/by_model", this::byModel, "format"),
                desk.get("/spend/logs", this::logs, "request_id", "summarize", "limit", "page_size", "cursor", "after"),
                desk.get("/spend/keys", this::keys, "limit", "page_size"),
                desk.get("/spend/tags", this::tags),
                desk.get("/v1/spend/requests", this::requests, "limit", "page_size", "cursor", "after"),
                desk.get("/v1/spend/requests/:name", this::request, "name"));
    }

    private void cost(Asked asked) {
        CostBy by = by(asked);
        if (by == null) {
            desk.refuse(asked.call(), Asking.invalid("group_by", "group_by is one of " + names() + "."));
        } else if ((by == CostBy.VENDOR_MODEL || by == CostBy.PROVIDER)
                && !asked.caller().isAdmin()) {
            desk.refuse(
                    asked.call(), Asking.forbidden("group_by", "Only an admin sees which vendors and models it was."));
        } else if (asksForCsv(asked)) {
            desk.costs(asked, by, costs -> csv(asked.call(), by, costs));
        } else if (by == CostBy.MODEL) {
            desk.costs(asked, by, costs -> {
                ObjectNode json = CostText.json(total(costs));
                json.set("by_model", CostText.json(costs));
                LedgerDesk.send(asked.call(), json);
            });
        } else {
            desk.answer(
                    asked,
                    (from, asking) -> {
                        LedgerFilter filter = asking.filter();
                        return Future.all(from.costs(CostBy.MODEL, filter), from.costs(by, filter));
                    },
                    both -> {
                        Map<String, Cost> models = both.resultAt(0);
                        Map<String, Cost> named = both.resultAt(1);
                        if (desk.tooMany(asked, models) || desk.tooMany(asked, named)) {
                            return;
                        }
                        ObjectNode json = CostText.json(total(models));
                        json.set("by_model", CostText.json(models));
                        json.set("by_" + by.id(), CostText.json(named));
                        LedgerDesk.send(asked.call(), json);
                    });
        }
    }

    private void byModel(Asked asked) {
        desk.costs(asked, CostBy.MODEL, costs -> {
            if (asksForCsv(asked)) {
                csv(asked.call(), CostBy.MODEL, costs);
            } else {
                LedgerDesk.send(asked.call(), CostText.json(costs));
            }
        });
    }

    private void logs(Asked asked) {
        desk.answer(
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
                    LedgerDesk.send(asked.call(), rows);
                });
    }

    private void keys(Asked asked) {
        int[] limit = {LedgerQueries.MOST_NAMES};
        desk.answer(
                asked,
                (from, asking) -> {
                    limit[0] = asking.limit(LedgerQueries.MOST_NAMES, LedgerQueries.MOST_NAMES);
                    return from.costs(CostBy.KEY, asking.filter());
                },
                costs -> {
                    if (!desk.tooMany(asked, costs)) {
                        ArrayNode rows = Json.array();
                        LedgerDesk.dearestFirst(costs).entrySet().stream()
                                .limit(limit[0])
                                .forEach(each -> rows.add(key(each.getKey(), each.getValue())));
                        LedgerDesk.send(asked.call(), rows);
                    }
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
        desk.costs(asked, CostBy.TAG, costs -> {
            ArrayNode rows = Json.array();
            LedgerDesk.dearestFirst(costs)
                    .forEach((tag, cost) -> rows.add(Json.object()
                            .put("individual_request_tag", tag)
                            .put("log_count", cost.requests())
                            .put("total_spend", cost.dollars())));
            LedgerDesk.send(asked.call(), rows);
        });
    }

    private void requests(Asked asked) {
        int[] limit = {PAGE};
        desk.answer(
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
                    LedgerDesk.send(asked.call(), json);
                });
    }

    private void request(Asked asked) {
        String id = asked.part("name");
        if (RequestIds.acceptedAt(id).isEmpty()) {
            door.refuse(asked.call(), Rejection.of(Refusal.UNKNOWN_REQUEST, asked.call()));
            return;
        }
        desk.answer(asked, (from, asking) -> from.request(id, asking.filter().sight()), found -> {
            LoggedRequest request = found.orElse(null);
            if (request == null) {
                door.refuse(asked.call(), Rejection.of(Refusal.UNKNOWN_REQUEST, asked.call()));
            } else {
                LedgerDesk.send(
                        asked.call(), LogText.ours(request, asked.caller().isAdmin()));
            }
        });
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
}
