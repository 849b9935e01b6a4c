package dev.laneway.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server$;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble.VerificationFlag;
import org.apache.kafka.raft.QuorumConfig;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * A broker and its controller, put together as Kafka's own {@link KafkaRaftServer} does it: that one keeps its parts to itself, and
 * {@link ZonePlacement} needs the broker's.
 */
final class KafkaNode {
    private final String placement;
    private final BrokerServer broker;
    private final ControllerServer controller;

    /** @param settings of the broker; {@link ZonePlacement} is added to them */
    KafkaNode(Map<String, String> settings, KafkaDirs dirs) {
        placement = ZonePlacement.addTo(settings);
        KafkaConfig config = new KafkaConfig(settings, false);
        SharedServer shared = shared(config, dirs);
        broker = new BrokerServer(shared);
        controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), bootstrap(dirs));
        ZonePlacement.open(placement, broker, dirs);
    }

    private static SharedServer shared(KafkaConfig config, KafkaDirs dirs) {
        MetaPropertiesEnsemble ensemble = ensemble(dirs);
        List<String> voters = config.quorumConfig().voters();
        return new SharedServer(
                config,
                ensemble,
                Time.SYSTEM,
                Server$.MODULE$.initializeMetrics(
                        config, Time.SYSTEM, ensemble.clusterId().orElseThrow()),
                CompletableFuture.completedFuture(QuorumConfig.parseVoterConnections(voters)),
                QuorumConfig.parseBootstrapServers(config.quorumConfig().bootstrapServers()),
                new StandardFaultHandlerFactory(),
                ServerSocketFactory.INSTANCE);
    }

    private static MetaPropertiesEnsemble ensemble(KafkaDirs dirs) {
        try {
            MetaPropertiesEnsemble ensemble = new MetaPropertiesEnsemble.Loader()
                    .addLogDirs(dirs.names())
                    .addMetadataLogDir(dirs.main().toString())
                    .load();
            ensemble.verify(
                    Optional.empty(),
                    OptionalInt.of(KafkaSettings.NODE_ID),
                    EnumSet.of(VerificationFlag.REQUIRE_AT_LEAST_ONE_VALID, VerificationFlag.REQUIRE_METADATA_LOG_DIR));
            return ensemble;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BootstrapMetadata bootstrap(KafkaDirs dirs) {
        try {
            return new BootstrapDirectory(dirs.main().toString()).read();
        } catch (Exception e) {
            throw new IllegalStateException("the first records of the metadata log cannot be read", e);
        }
    }

    void startup() {
        controller.startup();
        KafkaFence.build(controller);
        broker.startup();
    }

    /** Returns when both have stopped. */
    void shutdown() {
        broker.shutdown();
        controller.shutdown();
        broker.awaitShutdown();
        controller.awaitShutdown();
        ZonePlacement.close(placement);
    }

    /** Whether the broker, once started, can still use the folder. Without the main one it halts; without another it would go on. */
    boolean uses(Path dir) {
        return broker.logManager().isLogDirOnline(dir.toString());
    }
}
