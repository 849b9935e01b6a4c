package dev.laneway.chaos.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * What a process holds.
 *
 * @param heapMib after a full collection
 * @param descriptors open files and sockets; 0 where the system does not say
 * @param span the largest of its sources' watermarks, in records
 */
public record Vitals(double heapMib, double descriptors, double span) {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Has the process collect its garbage, then looks. Blocks. */
    static Vitals read(Child child, URI management, HttpClient http) throws IOException, InterruptedException {
        Process collect = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(child.pid()),
                        "GC.run")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        collect.waitFor();
        String metrics = http.send(
                        HttpRequest.newBuilder(management.resolve("/metrics"))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return new Vitals(
                heap(metrics) / (1 << 20),
                descriptors(child.pid()),
                metrics.lines()
                        .filter(line -> line.startsWith("laneway_source_span"))
                        .mapToDouble(Vitals::value)
                        .max()
                        .orElse(0));
    }

    private static double heap(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes") && line.contains("area=\"heap\""))
                .mapToDouble(Vitals::value)
                .sum();
    }

    private static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }

    private static double descriptors(long pid) throws IOException {
        Path folder = Path.of("/proc", Long.toString(pid), "fd");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
