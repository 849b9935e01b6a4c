package dev.laneway.dialects.bedrock;

import java.util.Map;

/** A message of an event stream. */
final class EventFrame {
    private final Map<String, String> headers;
    private final byte[] payload;

    /**
     * @param headers those whose value is a text, by name: {@code :message-type}, {@code :event-type}, {@code :exception-type} and others
     * @param payload not copied
     */
    EventFrame(Map<String, String> headers, byte[] payload) {
        this.headers = headers;
        this.payload = payload;
    }

    /** A header's text; empty where there is none. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    byte[] payload() {
        return payload;
    }
}
