package dev.laneway.dialects.contract;

import dev.laneway.contracts.TokenUsage;
import java.util.List;

/** What a client understands of an answer. {@code finish} is the caller's own word; {@code whole} that it saw the formal end. */
record Heard(
        String text,
        String reasoning,
        List<String> signatures,
        List<Call> calls,
        String finish,
        TokenUsage usage,
        String model,
        boolean whole,
        String error) {

    record Call(String id, String name, String arguments) {}
}
