package dev.laneway.services;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/**
 * How the embedded broker is set, by the names of Kafka 4.3's broker configuration: one node, little memory, little idle CPU.
 *
 * <p>Durability: flushing is left to the operating system, as Kafka recommends. An acknowledged record survives any end of
 * this process, {@code kill -9} included; the last seconds before a power cut or a kernel crash may be lost, because one node
 * has no replica that would still hold them. Whoever needs more runs a real cluster.
 */
final class KafkaSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    /** A system property: the port that clients are told to come to, where a proxy stands in front of the broker. */
    static final String ADVERTISED_PORT = "laneway.kafka.advertised-port";

    private static final String CLIENT_LISTENER = "CLIENTS";
    /** For a broker that lives only until its predecessor's session has run out. Milliseconds. */
    static final Map<String, String> SHORT_SESSION =
            Map.of("broker.session.timeout.ms", "500", "broker.heartbeat.interval.ms", "100");

    private KafkaSettings() {}

    static Map<String, String> of(KafkaDirs dirs, KafkaUsers users, int port, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        oneNode(settings, port, controllerPort);
        fenced(settings, users);
        singleReplicas(settings);
        smallFootprint(settings);
        settings.put("log.dirs", String.join(",", dirs.names()));
        settings.put("metadata.log.dir", dirs.main().toString());
        settings.put("auto.create.topics.enable", "false");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("metric.reporters", "");
        return settings;
    }

    private static void oneNode(Map<String, String> settings, int port, int controllerPort) {
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put(
                "listeners",
                CLIENT_LISTENER + "://127.0.0.1:" + port + "," + CONTROLLER_LISTENER + "://127.0.0.1:"
                        + controllerPort);
        settings.put(
                "advertised.listeners", CLIENT_LISTENER + "://127.0.0.1:" + Integer.getInteger(ADVERTISED_PORT, port));
    }

    /** Whoever has no password gets in nowhere, the controller's port among it; whoever has one may what {@link KafkaAcls} says. */
    private static void fenced(Map<String, String> settings, KafkaUsers users) {
        settings.put(
                "listener.security.protocol.map",
                CLIENT_LISTENER + ":SASL_PLAINTEXT," + CONTROLLER_LISTENER + ":SASL_PLAINTEXT");
        settings.put("sasl.enabled.mechanisms", KafkaUsers.MECHANISM);
        settings.put("sasl.mechanism.inter.broker.protocol", KafkaUsers.MECHANISM);
        settings.put("sasl.mechanism.controller.protocol", KafkaUsers.MECHANISM);
        settings.put(jaasOf(CLIENT_LISTENER), users.ofClients());
        settings.put(jaasOf(CONTROLLER_LISTENER), users.ofController());
        settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
        settings.put(StandardAuthorizer.ALLOW_EVERYONE_IF_NO_ACL_IS_FOUND_CONFIG, "false");
        settings.put(StandardAuthorizer.SUPER_USERS_CONFIG, users.superUsers());
    }

    private static String jaasOf(String listener) {
        return "listener.name." + listener.toLowerCase(Locale.ROOT) + ".plain.sasl.jaas.config";
    }

    private static void singleReplicas(Map<String, String> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "4");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "2");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
    }

    private static void smallFootprint(Map<String, String> settings) {
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        settings.put("group.coordinator.threads", "1");
        settings.put("share.coordinator.threads", "1");
        settings.put("num.recovery.threads.per.data.dir", "2");
        // The default of 128 MiB is allocated at start, for a control topic of some thousand keys.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20));
        settings.put("log.cleaner.io.buffer.size", Integer.toString(256 << 10));
        // Segments are deleted whole, so a topic keeps up to one beyond its retention.
        settings.put("log.segment.bytes", Integer.toString(128 << 20));
        settings.put("log.index.size.max.bytes", Integer.toString(1 << 20));
        // Two no-op records a second help only followers of the metadata log, of which there are none.
        settings.put("metadata.max.idle.interval.ms", "0");
    }
}
