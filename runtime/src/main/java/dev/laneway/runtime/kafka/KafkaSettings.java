package dev.laneway.runtime.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * How to reach the broker as one of its users ({@link KafkaAccess} says which there are), and the client settings that the pipeline's
 * promises rest on.
 *
 * @param bootstrapServers {@code host:port}, comma-separated
 * @param user whom the broker will see; empty where it is the same for all of this process
 * @param security client properties of TLS and SASL, empty for a plain broker; they may hold a password
 */
public record KafkaSettings(String bootstrapServers, String user, Map<String, String> security) {
    /** The broker forgets a member that it has not heard of for so long. */
    static final int SESSION_TIMEOUT_MILLIS = 8_000;

    private static final int REQUEST_PATH_DELIVERY_MILLIS = 2_000;
    /** Room for the largest event: a body piece or a body that travels whole, and its envelope. */
    private static final int MAX_RECORD_BYTES = 1_000_000;

    private static final int GATHERED_BYTES = 256 << 10;

    public KafkaSettings {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers");
        Objects.requireNonNull(user, "user");
        security = Map.copyOf(security);
    }

    public static KafkaSettings plain(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, "", Map.of());
    }

    /** A name for what is shared in this JVM by who has this name and is the same user. */
    String shared(String name) {
        return user.isEmpty() ? name : name + "@" + user;
    }

    /** Leaves the properties out: they may hold a password. */
    @Override
    public String toString() {
        return "KafkaSettings[" + shared(bootstrapServers) + "]";
    }

    /**
     * A producer that favours latency: acknowledged by all replicas, one request in flight, which batches by itself under load, and
     * a failure within two seconds.
     */
    Map<String, String> latencyProducer(String clientId) {
        Map<String, String> config = producer(clientId);
        config.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "1500");
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, String.valueOf(REQUEST_PATH_DELIVERY_MILLIS));
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "1000");
        return config;
    }

    /** A producer that must not lose what it was given while a broker restarts: it tries for two minutes. */
    Map<String, String> patientProducer(String clientId) {
        Map<String, String> config = producer(clientId);
        config.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "120000");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, "60000");
        return config;
    }

    /** A member of a group: classic protocol, cooperative, from the start of the log where the group has no offset. */
    Map<String, Object> groupConsumer(String clientId, String group) {
        Map<String, Object> config = consumer(clientId);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, String.valueOf(SESSION_TIMEOUT_MILLIS));
        config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, "2000");
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        // a commit blocks the thread that polls, for as long as this with the broker away
        config.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "5000");
        return config;
    }

    /** The same for a reader whom nobody waits for: records come many at a time, a little later. */
    Map<String, Object> gatheringConsumer(String clientId, String group) {
        Map<String, Object> config = groupConsumer(clientId, group);
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, String.valueOf(GATHERED_BYTES));
        config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "250");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        return config;
    }

    /** A reader of given partitions, without a group. */
    public Map<String, Object> assignedConsumer(String clientId) {
        Map<String, Object> config = consumer(clientId);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return config;
    }

    /** For an admin client. */
    public Map<String, Object> admin(String clientId) {
        Map<String, Object> config = new HashMap<>(security);
        config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000");
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "15000");
        return config;
    }

    private Map<String, String> producer(String clientId) {
        Map<String, String> config = common(clientId);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class.getName());
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(MAX_RECORD_BYTES));
        return config;
    }

    private Map<String, Object> consumer(String clientId) {
        Map<String, Object> config = new HashMap<>(common(clientId));
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class.getName());
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, "1");
        config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "500");
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        config.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, "30000");
        return config;
    }

    private Map<String, String> common(String clientId) {
        Map<String, String> config = new HashMap<>(security);
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        config.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, "50");
        config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000");
        config.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, "50");
        return config;
    }
}
