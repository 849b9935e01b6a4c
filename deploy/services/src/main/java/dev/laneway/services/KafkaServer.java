package dev.laneway.services;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka broker and its controller inside this JVM: one node, on loopback, where each user has a password and {@link KafkaAcls}. */
final class KafkaServer implements Server {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaServer.class);
    /** A clean shutdown takes well under a second; after this long the log is left to the recovery of the next start. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration WATCH = Duration.ofSeconds(2);

    private final KafkaNode server;
    private final KafkaDirs dirs;
    private final CompletableFuture<String> dirLost = new CompletableFuture<>();
    private final String endpoint;
    private final KafkaExits exits;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private KafkaServer(KafkaNode server, KafkaDirs dirs, String endpoint, KafkaExits exits) {
        this.server = server;
        this.dirs = dirs;
        this.endpoint = endpoint;
        this.exits = exits;
    }

    static KafkaServer start(Site site) throws ServicesException, IOException, PassingObstacle, InterruptedException {
        DataFolder folder = site.folder();
        KafkaFolder.format(folder.kafkaDirs());
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
        KafkaUsers users = KafkaUsers.of(folder);
        Map<String, String> settings =
                KafkaSettings.of(folder.kafkaDirs(), users, port, folder.ports().take("kafka-controller"));
        settings.putAll(more);
        KafkaExits exits = KafkaExits.watch();
        KafkaServer server;
        try {
            KafkaNode node = new KafkaNode(settings, folder.kafkaDirs());
            server = new KafkaServer(node, folder.kafkaDirs(), "127.0.0.1:" + port, exits);
        } catch (RuntimeException e) {
            exits.close();
            throw explain(folder.kafka(), e);
        }
        try {
            server.startup();
            Thread.ofVirtual().name("kafka-local-watch").start(server::watchLocalDir);
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

    /** With one folder of two Kafka would go on, and requests of zone local would wait for ever. */
    private void watchLocalDir() {
        try {
            while (!stopped.get() && server.uses(dirs.local())) {
                Thread.sleep(WATCH);
            }
        } catch (InterruptedException e) {
            return;
        }
        if (!stopped.get()) {
            dirLost.complete("it cannot use " + dirs.local());
        }
    }

    @Override
    public CompletableFuture<String> failure() {
        return exits.wanted().applyToEither(dirLost, why -> {
            long left = dirs.main().toFile().getUsableSpace() >> 20;
            return "Kafka halted: " + why + ": see the log; " + left + " MiB are left on the disk of " + dirs.main();
        });
    }

    @Override
    public void stop() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        Thread shutdown = Thread.ofPlatform().daemon().name("kafka-stop").start(() -> {
            server.shutdown();
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
