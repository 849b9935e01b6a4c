package dev.laneway.runtime.config.alerts;

import dev.laneway.contracts.Money;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one rule. */
final class RuleReader {
    private static final List<String> KEYS = List.of(
            "kind",
            "name",
            "enabled",
            "threshold",
            "thresholds",
            "window",
            "least",
            "floor",
            "weeks",
            "repeat",
            "time_zone",
            "channels",
            "silence");
    private static final List<String> SILENCE_KEYS = List.of("until", "daily", "days", "time_zone");
    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,6})(s|m|h|d)?");
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);
    private static final Duration LONGEST_REPEAT = Duration.ofDays(7);

    private final Reading reading;
    private final KnownKeys known;

    RuleReader(Reading reading, KnownKeys known) {
        this.reading = reading;
        this.known = known;
    }

    /** What a rule is about; null where it doesn't say, which is a problem. */
    @Nullable
    AlertKind kind(Block block) {
        Text text = block.text("kind");
        AlertKind kind = text == null ? null : AlertKind.of(text.value().strip());
        if (kind == null) {
            reading.problems()
                    .error(
                            block.place("kind"),
                            "is no kind of alert",
                            "known are "
                                    + Arrays.stream(AlertKind.values())
                                            .map(AlertKind::id)
                                            .collect(Collectors.joining(", ")));
        }
        return kind;
    }

    /**
     * A rule; null for one that is not enabled, or wrong.
     *
     * @param told takes the names of channels, to be looked up
     */
    @Nullable
    AlertRule rule(AlertKind kind, Block block, List<Text> told) {
        Boolean enabled = block.flag("enabled");
        Text name = block.text("name");
        BigDecimal threshold = threshold(kind, block);
        List<Integer> thresholds = thresholds(kind, block);
        Duration window = length(block, "window", LONGEST_WINDOW);
        Duration repeat = length(block, "repeat", LONGEST_REPEAT);
        Integer least = block.whole("least", 0, 1_000_000);
        BigDecimal floor = block.number("floor", 0, 1_000_000);
        Integer weeks = block.whole("weeks", 1, 8);
        ZoneId zone = zone(block);
        List<String> channels = channels(block, told);
        Silence silence = silence(block.block("silence"));
        known.leftInOurs(block, KEYS);
        if (name != null && !AlertReader.NAME.matcher(name.value()).matches()) {
            reading.problems().error(name.place(), "is no name of a rule", "write letters, digits, - and _");
            return null;
        }
        if (enabled != null && !enabled) {
            return null;
        }
        if (kind == AlertKind.SLOW_CALLS && threshold == null) {
            reading.problems().error(block.place("threshold"), "is missing", "write seconds");
            return null;
        }
        Duration over = window == null ? kind.window() : window;
        return new AlertRule(
                name == null ? kind.id() : name.value(),
                kind,
                threshold == null ? kind.threshold() : threshold,
                thresholds,
                over,
                least == null ? kind.least() : least,
                floor == null ? AlertRule.USUAL_FLOOR : Money.nearest(floor),
                weeks == null ? AlertRule.USUAL_WEEKS : weeks,
                repeat == null ? AlertRule.repeat(over) : repeat,
                zone == null ? AlertRule.USUAL_ZONE : zone,
                channels,
                silence);
    }

    private @Nullable BigDecimal threshold(AlertKind kind, Block block) {
        return switch (kind) {
            case BUDGET -> null;
            case SPEND -> block.number("threshold", 1, 1_000);
            case PROVIDER_ERRORS -> block.number("threshold", 1, 100);
            case VIOLATIONS -> whole(block, 4);
            case LEDGER_LAG, SLOW_CALLS -> block.number("threshold", 1, 86_400);
            case FALLBACKS, BUDGET_REFUSALS, REDIS_OPEN -> whole(block, 1_000_000_000);
        };
    }

    private static @Nullable BigDecimal whole(Block block, int most) {
        Integer number = block.whole("threshold", 1, most);
        return number == null ? null : BigDecimal.valueOf(number);
    }

    private List<Integer> thresholds(AlertKind kind, Block block) {
        if (kind != AlertKind.BUDGET) {
            return AlertRule.USUAL_THRESHOLDS;
        }
        List<Integer> percents = new ArrayList<>();
        for (Text text : block.texts("thresholds")) {
            if (text.value().matches("[1-9][0-9]?|100")) {
                percents.add(Integer.valueOf(text.value()));
            } else {
                reading.problems().error(text.place(), "is no percentage", "write whole numbers from 1 to 100");
            }
        }
        return percents.isEmpty() ? AlertRule.USUAL_THRESHOLDS : percents;
    }

    private @Nullable Duration length(Block block, String key, Duration most) {
        Text text = block.text(key);
        if (text == null) {
            return null;
        }
        Matcher form = LENGTH.matcher(text.value().strip());
        Duration length = form.matches() ? length(form) : Duration.ZERO;
        if (length.isZero() || length.compareTo(most) > 0) {
            reading.problems()
                    .error(
                            text.place(),
                            "is no length of time",
                            "write 90s, 10m or 1h; at most " + most.toHours() + "h");
            return null;
        }
        return length;
    }

    private static Duration length(Matcher form) {
        long count = Long.parseLong(form.group(1));
        return switch (form.group(2) == null ? "s" : form.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofSeconds(count);
        };
    }

    private static @Nullable List<String> channels(Block block, List<Text> told) {
        if (!block.has("channels")) {
            return null;
        }
        List<Text> names = block.texts("channels");
        told.addAll(names);
        return names.stream().map(Text::value).toList();
    }

    private Silence silence(@Nullable Block block) {
        if (block == null) {
            return Silence.NONE;
        }
        Instant until =
                parsed(block.text("until"), text -> OffsetDateTime.parse(text).toInstant(), "2026-12-24T08:00:00Z");
        ZoneId zone = zone(block);
        List<Silence.Span> daily = new ArrayList<>();
        for (Text text : block.texts("daily")) {
            Silence.Span span = parsed(text, RuleReader::span, "22:00-06:00");
            if (span != null) {
                daily.add(span);
            }
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Text text : block.texts("days")) {
            DayOfWeek day = parsed(text, RuleReader::day, "sat");
            if (day != null) {
                days.add(day);
            }
        }
        known.leftInOurs(block, SILENCE_KEYS);
        return new Silence(until, daily, days, zone == null ? ZoneId.of("UTC") : zone);
    }

    private @Nullable ZoneId zone(Block block) {
        return parsed(block.text("time_zone"), ZoneId::of, "Europe/Berlin");
    }

    private static Silence.Span span(String text) {
        String[] ends = text.split("-", 2);
        if (ends.length != 2) {
            throw new IllegalArgumentException("no span");
        }
        return new Silence.Span(LocalTime.parse(ends[0].strip()), LocalTime.parse(ends[1].strip()));
    }

    private static DayOfWeek day(String text) {
        String word = text.toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> word.length() >= 3 && day.name().startsWith(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no day"));
    }

    private <T> @Nullable T parsed(@Nullable Text text, Function<String, T> parser, String example) {
        if (text == null) {
            return null;
        }
        try {
            return parser.apply(text.value().strip());
        } catch (IllegalArgumentException | DateTimeException wrong) {
            reading.problems().error(text.place(), "can't be read", "write it as " + example);
            return null;
        }
    }

    /** The items of a list, which may be one scalar alone. */
    static List<Value> listed(Value value, Reading reading) {
        return value.isScalar() ? List.of(value) : value.items(reading);
    }
}
