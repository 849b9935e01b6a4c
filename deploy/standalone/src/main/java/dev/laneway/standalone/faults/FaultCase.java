package dev.laneway.standalone.faults;

import dev.laneway.testkit.faults.FaultSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One fault of the first hop's vendor, on one kind of route.
 *
 * @param fault as the simulator knows it, options included
 * @param streamed whether the answer was asked for as a stream
 */
public record FaultCase(String fault, boolean streamed, Way way) {
    /** What the route allows. Of a chain of two, the second is sound. */
    public enum Way {
        /** {@code fallback: never}. */
        NEVER("fallback: never"),
        ALLOWED("fallback: allowed"),
        /** And {@code continue_streams: true}: of answers that aren't streamed it changes nothing. */
        CONTINUED("continue_streams: true");

        private final String words;

        Way(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public FaultCase {
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(way, "way");
    }

    /** All of them, in the table's order. */
    public static List<FaultCase> all() {
        List<FaultCase> cases = new ArrayList<>();
        for (String fault : FaultSamples.all()) {
            for (Way way : Way.values()) {
                if (way != Way.CONTINUED) {
                    cases.add(new FaultCase(fault, false, way));
                }
                cases.add(new FaultCase(fault, true, way));
            }
        }
        return cases;
    }

    /** Of its route and its deployment. */
    String name() {
        return (fault.replaceAll("[^a-z0-9]+", "-") + "-" + way + (streamed ? "-streamed" : "-whole"))
                .toLowerCase(Locale.ROOT);
    }

    /** Whether a pause of its account follows, so that it needs one of its own. */
    boolean pauses() {
        return fault.startsWith("429");
    }

    /** Whether only a time-out ends it. */
    boolean hangs() {
        return fault.startsWith("stall") || fault.equals("slow-first-token~for=60s");
    }
}
