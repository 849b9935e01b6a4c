package dev.laneway.e2e;

import java.io.IOException;
import java.util.List;

/** Server-sent events of OpenAI's chat completions, as a client reads them. */
final class Sse {
    private Sse() {}

    /** The data of each event, in order. */
    static List<String> data(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> line.substring("data:".length()).strip())
                .toList();
    }

    /** The text of all deltas. */
    static String text(List<String> data) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String frame : data) {
            if (!frame.equals("[DONE]")) {
                text.append(
                        Http.JSON.readTree(frame).at("/choices/0/delta/content").asText(""));
            }
        }
        return text.toString();
    }
}
