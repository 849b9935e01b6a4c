package dev.laneway.e2e;

import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.database.DatabaseUrl;
import dev.laneway.runtime.kafka.KafkaAccess;
import dev.laneway.runtime.kafka.KafkaEnvironment;
import dev.laneway.runtime.role.RoleContext;
import dev.laneway.services.EmbeddedServices;
import dev.laneway.services.Endpoints;
import dev.laneway.services.ServicesConfig;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Kafka, PostgreSQL and Redis for tests: started once in a JVM, by the first test that asks, and stopped after the last. A test class
 * (or method) takes a parameter of type {@link SharedServers} and calls {@link #fresh()} when it needs an empty pipeline.
 */
public final class SharedServers implements ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(SharedServers.class);
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private record Started(EmbeddedServices services) implements AutoCloseable {
        @Override
        public void close() {
            services.close();
        }
    }

    private volatile EmbeddedServices services;

    /** Where the servers listen. */
    public Endpoints endpoints() {
        return services.endpoints();
    }

    /** A broker, and everybody's passwords. */
    static KafkaAccess kafka(EmbeddedServices services) {
        return KafkaEnvironment.read(
                Environment.of(services.environment()), services.endpoints().kafkaBootstrapServers());
    }

    /**
     * Servers without a trace of earlier tests: no topic of Laneway's, no group, a database of its own. To be called while no role
     * runs.
     */
    public RoleContext.Servers fresh() throws Exception {
        emptyBroker();
        return new RoleContext.Servers(
                kafka(services), newDatabase(), endpoints().redisUrl(), 4);
    }

    private void emptyBroker() throws Exception {
        try (Admin admin = Admin.create(Brokers.client(kafka(services)))) {
            Collection<String> topics = ours(admin);
            admin.deleteTopics(topics).all().get(30, TimeUnit.SECONDS);
            Awaitility.await().atMost(PATIENCE).until(() -> ours(admin).isEmpty());
            Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> noGroupIsLeft(admin));
        }
    }

    private static boolean noGroupIsLeft(Admin admin) throws Exception {
        List<String> groups = new ArrayList<>();
        for (GroupListing group : admin.listGroups().all().get(10, TimeUnit.SECONDS)) {
            groups.add(group.groupId());
        }
        for (ConsumerGroupDescription group : admin.describeConsumerGroups(groups)
                .all()
                .get(10, TimeUnit.SECONDS)
                .values()) {
            if (!group.members().isEmpty()) { // they were killed, and would be in it for a session yet
                admin.removeMembersFromConsumerGroup(group.groupId(), new RemoveMembersFromConsumerGroupOptions())
                        .all()
                        .get(10, TimeUnit.SECONDS);
            }
        }
        admin.deleteConsumerGroups(groups).all().get(10, TimeUnit.SECONDS);
        return true;
    }

    private static Set<String> ours(Admin admin) throws Exception {
        return admin.listTopics().names().get(10, TimeUnit.SECONDS).stream()
                .filter(name -> name.startsWith("lw."))
                .collect(Collectors.toSet());
    }

    private String newDatabase() throws Exception {
        String name = "test_" + DATABASES.incrementAndGet();
        String url = endpoints().databaseUrl();
        Vertx vertx = Vertx.vertx();
        try {
            PgConnection.connect(vertx, DatabaseUrl.parse(url).options())
                    .compose(connection -> connection
                            .query("create database " + name)
                            .execute()
                            .eventually(connection::close))
                    .await(20, TimeUnit.SECONDS);
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
        return url.substring(0, url.lastIndexOf('/') + 1) + name;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == SharedServers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Started started =
                context.getRoot().getStore(NAMESPACE).computeIfAbsent(Started.class, key -> start(), Started.class);
        services = started.services();
        return this;
    }

    private static Started start() {
        try {
            return new Started(EmbeddedServices.start(ServicesConfig.temporary()));
        } catch (Exception e) {
            throw new IllegalStateException("the servers of the tests can't start", e);
        }
    }
}
