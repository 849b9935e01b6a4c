package dev.laneway.runtime.ledger;

import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sums over roll-ups: over those of whole days where that is enough, and over those of hours at the ends of a time. */
final class CostSums {
    private static final int PICO_DIGITS = 12;
    private static final String NAMES =
            "tag, owner, team, user_id, route, lane, model_group, model, provider, requests, cost_picos, estimate_picos";
    /** In the order in which they are read. */
    private static final List<String> FIGURES = List.of(
            "attempts",
            "failures",
            "estimates",
            "input_tokens",
            "output_tokens",
            "cached_input_tokens",
            "cache_write_tokens",
            "cache_write_hour_tokens",
            "reasoning_tokens",
            "audio_input_tokens",
            "cached_audio_tokens",
            "audio_output_tokens",
            "image_output_tokens",
            "web_searches",
            "file_searches",
            "code_runs",
            "tool_images",
            "other_tool_uses",
            "flex_attempts",
            "priority_attempts");

    private static final String SUMS = "coalesce(sum(requests), 0)::bigint, coalesce(sum(cost_picos), 0)::numeric,"
            + " coalesce(sum(estimate_picos), 0)::numeric, "
            + FIGURES.stream()
                    .map(figure -> "coalesce(sum(" + figure + "), 0)::bigint")
                    .collect(Collectors.joining(", "));
    private static final String COLUMNS = NAMES + ", " + String.join(", ", FIGURES);

    private CostSums() {}

    /** @param where what is meant, its time not among it; the times' conditions are added to it */
    static String sql(CostBy by, Conditions where, LedgerFilter filter, int most) {
        return "select " + by.column() + ", " + SUMS + " from " + from(by, where, filter)
                + " group by 1 order by 1 limit " + most;
    }

    /** The same by day, key, team, user and vendor's model. */
    static String daily(Conditions where, LedgerFilter filter, int most) {
        return "select " + CostBy.DAY.column() + ", owner, team, user_id, model, sum(requests)::bigint,"
                + " sum(input_tokens)::bigint, sum(output_tokens)::bigint, sum(cost_picos)::numeric from "
                + from(CostBy.DAY, where, filter) + " group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5 limit " + most;
    }

    /** Of a row that {@link #daily(Conditions, LedgerFilter, int)} brings. */
    static DailyCost daily(Row row) {
        return new DailyCost(
                row.getString(0),
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                dollars(row.getBigDecimal(8)));
    }

    private static String from(CostBy by, Conditions where, LedgerFilter filter) {
        long from = Conditions.down(filter.from());
        long to = Conditions.up(filter.to());
        long firstDay = Conditions.upToDay(from);
        long lastDay = Conditions.downToDay(to);
        if (by == CostBy.HOUR || firstDay >= lastDay) {
            return "laneway.cost_hours" + where.within("hour", from, to).sql();
        }
        String meant = where.sql();
        StringBuilder all = new StringBuilder("(select day as hour, " + COLUMNS + " from laneway.cost_days" + meant
                + where.alsoWithin("day", firstDay, lastDay));
        if (from < firstDay) {
            all.append(" union all select hour, " + COLUMNS + " from laneway.cost_hours" + meant
                    + where.alsoWithin("hour", from, firstDay));
        }
        if (lastDay < to) {
            all.append(" union all select hour, " + COLUMNS + " from laneway.cost_hours" + meant
                    + where.alsoWithin("hour", lastDay, to));
        }
        return all.append(") spans").toString();
    }

    /** Of a row that {@link #sql} brings: a name, and what is under it. */
    static void read(Row row, Map<String, Cost> into) {
        TokenUsage tokens = new TokenUsage(
                figure(row, "input_tokens"),
                figure(row, "output_tokens"),
                figure(row, "cached_input_tokens"),
                figure(row, "cache_write_tokens"),
                figure(row, "cache_write_hour_tokens"),
                figure(row, "reasoning_tokens"),
                new UsedExtras(
                        figure(row, "audio_input_tokens"),
                        figure(row, "cached_audio_tokens"),
                        figure(row, "audio_output_tokens"),
                        figure(row, "image_output_tokens"),
                        Map.of(),
                        null));
        Cost.Beside beside = new Cost.Beside(
                figure(row, "web_searches"),
                figure(row, "file_searches"),
                figure(row, "code_runs"),
                figure(row, "tool_images"),
                figure(row, "other_tool_uses"),
                figure(row, "flex_attempts"),
                figure(row, "priority_attempts"));
        into.put(
                row.getString(0),
                new Cost(
                        row.getLong(1),
                        figure(row, "attempts"),
                        figure(row, "failures"),
                        tokens,
                        beside,
                        dollars(row.getBigDecimal(2)),
                        figure(row, "estimates"),
                        dollars(row.getBigDecimal(3))));
    }

    private static long figure(Row row, String name) {
        return row.getLong(4 + FIGURES.indexOf(name));
    }

    private static BigDecimal dollars(BigDecimal picos) {
        return picos.signum() == 0
                ? BigDecimal.ZERO
                : picos.movePointLeft(PICO_DIGITS).stripTrailingZeros();
    }
}
