package dev.laneway.runtime.config.lanes;

import dev.laneway.runtime.config.Lane;
import dev.laneway.runtime.config.OnUnknown;
import dev.laneway.runtime.config.Privacy;
import dev.laneway.runtime.config.file.Block;
import dev.laneway.runtime.config.file.KnownKeys;
import dev.laneway.runtime.config.file.Place;
import dev.laneway.runtime.config.file.Reading;
import dev.laneway.runtime.config.file.Text;
import dev.laneway.runtime.config.file.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code lanes}. A lane that has no privacy rule keeps its work inside. */
final class LaneReader {
    static final String ROUTINE = "routine";

    static final Map<String, Privacy> PRIVACY = Map.of(
            "local_only", Privacy.LOCAL_ONLY,
            "local_first", Privacy.LOCAL_FIRST,
            "cloud_allowed", Privacy.CLOUD_ALLOWED);
    private static final Map<String, OnUnknown> ON_UNKNOWN = Map.of("fail", OnUnknown.FAIL, "retry", OnUnknown.RETRY);
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final int MOST_LANES = 50;
    private static final int MOST_APPROVED = 200;
    private static final List<String> KEYS =
            List.of("privacy", "approved", "weight", "on_unknown", "durable", "purpose", "room", "regions");
    private static final Map<String, String> PURPOSES = purposes();

    private final Reading reading;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, Place> approvedPlaces = new HashMap<>();

    LaneReader(Reading reading) {
        this.reading = reading;
        PURPOSES.forEach((name, purpose) -> lanes.put(name, unruled(name, Privacy.LOCAL_ONLY, purpose)));
    }

    /** The lanes of a file of LiteLLM's own, which knows none: everything is routine, and may go anywhere. */
    Lanes ofLiteLlm() {
        lanes.put(ROUTINE, unruled(ROUTINE, Privacy.CLOUD_ALLOWED, PURPOSES.getOrDefault(ROUTINE, "")));
        return new Lanes(lanes, places, approvedPlaces);
    }

    /** @param block {@code lanes}; null where the file has routes but no lanes */
    Lanes read(@Nullable Block block) {
        Map<String, Value> entries = block == null ? Map.of() : block.entries();
        if (block != null && entries.size() > MOST_LANES) {
            reading.problems().error(block.place(), "more than " + MOST_LANES + " lanes", "each has topics of its own");
            return new Lanes(lanes, places, approvedPlaces);
        }
        entries.forEach(this::lane);
        return new Lanes(lanes, places, approvedPlaces);
    }

    private void lane(String name, Value value) {
        if (!NAME.matcher(name).matches()) {
            reading.problems()
                    .error(value.place(), "can't be a part of a topic's name", "write 1 to 40 of a-z, 0-9 and hyphens");
            return;
        }
        places.put(name, value.place());
        Block block = value.block(reading);
        if (block == null) {
            lanes.put(name, unruled(name, Privacy.LOCAL_ONLY, PURPOSES.getOrDefault(name, "")));
            return;
        }
        Privacy stated = Words.read(block, "privacy", PRIVACY);
        Privacy privacy = stated == null ? Privacy.LOCAL_ONLY : stated;
        OnUnknown onUnknown = Words.read(block, "on_unknown", ON_UNKNOWN);
        Integer weight = block.whole("weight", 1, 1000);
        Boolean durable = block.flag("durable");
        Integer room = block.whole("room", 1, Lane.MOST_ROOM);
        Text purpose = block.text("purpose");
        List<String> approved = approved(block, privacy);
        approvedPlaces.put(name, block.place("approved"));
        lanes.put(
                name,
                new Lane(
                        name,
                        privacy,
                        approved,
                        weight == null ? 1 : weight,
                        onUnknown == null ? OnUnknown.FAIL : onUnknown,
                        durable != null && durable,
                        purpose == null ? PURPOSES.getOrDefault(name, "") : purpose.value(),
                        room == null ? Lane.DEFAULT_ROOM : room,
                        block.texts("regions").stream().map(Text::value).toList()));
        new KnownKeys(reading).leftInOurs(block, KEYS);
    }

    /** What a block approves, which only {@code local_first} may. */
    static List<String> approved(Block block, Privacy privacy) {
        List<String> approved =
                block.texts("approved").stream().map(Text::value).distinct().toList();
        if (approved.size() > MOST_APPROVED) {
            block.reading()
                    .problems()
                    .error(block.place("approved"), "has more than " + MOST_APPROVED + " names", "use patterns");
            return List.of();
        }
        if (privacy == Privacy.LOCAL_FIRST || !block.has("approved")) {
            return approved;
        }
        block.reading()
                .problems()
                .error(
                        block.place("approved"),
                        "means nothing where privacy is " + privacy.id(),
                        "write privacy: local_first, or remove it");
        return List.of();
    }

    private static Lane unruled(String name, Privacy privacy, String purpose) {
        return new Lane(name, privacy, List.of(), 1, OnUnknown.FAIL, false, purpose, List.of());
    }

    private static Map<String, String> purposes() {
        Map<String, String> purposes = new LinkedHashMap<>();
        purposes.put("private", "what must not leave the network: legal, financial, identity, household");
        purposes.put(ROUTINE, "everyday work");
        purposes.put("coding", "agents and editors that write code");
        purposes.put("web", "work over public material");
        purposes.put("premium", "where the best answer is worth its price");
        return purposes;
    }
}
