package dev.laneway.runtime.config.lanes;

import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Spelling;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code routes}. */
final class RouteReader {
    private static final Map<String, Boolean> FALLBACK = Map.of("never", false, "allowed", true);
    private static final int MOST_ROUTES = 2_000;
    private static final int LONGEST_CHAIN = 16;
    private static final int LONGEST_NAME = 200;
    private static final List<String> KEYS =
            List.of("lane", "chain", "fallback", "continue_streams", "privacy", "approved", "purpose", "visible");

    private final Reading reading;
    private final Lanes lanes;
    private final List<RouteDraft> drafts = new ArrayList<>();

    RouteReader(Reading reading, Lanes lanes) {
        this.reading = reading;
        this.lanes = lanes;
    }

    List<RouteDraft> read(@Nullable Block routes) {
        if (routes == null) {
            return List.of();
        }
        if (routes.entries().size() > MOST_ROUTES) {
            reading.problems().error(routes.place(), "more than " + MOST_ROUTES + " routes", "use patterns");
            return List.of();
        }
        routes.entries().forEach(this::route);
        return List.copyOf(drafts);
    }

    private void route(String name, Value value) {
        Block block = value.block(reading);
        if (block == null) {
            if (value.isNull()) {
                reading.problems().error(value.place(), "is empty", "write {lane: LANE, chain: [MODEL_NAME]}");
            }
            return;
        }
        if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('*') != name.lastIndexOf('*')) {
            reading.problems().error(value.place(), "is no name for a route", "write a short one, at most one * in it");
        }
        List<Text> chain = chain(block);
        Lane lane = lane(block);
        Privacy stated = Words.read(block, "privacy", LaneReader.PRIVACY);
        Boolean fallback = Words.read(block, "fallback", FALLBACK);
        Text purpose = block.text("purpose");
        Boolean visible = block.flag("visible");
        boolean continueStreams = continueStreams(block, fallback == null || fallback);
        if (lane != null) {
            Privacy privacy = privacy(block, lane, stated);
            drafts.add(new RouteDraft(
                    name,
                    lane,
                    chain,
                    fallback == null || fallback,
                    privacy,
                    new LinkedHashSet<>(approved(block, lane, privacy)),
                    purpose == null ? lane.purpose() : purpose.value(),
                    (visible == null || visible) && !name.contains("*"),
                    continueStreams,
                    false,
                    value.place()));
        }
        new KnownKeys(reading).leftInOurs(block, KEYS);
    }

    /** Whose first hop's failure is the answer has none that another model said the end of. */
    private boolean continueStreams(Block block, boolean fallbackAllowed) {
        Boolean stated = block.flag("continue_streams");
        if (stated == null || !stated || fallbackAllowed) {
            return stated != null && stated;
        }
        reading.problems()
                .error(
                        block.place("continue_streams"),
                        "contradicts fallback: never",
                        "remove one of them: a continued stream is a fallback");
        return false;
    }

    private List<Text> chain(Block block) {
        List<Text> chain = block.texts("chain");
        if (chain.isEmpty()) {
            reading.problems().error(block.place("chain"), "has no hop", "write chain: [MODEL_NAME]");
        }
        if (chain.size() > LONGEST_CHAIN) {
            reading.problems().error(block.place("chain"), "has more than " + LONGEST_CHAIN + " hops", "shorten it");
        }
        return chain;
    }

    private @Nullable Lane lane(Block block) {
        Text name = block.text("lane");
        Lane lane = name == null ? null : lanes.all().get(name.value());
        if (name == null) {
            String all = String.join(", ", lanes.all().keySet());
            reading.problems().error(block.place("lane"), "names no lane", "write lane: and one of " + all);
        } else if (lane == null) {
            reading.problems()
                    .error(
                            name.place(),
                            "there is no lane " + name.value(),
                            Spelling.didYouMean(name.value(), lanes.all().keySet(), "declare it under lanes:"));
        }
        return lane;
    }

    private Privacy privacy(Block block, Lane lane, @Nullable Privacy stated) {
        if (stated == null || stated.narrowsOrEquals(lane.privacy())) {
            return stated == null ? lane.privacy() : stated;
        }
        reading.problems()
                .error(
                        block.place("privacy"),
                        stated.id() + " is wider than lane " + lane.name() + ", which is "
                                + lane.privacy().id(),
                        "a route may only narrow its lane; move it to another lane");
        return lane.privacy();
    }

    /** A route's own list narrows its lane's; without one it has its lane's. */
    private List<String> approved(Block block, Lane lane, Privacy privacy) {
        List<String> own = LaneReader.approved(block, privacy);
        if (!block.has("approved")) {
            return privacy == Privacy.LOCAL_FIRST ? lane.approved() : List.of();
        }
        for (String name : own) {
            if (lane.privacy() == Privacy.LOCAL_FIRST && !lane.approved().contains(name)) {
                reading.problems()
                        .error(
                                block.place("approved"),
                                "lane " + lane.name() + " doesn't approve " + name,
                                "a route may only narrow its lane");
            }
        }
        return own;
    }
}
