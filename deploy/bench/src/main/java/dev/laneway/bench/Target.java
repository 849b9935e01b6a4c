package dev.laneway.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process under load, started with this JVM's own flags and class path.
 *
 * @param name as the report calls it
 * @param process the process
 * @param uri of chat completions
 * @param key the API key it takes
 * @param startedAt {@link System#nanoTime} just before it was started
 */
record Target(String name, Process process, URI uri, String key, long startedAt) implements AutoCloseable {
    /** Starts a main class and waits for the line that says it is ready. */
    static Target start(
            String name, List<String> command, Map<String, String> environment, Pattern ready, String path, String key)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(ProcessHandle.current().info().command().orElse("java"));
        line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(Target::wouldChangeIt);
        builder.environment().putAll(environment);
        long startedAt = System.nanoTime();
        Process process = builder.start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String said = out.readLine(); said != null; said = out.readLine()) {
            Matcher matcher = ready.matcher(said);
            if (matcher.find()) {
                Thread.ofVirtual().start(() -> discard(process)); // or its pipe would fill
                return new Target(
                        name, process, URI.create("http://127.0.0.1:" + matcher.group(1) + path), key, startedAt);
            }
        }
        throw new IOException(name + " ended before it was ready");
    }

    private static void discard(Process process) {
        try {
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            return; // the process ended
        }
    }

    /** A provider's key or a server of the user's environment must not decide what is measured. */
    private static boolean wouldChangeIt(String variable) {
        return variable.endsWith("_API_KEY")
                || variable.startsWith("LANEWAY_")
                || variable.startsWith("LITELLM_")
                || variable.equals("KAFKA_BOOTSTRAP_SERVERS")
                || variable.equals("DATABASE_URL")
                || variable.equals("REDIS_URL");
    }

    /** The same process, asked with another key. */
    Target with(String other) {
        return new Target(name, process, uri, other, startedAt);
    }

    double cpuSeconds() {
        return ProcessProbe.cpuSeconds(process.toHandle());
    }

    /** Of the servers that it started as processes. */
    double serversCpuSeconds() {
        return ProcessProbe.childrenCpuSeconds(process.toHandle());
    }

    double pssMib() {
        return ProcessProbe.pssMib(process.toHandle());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
