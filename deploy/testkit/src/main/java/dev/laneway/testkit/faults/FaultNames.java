package dev.laneway.testkit.faults;

import static java.util.Map.entry;

import dev.laneway.testkit.grammar.Parsed;
import dev.laneway.testkit.grammar.Spec;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The names of faults, as model names, rules and the call log write them, with the options each one takes:
 * {@code 429~retry-after=date:2}, {@code stall~at=3~for=500ms}.
 */
public final class FaultNames {
    private static final int CHUNK = 2;
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            plain("context-window", new Fault.ContextWindow()),
            plain("content-policy", new Fault.ContentPolicy()),
            kind(
                    "error-in-200",
                    Set.of("status"),
                    spec -> errorStatus(spec).then(status -> Parsed.good(new Fault.ErrorIn200(status)))),
            plain("html-200", new Fault.HtmlPage(200)),
            plain("html-502", new Fault.HtmlPage(502)),
            plain("empty-body", new Fault.EmptyBody()),
            plain("content-filter", new Fault.ContentFilter()),
            plain("refusal", new Fault.Refusal()),
            plain("empty", new Fault.NoText()),
            plain("no-choices", new Fault.NoChoices()),
            plain("no-usage", new Fault.NoUsage()),
            kind(
                    "huge-chunk",
                    Set.of("characters"),
                    spec -> spec.count("characters", 1_000_000).then(n -> Parsed.good(new Fault.HugeChunk(n)))),
            kind(
                    "slow-first-token",
                    Set.of("for"),
                    spec -> spec.millis("for", 2000).then(ms -> Parsed.good(new Fault.SlowFirstToken(ms)))),
            breaking("stall", Point.BEFORE_HEADERS),
            breaking("stall", Point.AFTER_HEADERS),
            breaking("stall", Point.MID_STREAM),
            breaking("cut", Point.BEFORE_HEADERS),
            breaking("cut", Point.AFTER_HEADERS),
            breaking("cut", Point.MID_STREAM),
            breaking("reset", Point.BEFORE_HEADERS),
            breaking("reset", Point.AFTER_HEADERS),
            breaking("reset", Point.MID_STREAM),
            atChunk("truncated-json", CHUNK, Fault.TruncatedJson::new),
            kind(
                    "error-mid-stream",
                    Set.of("at", "status"),
                    spec -> spec.count("at", CHUNK)
                            .then(at -> errorStatus(spec)
                                    .then(status -> Parsed.good(new Fault.ErrorMidStream(at, status))))),
            kind(
                    "slow-drip",
                    Set.of("every"),
                    spec -> spec.millis("every", 1).then(ms -> Parsed.good(new Fault.SlowDrip(Math.max(1, ms))))),
            plain("no-end", new Fault.NoEnd()),
            plain("no-finish", new Fault.NoFinish()),
            atChunk("duplicate-chunk", 0, Fault.DuplicateChunk::new),
            plain("not-streamed", new Fault.NotStreamed()));

    private FaultNames() {}

    private record Kind(Set<String> options, Function<Spec, Parsed<Fault>> read) {}

    /** Every name but the statuses, sorted. */
    public static Set<String> names() {
        return new TreeSet<>(KINDS.keySet());
    }

    /** Reads a fault; any status from 400 to 599 is a name too. */
    public static Parsed<Fault> parse(Spec spec) {
        if (spec.head().matches("[45]\\d\\d")) {
            return status(spec);
        }
        Kind kind = KINDS.get(spec.head());
        if (kind == null) {
            return Parsed.bad(
                    "no fault is called '" + spec.head() + "'; known: 400 to 599, " + String.join(", ", names()));
        }
        return unknownOption(spec, kind.options())
                ? badOption(spec, kind.options())
                : kind.read().apply(spec);
    }

    /** The canonical name and options of a fault: what {@link #parse} reads. */
    public static Spec spec(Fault fault) {
        return switch (fault) {
            case Fault.Status(int code, RetryAfter retry) ->
                new Spec(Integer.toString(code), Map.of("retry-after", retry.text()));
            case Fault.ContextWindow() -> Spec.of("context-window");
            case Fault.ContentPolicy() -> Spec.of("content-policy");
            case Fault.ErrorIn200(int status) -> new Spec("error-in-200", Map.of("status", Integer.toString(status)));
            case Fault.HtmlPage(int status) -> Spec.of("html-" + status);
            case Fault.EmptyBody() -> Spec.of("empty-body");
            case Fault.ContentFilter() -> Spec.of("content-filter");
            case Fault.Refusal() -> Spec.of("refusal");
            case Fault.NoText() -> Spec.of("empty");
            case Fault.NoChoices() -> Spec.of("no-choices");
            case Fault.NoUsage() -> Spec.of("no-usage");
            case Fault.HugeChunk(int n) -> new Spec("huge-chunk", Map.of("characters", Integer.toString(n)));
            case Fault.SlowFirstToken(long ms) -> new Spec("slow-first-token", Map.of("for", Long.toString(ms)));
            case Fault.Stall(Point point, int chunk, long ms) ->
                new Spec(
                        "stall" + point.suffix(),
                        point == Point.MID_STREAM
                                ? Map.of("at", Integer.toString(chunk), "for", Long.toString(ms))
                                : Map.of("for", Long.toString(ms)));
            case Fault.Cut(Point point, int chunk) -> breakSpec("cut", point, chunk);
            case Fault.Reset(Point point, int chunk) -> breakSpec("reset", point, chunk);
            case Fault.TruncatedJson(int chunk) -> at("truncated-json", chunk);
            case Fault.ErrorMidStream(int chunk, int status) ->
                new Spec("error-mid-stream", Map.of("at", Integer.toString(chunk), "status", Integer.toString(status)));
            case Fault.SlowDrip(long ms) -> new Spec("slow-drip", Map.of("every", Long.toString(ms)));
            case Fault.NoEnd() -> Spec.of("no-end");
            case Fault.NoFinish() -> Spec.of("no-finish");
            case Fault.DuplicateChunk(int chunk) -> at("duplicate-chunk", chunk);
            case Fault.NotStreamed() -> Spec.of("not-streamed");
        };
    }

    private static Parsed<Integer> errorStatus(Spec spec) {
        return spec.count("status", 500)
                .then(status -> status >= 400 && status < 600
                        ? Parsed.good(status)
                        : Parsed.bad("option 'status' must be from 400 to 599"));
    }

    private static Parsed<Fault> status(Spec spec) {
        if (unknownOption(spec, Set.of("retry-after"))) {
            return badOption(spec, Set.of("retry-after"));
        }
        int code = Integer.parseInt(spec.head());
        String said = spec.option("retry-after");
        String retry = said != null ? said : code == 429 ? "1" : "none";
        return RetryAfter.parse(retry).then(after -> Parsed.good(new Fault.Status(code, after)));
    }

    private static Map.Entry<String, Kind> plain(String name, Fault fault) {
        return entry(name, new Kind(Set.of(), spec -> Parsed.good(fault)));
    }

    private static Map.Entry<String, Kind> kind(String name, Set<String> options, Function<Spec, Parsed<Fault>> read) {
        return entry(name, new Kind(options, read));
    }

    private static Map.Entry<String, Kind> atChunk(String name, int unsaid, Function<Integer, Fault> make) {
        return kind(name, Set.of("at"), spec -> spec.count("at", unsaid).then(at -> Parsed.good(make.apply(at))));
    }

    private static Map.Entry<String, Kind> breaking(String name, Point point) {
        Set<String> options = new TreeSet<>();
        if (point == Point.MID_STREAM) {
            options.add("at");
        }
        if (name.equals("stall")) {
            options.add("for");
        }
        return kind(
                name + point.suffix(),
                Set.copyOf(options),
                spec -> spec.count("at", CHUNK)
                        .then(at -> spec.millis("for", 0).then(ms -> Parsed.good(breaking(name, point, at, ms)))));
    }

    private static Fault breaking(String name, Point point, int chunk, long millis) {
        return switch (name) {
            case "cut" -> new Fault.Cut(point, chunk);
            case "reset" -> new Fault.Reset(point, chunk);
            default -> new Fault.Stall(point, chunk, millis);
        };
    }

    private static Spec breakSpec(String name, Point point, int chunk) {
        return point == Point.MID_STREAM ? at(name, chunk) : Spec.of(name + point.suffix());
    }

    private static Spec at(String name, int chunk) {
        return new Spec(name, Map.of("at", Integer.toString(chunk)));
    }

    private static boolean unknownOption(Spec spec, Set<String> known) {
        return !known.containsAll(spec.options().keySet());
    }

    private static Parsed<Fault> badOption(Spec spec, Set<String> known) {
        return Parsed.bad("fault '" + spec.head() + "' takes "
                + (known.isEmpty() ? "no option" : "only " + String.join(", ", new TreeSet<>(known))) + ", not "
                + String.join(", ", new TreeSet<>(spec.options().keySet())));
    }
}
