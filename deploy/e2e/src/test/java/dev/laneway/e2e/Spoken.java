package dev.laneway.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** Wire formats of real clients, each by a path that answers only where the gateway speaks it. */
enum Spoken {
    CHAT("/v1/chat/completions"),
    MESSAGES("/v1/messages"),
    RESPONSES("/v1/responses"),
    GEMINI("/v1beta/models/any:generateContent"),
    OLLAMA("/api/chat");

    private final String path;

    Spoken(String path) {
        this.path = path;
    }

    /** Skips the test where the gateway doesn't speak it: a row for a client may be there before its format is. */
    void assumeBy(Gateway gateway) throws IOException, InterruptedException {
        // an unknown path is 404 in OpenAI's words; an empty body is refused otherwise where the path is known
        var response = Http.post(gateway, path, "{}");
        boolean known = response.statusCode() != 404 || !response.body().contains("unknown_url");
        assumeTrue(known, () -> "Laneway doesn't speak " + name() + " yet: " + response.body());
    }
}
