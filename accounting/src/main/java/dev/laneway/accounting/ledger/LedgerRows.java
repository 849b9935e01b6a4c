package dev.laneway.accounting.ledger;

import static dev.laneway.accounting.ledger.Column.big;
import static dev.laneway.accounting.ledger.Column.bigOrNull;
import static dev.laneway.accounting.ledger.Column.text;
import static dev.laneway.accounting.ledger.Column.texts;
import static dev.laneway.accounting.ledger.Column.time;
import static dev.laneway.accounting.ledger.Column.timeOrNull;
import static dev.laneway.accounting.ledger.Column.truth;
import static dev.laneway.accounting.ledger.Column.whole;
import static dev.laneway.accounting.ledger.Column.wholeOrNull;

import dev.laneway.contracts.Charge;
import dev.laneway.contracts.Fact;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.HostedTool;
import dev.laneway.contracts.Payer;
import dev.laneway.contracts.ServiceTier;
import dev.laneway.contracts.TokenUsage;
import dev.laneway.contracts.UsedExtras;
import dev.laneway.contracts.Zone;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Which fact becomes which row: the columns of the tables in the order in which they travel. */
final class LedgerRows {
    /** A fact of an attempt, at its place. */
    record Made(UsageRecord at, Fact.Attempted made) {}

    /** A fact that ends a request, at its place. */
    record End(UsageRecord at, Fact.Terminal terminal) {}

    private LedgerRows() {}

    static Staged<Made> entries(String table) {
        return new Staged<>(
                table,
                List.of(
                        text("attempt_id", row -> row.made.attempt()),
                        text("kind", row -> EntryKind.of(row.made).id()),
                        text("request_id", row -> row.made.request().id()),
                        text("owner", row -> row.made.request().owner()),
                        text("team", row -> payer(row.at).team()),
                        text("user_id", row -> payer(row.at).user()),
                        texts("tags", row -> payer(row.at).tags()),
                        text("route", row -> row.made.request().route()),
                        text("lane", row -> row.made.request().lane()),
                        text("request_zone", row -> zone(row.made.request().zone())),
                        text("class", row -> row.made.request().workClass().id()),
                        text("deployment", row -> row.made.deployment()),
                        text("model_group", row -> row.made.group()),
                        text("provider", row -> row.made.provider()),
                        text("account", row -> row.made.account()),
                        text("model", row -> row.made.model()),
                        text("zone", row -> zone(row.made.zone())),
                        text("region", row -> row.made.region()),
                        text("outcome", row -> row.made.outcome().id()),
                        text("failure", row -> failure(row.made.failure())),
                        whole("vendor_status", row -> row.made.vendorStatus()),
                        tokens("input_tokens", TokenUsage::input),
                        tokens("output_tokens", TokenUsage::output),
                        tokens("cached_input_tokens", TokenUsage::cachedInput),
                        tokens("cache_write_tokens", TokenUsage::cacheWrite),
                        tokens("reasoning_tokens", TokenUsage::reasoning),
                        big("cache_write_hour_tokens", row -> hour(row.made.usage())),
                        big("audio_input_tokens", row -> extras(row).audioInput()),
                        big("cached_audio_tokens", row -> extras(row).cachedAudio()),
                        big("audio_output_tokens", row -> extras(row).audioOutput()),
                        big("image_output_tokens", row -> extras(row).imageOutput()),
                        texts("tool_uses", row -> uses(extras(row))),
                        text("service_tier", row -> tier(extras(row).tier())),
                        big("cost_picos", row -> charge(row.made).cost().picos()),
                        texts("cost_parts", row -> parts(charge(row.made))),
                        text("price_id", row -> charge(row.made).price()),
                        truth("estimated", row -> Counted.isEstimated(row.made)),
                        truth("late", row -> row.made.late()),
                        time("accepted_at", row -> row.made.request().acceptedAt()),
                        timeOrNull("sent_at", row -> row.made.sentAt()),
                        timeOrNull("first_token_at", row -> row.made.firstTokenAt()),
                        time("ended_at", row -> row.made.endedAt()),
                        whole("usage_partition", row -> row.at.partition()),
                        big("usage_offset", row -> row.at.offset())));
    }

