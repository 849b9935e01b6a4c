package dev.laneway.chaos.cluster;

import dev.laneway.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One of the three servers: {@code ./laneway services} with the other two said to be elsewhere, on a folder of its own, behind a proxy.
 * One thread at a time.
 */
public final class ServerUnit {
    /** Which server. */
    public enum Kind {
        KAFKA("KAFKA_BOOTSTRAP_SERVERS"),
        POSTGRES("DATABASE_URL"),
        REDIS("REDIS_URL");

        private final String variable;

        Kind(String variable) {
            this.variable = variable;
        }
    }

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");
    private static final Map<Kind, String> ELSEWHERE = Map.of(
            Kind.KAFKA, "127.0.0.1:1",
            Kind.POSTGRES, "postgresql://nobody:none@127.0.0.1:1/none",
            Kind.REDIS, "redis://127.0.0.1:1");

    private final Kind kind;
    private final Path data;
    private final Path folder;
    private final FaultProxy proxy;
    private final Map<String, String> direct = new LinkedHashMap<>();
    private @Nullable Child child;

    /**
     * @param data where the server keeps its data
     * @param folder for logs
     */
    ServerUnit(Kind kind, Path data, Path folder) throws IOException {
        this.kind = kind;
        this.data = data;
        this.folder = folder;
        this.proxy = FaultProxy.open("127.0.0.1", 1);
    }

    /** Starts it, for the first time or again; the proxy stays where it is. Blocks until it answers. */
    public void start() throws IOException, InterruptedException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Kind other : Kind.values()) {
            if (other != kind) {
                environment.put(other.variable, Objects.requireNonNull(ELSEWHERE.get(other)));
            }
        }
        environment.put("LANEWAY_HOME", folder.resolve("home").toString());
        Child started = Child.start(
                kind.name(),
                List.of("-Dlaneway.kafka.advertised-port=" + proxy.port()),
                List.of("services", "--data-dir", data.toString()),
                environment,
                folder.resolve(kind.name().toLowerCase(java.util.Locale.ROOT) + ".log"),
                "ready"::equals);
        child = started;
        for (String line : started.awaitReady(START)) {
            int equals = line.indexOf('=');
            if (equals > 0 && (kind == Kind.KAFKA || line.startsWith(kind.variable))) {
                direct.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        for (Kind other : Kind.values()) {
            if (other != kind) {
                direct.remove(other.variable);
            }
        }
        Matcher address = ADDRESS.matcher(address());
        if (!address.find()) {
            throw new IOException(kind + " says no address");
        }
        proxy.target("127.0.0.1", Integer.parseInt(address.group(1)));
    }

    /** What a role's environment needs to reach it, through the proxy. */
    Map<String, String> environment() {
        Map<String, String> proxied = new LinkedHashMap<>(direct);
        proxied.put(kind.variable, ADDRESS.matcher(address()).replaceAll("127.0.0.1:" + proxy.port()));
        return proxied;
    }

    /** Where it really listens; holds its password. */
    public String address() {
        return Objects.requireNonNull(direct.get(kind.variable), kind + " was never ready");
    }

    /** Where it keeps its data. */
    public Path data() {
        return data;
    }

    public FaultProxy proxy() {
        return proxy;
    }

    /** The process that runs it. */
    public Child child() {
        return Objects.requireNonNull(child, "not started");
    }

    /** Ends it without giving it time for anything; what it keeps on its disk is kept. */
    public void kill() throws IOException, InterruptedException {
        switch (kind) {
            case KAFKA -> child().kill();
            // both beside the JVM of the command, which ends when they do
            case REDIS -> killBeside(data.resolve("redis/redis.pid"), "KILL");
            case POSTGRES -> killBeside(data.resolve("postgres/postmaster.pid"), "QUIT");
        }
    }

    private void killBeside(Path pidFile, String signal) throws IOException, InterruptedException {
        String pid = Files.readAllLines(pidFile, StandardCharsets.ISO_8859_1)
                .getFirst()
                .strip();
        Signals.send(signal, Long.parseLong(pid));
        if (!child().awaitEnd(STOP)) {
            child().kill();
        }
    }

    void endForcibly() {
        if (child != null) {
            child.endForcibly();
        }
    }

    void close() throws InterruptedException {
        proxy.close();
        if (child != null) {
            child.stop(STOP);
        }
    }
}
