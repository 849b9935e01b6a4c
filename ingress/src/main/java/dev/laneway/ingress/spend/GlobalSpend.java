package dev.laneway.ingress.spend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.laneway.contracts.Budget;
import dev.laneway.contracts.Control;
import dev.laneway.contracts.Scope;
import dev.laneway.ingress.keys.BudgetLimits;
import dev.laneway.ingress.keys.Json;
import dev.laneway.ingress.keys.Served;
import dev.laneway.ingress.keys.Served.Asked;
import dev.laneway.runtime.control.Directory;
import dev.laneway.runtime.ledger.Cost;
import dev.laneway.runtime.ledger.CostBy;
import dev.laneway.runtime.ledger.DailyCost;
import dev.laneway.runtime.ledger.LedgerFilter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * LiteLLM's {@code /global/spend...} and {@code /spend/users}: the ledger as its scripts read it. For admins, but for {@code /spend/users}; of the last
 * thirty days unless a time is said. One event loop.
 */
final class GlobalSpend {
    private static final long USUAL_MILLIS = 30 * 86_400_000L;
    private static final int FIRST_OF = 10;
    private static final int MOST = 1_000;
    /** LiteLLM's word for what was spent without a team. */
    private static final String NO_TEAM = "Unassigned";

    private final LedgerDesk desk;
    private final Directory directory;
    private final LongSupplier clock;

