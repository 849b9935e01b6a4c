package dev.laneway.services;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kafka broker and its controller inside this JVM, one node, plaintext on loopback. */
final class KafkaServer implements Server {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaServer.class);
    /** A clean shutdown of a folder this small takes well under a second; after this long the log is left to recovery. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaRaftServer server;
    private final String endpoint;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private KafkaServer(KafkaRaftServer server, String endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    static KafkaServer start(DataFolder folder, boolean ephemeral) throws ServicesException, IOException, PortTaken {
        KafkaFolder.check(folder);
        int port = folder.ports().take("kafka");
        int controllerPort = folder.ports().take("kafka-controller");
        format(folder.kafka());
        var config = new KafkaConfig(KafkaSettings.of(folder.kafka(), port, controllerPort, ephemeral), false);
        KafkaServer server = null;
        try {
            server = new KafkaServer(new KafkaRaftServer(config, Time.SYSTEM), "127.0.0.1:" + port);
            server.server.startup();
            return server;
        } catch (RuntimeException e) {
            if (server != null) {
                server.stop();
            }
            throw explain(folder, e);
        }
    }

    private static void format(Path folder) throws IOException {
        if (!Trees.isEmpty(folder)) {
            return;
        }
        Path fresh = folder.resolveSibling("kafka.new");
        Trees.delete(fresh);
        Files.createDirectories(fresh);
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setNodeId(KafkaSettings.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
                    .addDirectory(fresh.toString())
                    .setMetadataLogDirectory(fresh.toString())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("cannot format " + fresh, e);
        }
        Files.deleteIfExists(folder);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ServicesException explain(DataFolder folder, RuntimeException failure) throws PortTaken {
        Throwable root = failure;
        while (root.getCause() != null) {
            if (root instanceof BindException) {
                break;
            }
            root = root.getCause();
        }
        if (root instanceof BindException) {
            throw new PortTaken("Kafka: " + root.getMessage());
        }
        return new ServicesException(
                "Kafka cannot start on " + folder.kafka() + ": " + root.getMessage() + ": see the log", failure);
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public void stop() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        Thread shutdown = Thread.ofPlatform().daemon().name("kafka-shutdown").start(() -> {
            server.shutdown();
            server.awaitShutdown();
        });
        try {
            if (!shutdown.join(PATIENCE)) {
                LOG.warn(
                        "Kafka did not shut down within {} s; its log is checked at the next start",
                        PATIENCE.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
