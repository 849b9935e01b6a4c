package dev.laneway.standalone.faults;

import dev.laneway.testkit.faults.FaultSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * One fault of the first hop's vendor, on one kind of route, before one client.
 *
 * @param fault as the simulator knows it, options included
 * @param streamed whether the answer was asked for as a stream
 */
public record FaultCase(String fault, VendorFormat vendor, ClientFormat client, boolean streamed, Way way) {
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

    /** After which the answer is there all the same: what the route allows doesn't matter. */
    private static final Set<String> HARMLESS = Set.of(
            "slow-first-token~for=500",
            "slow-drip",
            "stall~for=300ms",
            "huge-chunk~characters=100000",
            "duplicate-chunk",
            "no-usage",
            "refusal",
            "content-filter");

    public FaultCase {
        Objects.requireNonNull(fault, "fault");
        Objects.requireNonNull(vendor, "vendor");
        Objects.requireNonNull(client, "client");
        Objects.requireNonNull(way, "way");
    }

    /** All on the page: {@link #main}, the {@link #vendors}, the {@link #clients}. */
    public static List<FaultCase> all() {
        List<FaultCase> cases = new ArrayList<>(main());
        cases.addAll(vendors());
        cases.addAll(clients());
        return cases;
    }

    /** OpenAI's chat on both sides, in the table's order. */
    public static List<FaultCase> main() {
        List<FaultCase> cases = new ArrayList<>();
        for (String fault : FaultSamples.all()) {
            for (Way way : Way.values()) {
                if (way != Way.CONTINUED) {
                    cases.add(new FaultCase(fault, VendorFormat.OPENAI, ClientFormat.OPENAI, false, way));
                }
                cases.add(new FaultCase(fault, VendorFormat.OPENAI, ClientFormat.OPENAI, true, way));
            }
        }
        return cases;
    }

    /** Every fault of the other vendors, before the same client. */
    public static List<FaultCase> vendors() {
        List<FaultCase> cases = new ArrayList<>();
        for (VendorFormat vendor : VendorFormat.values()) {
            if (vendor != VendorFormat.OPENAI) {
                cases.addAll(pair(vendor, ClientFormat.OPENAI, FaultSamples.all()));
            }
        }
        return cases;
    }

    /** Some faults of the same vendor, before the other clients: one for each way in which a request can end. */
    public static List<FaultCase> clients() {
        List<FaultCase> cases = new ArrayList<>();
        for (ClientFormat client : ClientFormat.values()) {
            if (client != ClientFormat.OPENAI) {
                cases.addAll(pair(VendorFormat.OPENAI, client, FaultSamples.endings()));
            }
        }
        return cases;
    }

    /** Those of the faults that a vendor can have, before a client: without a second hop, and as a stream with one that may go on. */
    public static List<FaultCase> pair(VendorFormat vendor, ClientFormat client, List<String> faults) {
        List<FaultCase> cases = new ArrayList<>();
        for (String fault : faults) {
            if (vendor.lacks(fault).isEmpty()) {
                cases.add(new FaultCase(fault, vendor, client, false, Way.NEVER));
                cases.add(new FaultCase(fault, vendor, client, true, Way.NEVER));
                if (!HARMLESS.contains(fault)) {
                    cases.add(new FaultCase(fault, vendor, client, true, Way.CONTINUED));
                }
            }
        }
        return cases;
    }

    /** The case of the main table that differs from this by who speaks what. */
    public FaultCase inMain() {
        return new FaultCase(fault, VendorFormat.OPENAI, ClientFormat.OPENAI, streamed, way);
    }

    /** The same before another client. */
    FaultCase by(ClientFormat other) {
        return new FaultCase(fault, vendor, other, streamed, way);
    }

    /** The route to ask for. */
    public String route() {
        return isolates() ? toString() : slug(deployment() + "-" + way);
    }

    /** Of the first hop. */
    String deployment() {
        return isolates() ? toString() : slug(fault + "-" + vendor);
    }

    /** Whether its deployment is left alone for a while after it, so that each case needs one of its own. */
    private boolean isolates() {
        return pauses() || fault.equals("401") || fault.equals("403");
    }

    /** Whether its account is paused after it. */
    boolean pauses() {
        return fault.startsWith("429");
    }

    /** Whether only a time-out ends it. */
    boolean hangs() {
        return fault.startsWith("stall") || fault.equals("slow-first-token~for=60s");
    }

    /** Whether it is long under way, and asks for little meanwhile. */
    public boolean slow() {
        return hangs() || fault.equals("slow-drip");
    }

    @Override
    public String toString() {
        return slug(fault + "-" + vendor + "-" + client + "-" + way + (streamed ? "-streamed" : "-whole"));
    }

    private static String slug(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
