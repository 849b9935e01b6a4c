package dev.laneway.e2e;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;

/** What a gateway counts, as Prometheus would read it. */
final class Metrics {
    private Metrics() {}

    /** The sum of all series of a metric that have the tags, each written {@code name="value"}; 0 where there are none. */
    static double of(Gateway gateway, String name, String... tags) throws Exception {
        String text = Http.send(HttpRequest.newBuilder(URI.create(gateway.management() + "/metrics"))
                        .build())
                .body();
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> List.of(tags).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
