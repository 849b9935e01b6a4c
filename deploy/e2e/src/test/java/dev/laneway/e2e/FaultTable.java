package dev.laneway.e2e;

import dev.laneway.standalone.faults.ClientFormat;
import dev.laneway.standalone.faults.FaultCase;
import dev.laneway.standalone.faults.VendorFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every way in which the simulator fails, and what a client has to find then. */
final class FaultTable {
    /** What a client finds, where the route has nothing to fall back to. */
    sealed interface Ending {
        /** The answer, whole: the fault is none that a client has to know of. */
        record Good() implements Ending {}

        /** Before the first token: this status, and another hop where there is one. */
        record Refused(int status) implements Ending {}

        /** After the first token: the stream ends with an error, whatever other hops there are. */
        record Broken(boolean slow) implements Ending {}

        /** After the last token, without the end: the same, and nobody who might go on has anything to add. */
        record Lost() implements Ending {}
    }

    /** @param name as the simulator knows it, options included */
    record Fault(String name, Ending whole, Ending streamed) {}

    private static final Ending GOOD = new Ending.Good();

    private static final Ending LOST = new Ending.Lost();
    private static final Map<String, Fault> FAULTS =
            faults().stream().collect(Collectors.toMap(Fault::name, Function.identity()));

    private FaultTable() {}

    /** What a case has to end in: what its fault ends in with OpenAI's chat, but for what a vendor's format has otherwise. */
    static Ending ending(FaultCase tried) {
        Fault fault = FAULTS.get(tried.fault());
        if (tried.streamed()) {
            switch (tried.fault()) {
                case "not-streamed" -> {
                    // one line, and a whole answer
                    return tried.vendor() == VendorFormat.OLLAMA ? GOOD : fault.streamed();
                }
                case "no-end" -> {
                    return switch (tried.vendor()) {
                        case RESPONSES, OLLAMA -> LOST;
                        case OPENAI, ANTHROPIC, GEMINI, BEDROCK -> GOOD;
                    };
                }
                case "no-finish" -> {
                    return switch (tried.vendor()) {
                        case GEMINI, BEDROCK -> LOST;
                        case OPENAI, ANTHROPIC, RESPONSES, OLLAMA -> GOOD;
                    };
                }
                default -> {}
            }
        }
        return tried.streamed() ? fault.streamed() : fault.whole();
    }

    /** What a client's format calls the error of a status. */
    static String errorWord(ClientFormat client, int status) {
        return switch (client) {
            case OPENAI, RESPONSES ->
                switch (status) {
                    case 400, 413 -> "invalid_request_error ";
                    case 429 -> "rate_limit_error ";
                    case 502 -> "api_error ";
                    case 503 -> "service_unavailable ";
                    case 504 -> "timeout_error ";
                    default -> throw unexpected(status);
                };
            case ANTHROPIC ->
                switch (status) {
                    case 400 -> "invalid_request_error";
                    case 413 -> "request_too_large";
                    case 429 -> "rate_limit_error";
                    case 502 -> "api_error";
                    case 503 -> "overloaded_error";
                    case 504 -> "timeout_error";
                    default -> throw unexpected(status);
                };
            case GEMINI ->
                switch (status) {
                    case 400, 413 -> "INVALID_ARGUMENT ";
                    case 429 -> "RESOURCE_EXHAUSTED ";
                    case 502 -> "INTERNAL ";
                    case 503 -> "UNAVAILABLE ";
                    case 504 -> "DEADLINE_EXCEEDED ";
                    default -> throw unexpected(status);
                };
            case OLLAMA -> "(a sentence)";
        };
    }

    private static IllegalArgumentException unexpected(int status) {
        return new IllegalArgumentException("no error is expected to have status " + status);
    }

    static List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        faults.add(refused("400", 400));
        faults.add(refused("401", 502));
        faults.add(refused("403", 502));
        faults.add(refused("404", 400));
        faults.add(refused("408", 504));
        faults.add(refused("413", 413));
        faults.add(refused("429~retry-after=2", 429));
        faults.add(refused("429~retry-after=none", 429));
        faults.add(refused("500", 502));
        faults.add(refused("503", 503));
        faults.add(refused("529", 503));
        faults.add(refused("context-window", 400));
        faults.add(refused("content-policy", 400));
        faults.add(refused("error-in-200", 502));
        faults.add(refused("error-mid-stream~at=0", 502));
        faults.add(refused("html-200", 502));
        faults.add(refused("html-502", 502));
        faults.add(refused("empty-body", 502));
        faults.add(refused("empty", 502));
        faults.add(refused("no-choices", 502));
        faults.add(refused("slow-first-token~for=60s", 504));
        faults.add(refused("stall-before-headers", 504));
        faults.add(refused("stall-after-headers", 504));
        faults.add(refused("cut-before-headers", 502));
        faults.add(refused("cut-after-headers", 502));
        faults.add(refused("reset-before-headers", 502));
        faults.add(refused("reset-after-headers", 502));
        faults.add(broken("stall", 504));
        faults.add(broken("cut", 502));
        faults.add(broken("reset", 502));
        faults.add(broken("truncated-json", 502));
        faults.add(broken("error-mid-stream", 502));
        faults.add(new Fault("not-streamed", GOOD, new Ending.Refused(502)));
        // the last six: odd, but the vendor said that its answer was whole
        for (String fault : List.of(
                "slow-first-token~for=500",
                "slow-drip",
                "stall~for=300ms",
                "huge-chunk~characters=100000",
                "no-end",
                "no-finish",
                "no-usage",
                "duplicate-chunk",
                "refusal",
                "content-filter")) {
            faults.add(new Fault(fault, GOOD, GOOD));
        }
        return faults;
    }

    private static Fault refused(String name, int status) {
        return new Fault(name, new Ending.Refused(status), new Ending.Refused(status));
    }

    /** In the middle of a stream; of an answer that isn't streamed, nothing has gone out by then. */
    private static Fault broken(String name, int status) {
        return new Fault(name, new Ending.Refused(status), new Ending.Broken(status == 504));
    }
}