    static Staged<End> requests(String table) {
        return new Staged<>(
                table,
                List.of(
                        text("request_id", row -> row.at.request().id()),
                        text("owner", row -> row.at.request().owner()),
                        text("team", row -> payer(row.at).team()),
                        text("user_id", row -> payer(row.at).user()),
                        texts("tags", row -> payer(row.at).tags()),
                        text("route", row -> row.at.request().route()),
                        text("lane", row -> row.at.request().lane()),
                        text("zone", row -> zone(row.at.request().zone())),
                        text("class", row -> row.at.request().workClass().id()),
                        text("status", row -> row.terminal.status().id()),
                        whole("http_status", row -> row.terminal.httpStatus()),
                        text("failure", row -> failure(row.terminal.failure())),
                        whole("attempts", row -> row.terminal.attempts()),
                        whole("fallbacks", row -> row.terminal.fallbacks()),
                        text("attempt_id", answerer(Fact.Attempted::attempt)),
                        text("deployment", answerer(Fact.Attempted::deployment)),
                        text("reply_topic", row -> row.terminal.replyTopic()),
                        wholeOrNull(
                                "reply_partition",
                                row -> row.terminal.replyTopic() == null ? null : row.terminal.replyPartition()),
                        bigOrNull("first_reply_offset", reply(Fact.Terminal::firstOffset)),
                        bigOrNull("last_reply_offset", reply(Fact.Terminal::lastOffset)),
                        time("accepted_at", row -> row.at.request().acceptedAt()),
                        time("ended_at", row -> row.at.endedAt()),
                        whole("usage_partition", row -> row.at.partition()),
                        big("usage_offset", row -> row.at.offset())));
    }

    /** Amounts travel as text: they may be beyond what a whole number holds. */
    static Staged<RollUp.Line> costs(String table) {
        List<Column<RollUp.Line>> columns = new ArrayList<>(List.of(
                text("tag", line -> line.key.tag()),
                text("owner", line -> line.key.owner()),
                time("hour", line -> line.key.hour()),
                text("team", line -> line.key.team()),
                text("user_id", line -> line.key.user()),
                text("route", line -> line.key.route()),
                text("lane", line -> line.key.lane()),
                text("model_group", line -> line.key.group()),
                text("model", line -> line.key.model()),
                text("provider", line -> line.key.provider()),
                text("cost_picos", line -> line.costPicos.toString()),
                text("estimate_picos", line -> line.estimatePicos.toString())));
        for (Figure figure : Figure.values()) {
            columns.add(big(figure.column(), line -> line.of(figure)));
        }
        return new Staged<>(table, columns);
    }

    static Payer payer(UsageRecord at) {
        Payer payer = at.request().payer();
        return payer == null ? Payer.NOBODY : payer;
    }

    private static Charge charge(Fact.Attempted made) {
        Charge charge = made.charge();
        return charge == null ? Charge.UNPRICED : charge;
    }

    private static UsedExtras extras(Made row) {
        TokenUsage usage = row.made.usage();
        return usage == null ? UsedExtras.NONE : usage.extras();
    }

    /** Each {@code TOOL=TIMES}, by name. */
    private static List<String> uses(UsedExtras extras) {
        return extras.uses().entrySet().stream()
                .filter(used -> used.getValue() > 0)
                .map(used -> used.getKey().id() + "=" + used.getValue())
                .sorted()
                .toList();
    }

    /** The same read back. What this version does not know is passed over. */
    static Map<HostedTool, Long> uses(List<String> texts) {
        Map<HostedTool, Long> uses = new EnumMap<>(HostedTool.class);
        for (HostedTool tool : HostedTool.values()) {
            String begin = tool.id() + "=";
            texts.stream()
                    .filter(text -> text.startsWith(begin))
                    .forEach(text -> uses.put(tool, Long.valueOf(text.substring(begin.length()))));
        }
        return uses;
    }

    /** Each {@code PART=PICOS}, in their order. */
    private static List<String> parts(Charge charge) {
        return charge.parts().entrySet().stream()
                .map(part -> part.getKey().id() + "=" + part.getValue().picos())
                .toList();
    }

    private static long hour(@Nullable TokenUsage usage) {
        return usage == null ? 0 : usage.cacheWriteHour();
    }

    private static @Nullable String tier(@Nullable ServiceTier tier) {
        return tier == null ? null : tier.id();
    }

    private static Column<Made> tokens(String name, ToLongFunction<TokenUsage> count) {
        return bigOrNull(name, row -> {
            TokenUsage usage = row.made.usage();
            return usage == null ? null : count.applyAsLong(usage);
        });
    }

    /** Of the attempt that ended the request; null where it ended without an answer. */
    private static Function<End, @Nullable String> answerer(Function<Fact.Attempted, String> part) {
        return row -> {
            Fact.Attempted made = row.at.attempted();
            return made == null ? null : part.apply(made);
        };
    }

    private static Function<End, @Nullable Long> reply(ToLongFunction<Fact.Terminal> part) {
        return row -> row.terminal.replyTopic() == null ? null : part.applyAsLong(row.terminal);
    }

    private static @Nullable String zone(@Nullable Zone zone) {
        return zone == null ? null : zone.id();
    }

    private static @Nullable String failure(@Nullable FailureKind kind) {
        return kind == null ? null : kind.id();
    }
}
