package dev.laneway.chaos.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A process that runs one of Laneway's commands, and the signals it can be sent. Any thread. */
public final class Child {
    private static final String MAIN = "dev.laneway.standalone.Main";
    private static final String HEAP = "-Xmx256m";
    private static final int LAST_WORDS = 12;

    private final String name;
    private final Process process;
    private final Path log;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final CompletableFuture<List<String>> ready = new CompletableFuture<>();

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts one; {@link #awaitReady} waits for it.
     *
     * @param jvm more options of its JVM
     * @param command the command line of {@code ./laneway}
     * @param environment beside this process's own, less what would change what is attacked
     * @param log what it prints on standard error is appended there
     * @param last tells the line that says it is ready
     */
    static Child start(
            String name,
            List<String> jvm,
            List<String> command,
            Map<String, String> environment,
            Path log,
            Predicate<String> last)
            throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(inherited());
        line.add(HEAP);
        line.addAll(jvm);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        line.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(Child::wouldChangeIt);
        builder.environment().putAll(environment);
        Child child = new Child(name, builder.start(), log);
        Thread.ofVirtual().name("output-of-" + name).start(() -> child.listen(last));
        return child;
    }

    /** The flags of the launcher, where it started this JVM; else such as make a start quick. */
    private static List<String> inherited() {
        List<String> ours = ManagementFactory.getRuntimeMXBean().getInputArguments();
        return ours.stream().anyMatch(argument -> argument.startsWith("-XX:AOTCache"))
                ? ours
                : List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow");
    }

    private static boolean wouldChangeIt(String variable) {
        return variable.endsWith("_API_KEY")
                || variable.startsWith("LANEWAY_")
                || variable.startsWith("LITELLM_")
                || variable.startsWith("KAFKA_")
                || variable.equals("DATABASE_URL")
                || variable.equals("REDIS_URL");
    }

    private void listen(Predicate<String> last) {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (!ready.isDone()) {
                    said.add(line);
                    if (last.test(line)) {
                        ready.complete(List.copyOf(said));
                    }
                }
            }
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
        ready.completeExceptionally(new IOException(name + " ended before it was ready; it said:\n" + lastWords()));
    }

    /** What it printed up to the line that says it is ready. */
    List<String> awaitReady(Duration patience) throws IOException, InterruptedException {
        try {
            return ready.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException(
                    name + " was not ready within " + patience.toSeconds() + " s; it said:\n" + lastWords(), e);
        }
    }

    public String name() {
        return name;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The end of what it printed on standard error. */
    public String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
        } catch (IOException e) {
            return "its log can't be read: " + e.getMessage();
        }
    }

    void endForcibly() {
        process.destroyForcibly();
    }

    /** {@code kill -9}, and waits for the end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Stops it as a scheduler that gives it no more time would. */
    public void freeze() throws IOException, InterruptedException {
        Signals.send("STOP", pid());
    }

    public void thaw() throws IOException, InterruptedException {
        Signals.send("CONT", pid());
    }

    /** Waits for an end that something else brings about. @return whether it came */
    public boolean awaitEnd(Duration patience) throws InterruptedException {
        return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** SIGTERM, and by force when the patience is over. @return whether it ended in good order */
    public boolean stop(Duration patience) throws InterruptedException {
        process.destroy();
        if (awaitEnd(patience)) {
            return process.exitValue() == 0;
        }
        kill();
        return false;
    }
}