    /** @param clock epoch milliseconds */
    GlobalSpend(LedgerDesk desk, Directory directory, LongSupplier clock) {
        this.desk = desk;
        this.directory = Objects.requireNonNull(directory, "directory");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    List<Served> served() {
        return List.of(
                desk.get("/spend/users", this::users),
                admins("/global/spend", this::total),
                admins("/global/spend/logs", this::days),
                admins("/global/spend/keys", this::keys, "limit", "page_size"),
                admins("/global/spend/teams", this::teams),
                admins("/global/spend/models", this::models, "limit", "page_size"),
                admins("/global/spend/provider", this::providers),
                admins("/global/spend/tags", this::tags, "tags"),
                admins("/global/spend/all_tag_names", this::tagNames),
                admins("/global/spend/report", this::report, "group_by"));
    }

    private Served admins(String path, Served.Page page, String... more) {
        Served known = desk.get(path, page, more);
        return new Served(known.method(), path, asked -> {
            if (asked.caller().isAdmin()) {
                known.page().serve(asked);
            } else {
                desk.refuse(
                        asked.call(),
                        Asking.forbidden(
                                "api_key", "Only an admin sees what all spent; /cost has what this key may see."));
            }
        });
    }

    private LedgerFilter lately(Asking asking) throws Asking.Refused {
        return from(asking.filter(), clock.getAsLong() - USUAL_MILLIS);
    }

    /** From a time on where none is said. */
    private static LedgerFilter from(LedgerFilter filter, long from) {
        return filter.from() > 0 || filter.to() < Long.MAX_VALUE
                ? filter
                : new LedgerFilter(
                        filter.sight(),
                        filter.owner(),
                        filter.team(),
                        filter.user(),
                        filter.route(),
                        filter.model(),
                        filter.lane(),
                        filter.tag(),
                        from,
                        filter.to());
    }

    private interface Told {
        void tell(Map<String, Cost> dearestFirst) throws Asking.Refused;
    }

    private void costs(Asked asked, CostBy by, Told told) {
        desk.answer(asked, (from, asking) -> from.costs(by, lately(asking)), costs -> {
            if (!desk.tooMany(asked, costs)) {
                try {
                    told.tell(LedgerDesk.dearestFirst(costs));
                } catch (Asking.Refused refused) {
                    desk.refuse(asked.call(), refused);
                }
            }
        });
    }

    /** Of all, in the present window of the budget of all, if there is one, so that the two can be compared. */
    private void total(Asked asked) {
        Budget budget =
                BudgetLimits.main(directory.terms(Scope.GLOBAL, Scope.ALL).budgets());
        long now = clock.getAsLong();
        long since = budget == null ? 0 : budget.window(now).start();
        desk.answer(asked, (from, asking) -> from.costs(CostBy.LANE, from(asking.filter(), since)), costs -> {
            ObjectNode total = Json.object()
                    .put("spend", costs.values().stream().map(Cost::dollars).reduce(BigDecimal.ZERO, BigDecimal::add));
            Json.put(total, "max_budget", budget == null ? null : budget.limit());
            LedgerDesk.send(asked.call(), total);
        });
    }

    private void days(Asked asked) {
        costs(asked, CostBy.DAY, costs -> {
            ArrayNode rows = Json.array();
            new TreeMap<>(costs)
                    .forEach((day, cost) -> rows.addObject().put("date", day).put("spend", cost.dollars()));
            LedgerDesk.send(asked.call(), rows);
        });
    }

    private void keys(Asked asked) {
        costs(
                asked,
                CostBy.KEY,
                costs -> first(asked, costs, (owner, cost) -> {
                    Control.Key key = directory.key(owner);
                    return Json.object()
                            .put("api_key", desk.whose().hash(owner))
                            .put("key_alias", key == null ? owner : key.alias())
                            .put("key_name", key == null || key.hint() == null ? owner : "sk-..." + key.hint())
                            .put("total_spend", cost.dollars());
                }));
    }

    private void models(Asked asked) {
        costs(
                asked,
                CostBy.VENDOR_MODEL,
                costs -> first(
                        asked,
                        costs,
                        (model, cost) -> Json.object().put("model", model).put("total_spend", cost.dollars())));
    }

    private interface Line {
        ObjectNode of(String name, Cost cost);
    }

    /** As many of the dearest as {@code limit} says; what has no name is none. */
    private void first(Asked asked, Map<String, Cost> costs, Line line) throws Asking.Refused {
        int limit = new Asking(asked, desk.whose()).limit(FIRST_OF, MOST);
        ArrayNode rows = Json.array();
        costs.entrySet().stream()
                .filter(named -> !named.getKey().isEmpty())
                .limit(limit)
                .forEach(named -> rows.add(line.of(named.getKey(), named.getValue())));
        LedgerDesk.send(asked.call(), rows);
    }

    private void providers(Asked asked) {
        costs(asked, CostBy.PROVIDER, costs -> {
            ArrayNode rows = Json.array();
            costs.forEach((provider, cost) -> {
                if (!provider.isEmpty()) {
                    rows.addObject().put("provider", provider).put("spend", cost.dollars());
                }
            });
            LedgerDesk.send(asked.call(), rows);
        });
    }

    private void tags(Asked asked) {
        String named = asked.query("tags");
        Set<String> only = named == null ? Set.of() : Set.of(named.split(","));
        costs(asked, CostBy.TAG, costs -> {
            ObjectNode answer = Json.object();
            ArrayNode rows = answer.putArray("spend_per_tag");
            costs.forEach((tag, cost) -> {
                if (named == null || only.contains(tag)) {
                    rows.addObject()
                            .put("name", tag)
                            .put("spend", cost.dollars())
                            .put("log_count", cost.requests());
                }
            });
            LedgerDesk.send(asked.call(), answer);
        });
    }

    private void tagNames(Asked asked) {
        costs(
                asked,
                CostBy.TAG,
                costs -> LedgerDesk.send(
                        asked.call(),
                        Json.object()
                                .set(
                                        "tag_names",
                                        Json.texts(
                                                costs.keySet().stream().sorted().toList()))));
    }

    /** What users spent, as far as the caller may see it. */
    private void users(Asked asked) {
        desk.costs(asked, CostBy.USER, costs -> {
            ArrayNode rows = Json.array();
            LedgerDesk.dearestFirst(costs).forEach((id, cost) -> {
                if (!id.isEmpty()) {
                    Control.User user = directory.user(id);
                    rows.addObject()
                            .put("user_id", id)
                            .put("user_alias", user == null ? null : user.alias())
                            .put("user_email", user == null ? null : user.email())
                            .put("spend", cost.dollars())
                            .put("requests", cost.requests());
                }
            });
            LedgerDesk.send(asked.call(), rows);
        });
    }

    private void daily(Asked asked, Function<List<DailyCost>, JsonNode> answer) {
        desk.answer(asked, (from, asking) -> from.daily(lately(asking)), rows -> {
            if (!desk.tooMany(asked, rows)) {
                LedgerDesk.send(
                        asked.call(),
                        answer.apply(rows.stream().filter(GlobalSpend::isSpent).toList()));
            }
        });
    }

    /** What no model answered is a row too, without a cost. */
    private static boolean isSpent(DailyCost row) {
        return !row.model().isEmpty() || row.dollars().signum() > 0;
    }

    private static BigDecimal dollars(List<DailyCost> rows) {
        return rows.stream().map(DailyCost::dollars).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Map<String, List<DailyCost>> by(Function<DailyCost, String> name, List<DailyCost> rows) {
        Map<String, List<DailyCost>> parts = new LinkedHashMap<>();
        rows.forEach(row -> parts.computeIfAbsent(name.apply(row), absent -> new ArrayList<>())
                .add(row));
        return parts;
    }

    private String teamName(String id) {
        Control.Team team = directory.team(id);
        return id.isEmpty() ? NO_TEAM : team == null || team.alias() == null ? id : team.alias();
    }

    private void teams(Asked asked) {
        daily(asked, rows -> {
            ObjectNode answer = Json.object();
            ArrayNode days = answer.putArray("daily_spend");
            by(DailyCost::day, rows).forEach((day, ofDay) -> {
                ObjectNode line = days.addObject().put("date", day);
                by(row -> teamName(row.team()), ofDay).forEach((team, ofTeam) -> line.put(team, dollars(ofTeam)));
            });
            Map<String, List<DailyCost>> teams = by(DailyCost::team, rows);
            answer.set(
                    "teams",
                    Json.texts(teams.keySet().stream().map(this::teamName).toList()));
            ArrayNode totals = answer.putArray("total_spend_per_team");
            teams.forEach((team, ofTeam) -> totals.addObject()
                    .put("team_id", team.isEmpty() ? NO_TEAM : team)
                    .put("team_alias", teamName(team))
                    .put("total_spend", dollars(ofTeam)));
            return answer;
        });
    }

    /** {@code GET /global/spend/report}: by day and team; or by key, where {@code group_by=api_key}, a key or a user says so. */
    private void report(Asked asked) {
        String by = Objects.requireNonNullElse(asked.query("group_by"), "team");
        if (!by.equals("team") && !by.equals("api_key")) {
            desk.refuse(
                    asked.call(),
                    Asking.invalid(
                            "group_by", "group_by is team or api_key: there are no customers here; see /spend/tags."));
            return;
        }
        boolean ofKeys =
                by.equals("api_key") || asked.query("api_key") != null || asked.query("internal_user_id") != null;
        daily(asked, rows -> {
            ArrayNode lines = Json.array();
            if (ofKeys) {
                by(DailyCost::owner, rows).forEach((owner, ofKey) -> lines.add(keyLine(owner, ofKey)));
            } else {
                by(DailyCost::day, rows).forEach((day, ofDay) -> {
                    ArrayNode teams = lines.addObject()
                            .put("group_by_day", day + "T00:00:00+00:00")
                            .putArray("teams");
                    by(row -> teamName(row.team()), ofDay).forEach((team, ofTeam) -> {
                        ObjectNode line =
                                teams.addObject().put("team_name", team).put("total_spend", dollars(ofTeam));
                        ArrayNode parts = line.putArray("metadata");
                        ofTeam.forEach(row -> parts.addObject()
                                .put("model", row.model())
                                .put("spend", row.dollars())
                                .put("total_tokens", row.inputTokens() + row.outputTokens())
                                .put("api_key", desk.whose().hash(row.owner())));
                    });
                });
            }
            return lines;
        });
    }

    private ObjectNode keyLine(String owner, List<DailyCost> rows) {
        ObjectNode line = sums(Json.object().put("api_key", desk.whose().hash(owner)), rows);
        ArrayNode models = line.putArray("model_details");
        by(DailyCost::model, rows)
                .forEach((model, ofModel) -> models.add(sums(Json.object().put("model", model), ofModel)));
        return line;
    }

    private static ObjectNode sums(ObjectNode line, List<DailyCost> rows) {
        return line.put("total_cost", dollars(rows))
                .put(
                        "total_input_tokens",
                        rows.stream().mapToLong(DailyCost::inputTokens).sum())
                .put(
                        "total_output_tokens",
                        rows.stream().mapToLong(DailyCost::outputTokens).sum());
    }
}
