package dev.laneway.services;

import dev.laneway.contracts.Principal;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a role does with the three servers, in its simplest form. */
record Clients(Endpoints endpoints, Map<String, String> kafka) {
    static Clients of(EmbeddedServices services) {
        return new Clients(services.endpoints(), services.kafkaClient(Principal.ADMIN));
    }

    void createTopic(String topic) throws Exception {
        try (Admin admin = Admin.create(new HashMap<String, Object>(kafka))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(10, TimeUnit.SECONDS);
        }
    }

    /** Returns when the broker has acknowledged. */
    void produce(String topic, String value) throws Exception {
        produce(topic, value, Duration.ofSeconds(10));
    }

    void produce(String topic, String value, Duration patience) throws Exception {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        settings.put("max.block.ms", Long.toString(patience.toMillis()));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(10, TimeUnit.SECONDS);
        }
    }

    /** What a classic consumer group that never committed reads within ten seconds, or as soon as there is anything. */
    List<String> consume(String topic, String group) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putAll(Map.of(
                "group.id", group,
                "group.protocol", "classic",
                "session.timeout.ms", "6000",
                "auto.offset.reset", "earliest"));
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic));
            for (int i = 0; i < 100 && values.isEmpty(); i++) {
                consumer.poll(Duration.ofMillis(100)).forEach(message -> values.add(message.value()));
            }
            consumer.commitSync();
        }
        return values;
    }

    Connection connect() throws SQLException {
        URI url = URI.create(endpoints.databaseUrl());
        String[] user = url.getUserInfo().split(":");
        return connect(user[1]);
    }

    Connection connect(String password) throws SQLException {
        URI url = URI.create(endpoints.databaseUrl());
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), "laneway", password);
    }

    /** The one-line answer to a command, after a login. */
    String redis(String command) throws Exception {
        URI url = URI.create(endpoints.redisUrl());
        return rawRedis("AUTH " + url.getUserInfo().replace(':', ' ') + "\r\n" + command)
                .replaceFirst("^\\+OK\r\n", "");
    }

    String rawRedis(String commands) throws Exception {
        URI url = URI.create(endpoints.redisUrl());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write((commands + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.replaceFirst("\\+OK\r\n$", "").strip();
        }
    }
}
