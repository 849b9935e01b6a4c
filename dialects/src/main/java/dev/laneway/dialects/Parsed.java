package dev.laneway.dialects;

import dev.laneway.contracts.Failure;
import dev.laneway.dialects.neutral.ChatRequest;

/** A request body, read whole. */
public sealed interface Parsed {

    record Request(ChatRequest request) implements Parsed {}

    record Unreadable(Failure failure) implements Parsed {}
}
