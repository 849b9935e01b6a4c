package dev.laneway.bench;

import dev.laneway.services.EmbeddedServices;
import dev.laneway.services.ServicesConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.kafka.client.consumer.KafkaReadStream;
import io.vertx.kafka.client.producer.KafkaProducer;
import io.vertx.kafka.client.producer.KafkaWriteStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What a durable pipeline costs before it does anything: HTTP in, three topics, HTTP to the vendor, HTTP out; no parsing, no plan,
 * no facts. Its own process, with the embedded broker in it. {@code main(vendor's base URL)} prints {@code ready PORT}.
 */
public final class BareHops {
    private static final int PARTITIONS = 4;
    private static final List<String> TOPICS = List.of("bare.requests", "bare.attempts", "bare.replies");

    private final Map<String, HttpServerResponse> waiting = new HashMap<>();
    private final KafkaWriteStream<String, byte[]> sink;
    private final HttpClient vendor;
    private final RequestOptions call;
    private long nextId;

    private BareHops(Vertx vertx, Map<String, String> kafka, URI vendorUrl) {
        sink = KafkaProducer.<String, byte[]>createShared(vertx, "bare", producer(kafka))
                .asStream();
        vendor = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(1024));
        call = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(vendorUrl.getHost())
                .setPort(vendorUrl.getPort())
                .setURI(vendorUrl.getPath() + "/chat/completions")
                .putHeader("authorization", "Bearer bench")
                .putHeader("content-type", "application/json");
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) throws Exception {
        URI vendorUrl = URI.create(args[0]);
        try (EmbeddedServices services = EmbeddedServices.start(new ServicesConfig(
                Path.of("."), true, null, "postgresql://none:none@127.0.0.1:1/none", "redis://127.0.0.1:1"))) {
            Map<String, String> kafka = services.kafkaAdmin();
            try (Admin admin = Admin.create(new HashMap<String, Object>(kafka))) {
                admin.createTopics(TOPICS.stream()
                                .map(name -> new NewTopic(name, PARTITIONS, (short) 1))
                                .toList())
                        .all()
                        .get(30, TimeUnit.SECONDS);
            }
            Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
            CompletableFuture<Integer> port = new CompletableFuture<>();
            // everything on one event loop, as its maps want it
            vertx.runOnContext(v -> new BareHops(vertx, kafka, vendorUrl)
                    .start(vertx, kafka)
                    .onSuccess(port::complete)
                    .onFailure(port::completeExceptionally));
            System.out.println("ready " + port.get(30, TimeUnit.SECONDS));
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown));
            ended.await();
        }
    }

    private Future<Integer> start(Vertx vertx, Map<String, String> kafka) {
        return consume(vertx, kafka, TOPICS.get(0), record -> forward(TOPICS.get(1), record.key(), record.value()))
                .compose(done -> consume(vertx, kafka, TOPICS.get(1), this::callVendor))
                .compose(done -> consume(vertx, kafka, TOPICS.get(2), this::answer))
                .compose(done -> vertx.createHttpServer()
                        .requestHandler(request -> request.body().onSuccess(body -> {
                            String id = Long.toString(nextId++);
                            waiting.put(id, request.response());
                            forward(TOPICS.get(0), id, body.getBytes());
                        }))
                        .listen(0, "127.0.0.1"))
                .map(server -> server.actualPort());
    }

    private void forward(String topic, String id, byte[] value) {
        sink.send(new ProducerRecord<>(topic, id, value));
    }

    private void callVendor(ConsumerRecord<String, byte[]> record) {
        vendor.request(call)
                .compose(request -> request.send(Buffer.buffer(record.value())))
                .compose(response -> response.body())
                .onSuccess(body -> forward(TOPICS.get(2), record.key(), body.getBytes()));
    }

    private void answer(ConsumerRecord<String, byte[]> record) {
        HttpServerResponse response = waiting.remove(record.key());
        if (response != null) {
            response.putHeader("content-type", "application/json").end(Buffer.buffer(record.value()));
        }
    }

    private static Future<Void> consume(
            Vertx vertx, Map<String, String> kafka, String topic, Consumer<ConsumerRecord<String, byte[]>> consumer) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("key.deserializer", StringDeserializer.class.getName());
        config.put("value.deserializer", ByteArrayDeserializer.class.getName());
        config.put("fetch.min.bytes", "1");
        config.put("auto.offset.reset", "earliest");
        KafkaReadStream<String, byte[]> stream = KafkaReadStream.create(vertx, config);
        stream.pollTimeout(Duration.ofMillis(50));
        stream.batchHandler(records -> records.forEach(consumer));
        return stream.assign(Set.copyOf(IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList()));
    }

    private static Map<String, String> producer(Map<String, String> kafka) {
        Map<String, String> config = new HashMap<>(kafka);
        config.put("key.serializer", StringSerializer.class.getName());
        config.put("value.serializer", ByteArraySerializer.class.getName());
        config.put("acks", "all");
        config.put("linger.ms", "0");
        config.put("max.in.flight.requests.per.connection", "1");
        return config;
    }
}
