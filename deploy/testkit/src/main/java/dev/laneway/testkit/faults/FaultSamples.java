package dev.laneway.testkit.faults;

import java.util.List;

/** Every fault, by the name and options under which it is to be tried; in the order in which an answer comes into being. */
public final class FaultSamples {
    private static final List<String> ALL = List.of(
            "400",
            "401",
            "403",
            "404",
            "408",
            "413",
            "429~retry-after=2",
            "429~retry-after=none",
            "500",
            "503",
            "529",
            "context-window",
            "content-policy",
            "html-502",
            "stall-before-headers",
            "cut-before-headers",
            "reset-before-headers",
            "stall-after-headers",
            "cut-after-headers",
            "reset-after-headers",
            "html-200",
            "error-in-200",
            "empty-body",
            "empty",
            "no-choices",
            "not-streamed",
            "slow-first-token~for=60s",
            "error-mid-stream~at=0",
            "stall",
            "cut",
            "reset",
            "truncated-json",
            "error-mid-stream",
            "slow-first-token~for=500",
            "slow-drip",
            "stall~for=300ms",
            "huge-chunk~characters=100000",
            "duplicate-chunk",
            "no-finish",
            "no-end",
            "no-usage",
            "refusal",
            "content-filter");

    private static final List<String> ENDINGS = List.of(
            "400",
            "401",
            "413",
            "429~retry-after=2",
            "500",
            "503",
            "context-window",
            "content-policy",
            "stall-before-headers",
            "cut-before-headers",
            "empty",
            "html-200",
            "stall",
            "cut",
            "truncated-json",
            "error-mid-stream");

    private FaultSamples() {}

    public static List<String> all() {
        return ALL;
    }

    /** One for each way in which a request can fail. */
    public static List<String> endings() {
        return ENDINGS;
    }
}
