package dev.laneway.services;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka broker and its controller inside this JVM: one node, plaintext on loopback. */
final class KafkaServer implements Server {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaServer.class);
    /** A clean shutdown takes well under a second; after this long the log is left to the recovery of the next start. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaRaftServer server;
    private final Path folder;
    private final String endpoint;
    private final KafkaExits exits;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private KafkaServer(KafkaRaftServer server, Path folder, String endpoint, KafkaExits exits) {
        this.server = server;
        this.folder = folder;
        this.endpoint = endpoint;
        this.exits = exits;
    }

    static KafkaServer start(Site site) throws ServicesException, IOException, PassingObstacle, InterruptedException {
        DataFolder folder = site.folder();
        KafkaFolder.format(folder.kafka());
        if (KafkaFolder.wasKilled(folder.kafka())) {
            endSessionOfKilledBroker(folder);
        }
        return start(folder, folder.ports().take("kafka"), Map.of());
    }

    /**
     * The metadata log still holds the session of a broker that was killed, and its successor may not register before that
     * has run out: after 9 s. So a passing one with a short session takes over, and goes in good order.
     */
    private static void endSessionOfKilledBroker(DataFolder folder)
            throws ServicesException, IOException, PassingObstacle, InterruptedException {
        start(folder, folder.ports().take("kafka-recovery"), KafkaSettings.SHORT_SESSION)
                .stop();
    }

    private static KafkaServer start(DataFolder folder, int port, Map<String, String> more)
            throws ServicesException, IOException, PassingObstacle, InterruptedException {
        Map<String, String> settings =
                KafkaSettings.of(folder.kafka(), port, folder.ports().take("kafka-controller"));
        settings.putAll(more);
        KafkaExits exits = KafkaExits.watch();
        KafkaServer server;
        try {
            var raft = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            server = new KafkaServer(raft, folder.kafka(), "127.0.0.1:" + port, exits);
        } catch (RuntimeException e) {
            exits.close();
            throw explain(folder.kafka(), e);
        }
        try {
            server.startup();
            return server;
        } catch (ExecutionException e) {
            server.stop();
            throw explain(folder.kafka(), e);
        } catch (InterruptedException e) {
            server.stop();
            throw e;
        }
    }

    /** On a thread of its own, because a broker that halts leaves whoever starts it waiting. */
    private void startup() throws InterruptedException, ExecutionException {
        CompletableFuture<String> outcome = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("kafka-start").start(() -> {
            try {
                server.startup();
                outcome.complete("");
            } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
        String halted = outcome.applyToEither(exits.wanted(), why -> why).get();
        if (!halted.isEmpty()) {
            throw new ExecutionException(halted, new IllegalStateException(halted));
        }
    }

    private static ServicesException explain(Path folder, Throwable failure) throws PassingObstacle {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof BindException)) {
            root = root.getCause();
        }
        if (root instanceof BindException) {
            throw new PassingObstacle(String.valueOf(root.getMessage()));
        }
        String why = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
        return new ServicesException(
                "Kafka cannot start on " + folder + ": " + why
                        + ": see the log; restore the folder from a backup, or choose another with --data-dir",
                failure);
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public CompletableFuture<String> failure() {
        return exits.wanted().thenApply(why -> {
            long left = folder.toFile().getUsableSpace() >> 20;
            return "Kafka halted: " + why + ": see the log; " + left + " MiB are left on the disk of " + folder;
        });
    }

    @Override
    public void stop() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        Thread shutdown = Thread.ofPlatform().daemon().name("kafka-stop").start(() -> {
            server.shutdown();
            server.awaitShutdown();
            exits.close();
        });
        try {
            if (!shutdown.join(PATIENCE)) {
                LOG.warn("Kafka did not shut down within {} s; the next start checks its log", PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
