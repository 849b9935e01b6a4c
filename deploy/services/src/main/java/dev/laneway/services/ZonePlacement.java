package dev.laneway.services;

import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import kafka.server.BrokerServer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.server.policy.CreateTopicPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Gives data of zone local a folder of its own. The controller asks this policy before it makes a topic, whoever wants it; the broker,
 * which runs in the same JVM, is told then which folder each partition belongs in. It never refuses. Kafka's own ways come too late or
 * not at all: a topic can't be made in a folder, and moving fresh partitions fails now and then.
 *
 * <p>Public, with a public constructor, because Kafka makes it by its name.
 */
public final class ZonePlacement implements CreateTopicPolicy {
    private static final String KEY = "laneway.zone.placement";
    private static final Map<String, Broker> BROKERS = new ConcurrentHashMap<>();

    private @Nullable String name;

    private record Broker(BrokerServer server, KafkaDirs dirs) {}

    /** Makes a broker with these settings ask. @return the name to {@link #open} */
    static String addTo(Map<String, String> settings) {
        String name = UUID.randomUUID().toString();
        settings.put("create.topic.policy.class.name", ZonePlacement.class.getName());
        settings.put(KEY, name);
        return name;
    }

    static void open(String name, BrokerServer server, KafkaDirs dirs) {
        BROKERS.put(name, new Broker(server, dirs));
    }

    static void close(String name) {
        BROKERS.remove(name);
    }

    @Override
    public void configure(Map<String, ?> settings) {
        name = String.valueOf(settings.get(KEY));
    }

    @Override
    public void validate(RequestMetadata topic) {
        Broker broker = Objects.requireNonNull(BROKERS.get(Objects.requireNonNull(name)));
        String dir = broker.dirs().of(topic.topic()).toString();
        int partitions =
                topic.numPartitions() == null ? topic.replicasAssignments().size() : topic.numPartitions();
        for (int partition = 0; partition < partitions; partition++) {
            broker.server().logManager().maybeUpdatePreferredLogDir(new TopicPartition(topic.topic(), partition), dir);
        }
    }

    @Override
    public void close() {}
}
