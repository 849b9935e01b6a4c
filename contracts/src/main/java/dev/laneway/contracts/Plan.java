package dev.laneway.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is left to do for a request, and what was done: the state of the pipeline travels in its events.
 *
 * @param configVersion the config it was made from
 * @param hops the whole chain, in order
 * @param retries further tries of a hop before the next one
 * @param fallback whether a later hop may be tried at all
 * @param hop index of the hop in turn
 * @param tries calls made at that hop
 * @param attempts calls made at all hops
 * @param events attempts published at all hops, those that were returned uncalled among them; numbers the next attempt's try
 * @param replans how often it was made anew
 * @param passedOver deployments of the hop in turn not to take again, such as those of a paused account
 * @param best the most useful failure so far
 * @param kinds what failed so far, each kind once, in the order they were met
 * @param waits how often the request has waited at that hop for the end of a pause
 * @param continuation whether a stream that broke off may be continued by another attempt
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Plan(
        String configVersion,
        List<Hop> hops,
        int retries,
        boolean fallback,
        int hop,
        int tries,
        int attempts,
        int events,
        int replans,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> passedOver,
        @Nullable Failure best,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<FailureKind> kinds,
        int waits,
        boolean continuation) {
    public Plan {
        Objects.requireNonNull(configVersion, "configVersion");
        hops = List.copyOf(hops);
        passedOver = passedOver == null ? List.of() : List.copyOf(passedOver);
        kinds = kinds == null ? List.of() : List.copyOf(kinds);
    }

    /** A plan after which no stream is continued. */
    public Plan(
            String configVersion,
            List<Hop> hops,
            int retries,
            boolean fallback,
            int hop,
            int tries,
            int attempts,
            int events,
            int replans,
            List<String> passedOver,
            @Nullable Failure best,
            List<FailureKind> kinds,
            int waits) {
        this(
                configVersion,
                hops,
                retries,
                fallback,
                hop,
                tries,
                attempts,
                events,
                replans,
                passedOver,
                best,
                kinds,
                waits,
                false);
    }

    /** A plan of which nothing is done yet. */
    public static Plan untried(String configVersion, List<Hop> hops, int retries, boolean fallback) {
        return untried(configVersion, hops, retries, fallback, false);
    }

    /** A plan of which nothing is done yet. */
    public static Plan untried(
            String configVersion, List<Hop> hops, int retries, boolean fallback, boolean continuation) {
        return new Plan(
                configVersion, hops, retries, fallback, 0, 0, 0, 0, 0, List.of(), null, List.of(), 0, continuation);
    }
}
