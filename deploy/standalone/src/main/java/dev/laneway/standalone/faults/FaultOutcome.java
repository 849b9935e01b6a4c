package dev.laneway.standalone.faults;

import java.util.List;
import java.util.Objects;

/**
 * What came of a case.
 *
 * @param client what the client got
 * @param calls how many calls vendors saw
 * @param log what the router logged of the request; deployments and the request are not named but by what they are
 */
public record FaultOutcome(FaultCase tried, String client, int calls, List<String> log) {
    public FaultOutcome {
        Objects.requireNonNull(tried, "tried");
        Objects.requireNonNull(client, "client");
        log = List.copyOf(log);
    }
}
