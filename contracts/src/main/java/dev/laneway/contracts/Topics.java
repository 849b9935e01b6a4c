package dev.laneway.contracts;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Every topic of the pipeline: its name, key, record, writer and readers. The zone comes first, so that one prefix rule of the
 * broker fences it; it is the request's zone, never the deployment's.
 *
 * <table>
 * <caption>topics</caption>
 * <tr><th>name</th><th>key</th><th>header {@code lw}</th><th>value</th></tr>
 * <tr><td>{@code lw.<zone>.requests.<lane>.<class>}</td><td>request id</td><td>{@link Request}</td><td>the client's body</td></tr>
 * <tr><td>{@code lw.<zone>.attempts.<account>.<lane>.<class>}</td><td>request id</td><td>{@link Attempt}</td><td>the same</td></tr>
 * <tr><td>{@code lw.<zone>.failures.<lane>.<class>}</td><td>request id</td><td>{@link FailedAttempt}</td><td>the same</td></tr>
 * <tr><td>{@code lw.<zone>.replies}</td><td>request id, explicit partition</td><td>{@link Reply}</td><td>frames</td></tr>
 * <tr><td>{@code lw.<zone>.signals}</td><td>request id</td><td>{@link Signal}</td><td>none</td></tr>
 * <tr><td>{@code lw.<zone>.bodies}</td><td>request id</td><td>none</td><td>a piece of a body</td></tr>
 * <tr><td>{@code lw.<zone>.dead.<lane>}</td><td>as it was</td><td>as it was</td><td>as it was, with the reason in a header</td></tr>
 * <tr><td>{@code lw.usage}</td><td>request id</td><td>{@link Fact}</td><td>none</td></tr>
 * <tr><td>{@code lw.health}</td><td>deployment</td><td>none</td><td>{@link Health}</td></tr>
 * <tr><td>{@code lw.control}</td><td>entity</td><td>none</td><td>{@link Control}</td></tr>
 * <tr><td>{@code lw.commands}</td><td>entity</td><td>none</td><td>{@link Command}</td></tr>
 * <tr><td>{@code lw.refusals}</td><td>command</td><td>none</td><td>{@link CommandRefusal}</td></tr>
 * </table>
 */
public final class Topics {
    public static final String USAGE = "lw.usage";
    public static final String HEALTH = "lw.health";
    public static final String CONTROL = "lw.control";
    public static final String COMMANDS = "lw.commands";
    public static final String REFUSALS = "lw.refusals";

    /** Lanes and accounts are parts of topic names. */
    public static final Pattern SEGMENT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private Topics() {}

    public static String requests(Zone zone, String lane, WorkClass workClass) {
        return "lw." + zone.id() + ".requests." + segment(lane) + "." + workClass.id();
    }

    public static String attempts(Zone zone, String account, String lane, WorkClass workClass) {
        return "lw." + zone.id() + ".attempts." + segment(account) + "." + segment(lane) + "." + workClass.id();
    }

    public static String failures(Zone zone, String lane, WorkClass workClass) {
        return "lw." + zone.id() + ".failures." + segment(lane) + "." + workClass.id();
    }

    public static String replies(Zone zone) {
        return "lw." + zone.id() + ".replies";
    }

    public static String signals(Zone zone) {
        return "lw." + zone.id() + ".signals";
    }

    public static String bodies(Zone zone) {
        return "lw." + zone.id() + ".bodies";
    }

    public static String dead(Zone zone, String lane) {
        return "lw." + zone.id() + ".dead." + segment(lane);
    }

    /** What the name of a work topic says about its records; the authority on their zone, lane and class. */
    public static Optional<Parsed> parse(String topic) {
        List<String> parts = List.of(topic.split("\\.", -1));
        if (parts.size() < 5 || !parts.get(0).equals("lw")) {
            return Optional.empty();
        }
        Zone zone = find(Zone.values(), parts.get(1));
        WorkClass workClass = find(WorkClass.values(), parts.get(parts.size() - 1));
        if (zone == null || workClass == null) {
            return Optional.empty();
        }
        if (!parts.subList(3, parts.size() - 1).stream()
                .allMatch(part -> SEGMENT.matcher(part).matches())) {
            return Optional.empty();
        }
        return switch (parts.get(2)) {
            case "requests", "failures" ->
                parts.size() == 5
                        ? Optional.of(new Parsed(zone, Optional.empty(), parts.get(3), workClass))
                        : Optional.empty();
            case "attempts" ->
                parts.size() == 6
                        ? Optional.of(new Parsed(zone, Optional.of(parts.get(3)), parts.get(4), workClass))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    /**
     * The parts of a work topic's name.
     *
     * @param account present for attempts
     */
    public record Parsed(Zone zone, Optional<String> account, String lane, WorkClass workClass) {}

    private static String segment(String name) {
        if (!SEGMENT.matcher(name).matches()) {
            throw new IllegalArgumentException("not fit for a topic's name: " + name);
        }
        return name;
    }

    private static <E extends Enum<E>> @Nullable E find(E[] values, String id) {
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(id)) {
                return value;
            }
        }
        return null;
    }
}
