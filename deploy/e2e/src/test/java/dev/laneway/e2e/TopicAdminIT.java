package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laneway.contracts.Principal;
import dev.laneway.runtime.kafka.KafkaSettings;
import dev.laneway.runtime.topology.TopicAdmin;
import dev.laneway.runtime.topology.TopicSpec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Topics made over a real broker. */
@ExtendWith(SharedServers.class)
class TopicAdminIT {
    @Test
    void shouldNotWaitForABrokerThatRefusesItsPassword(SharedServers shared) throws Exception {
        KafkaSettings kafka = shared.fresh().kafka().as(Principal.INGRESS);
        Map<String, String> guess = new HashMap<>(kafka.security());
        guess.compute("sasl.jaas.config", (name, jaas) -> jaas.replaceFirst("password=\"[^\"]+", "password=\"guess"));
        Vertx vertx = Vertx.vertx();
        try (TopicAdmin admin =
                TopicAdmin.open(vertx, new KafkaSettings(kafka.bootstrapServers(), "ingress", guess), "guesser")) {
            assertThatThrownBy(() -> admin.await(Set.of("lw.control")).await(30, TimeUnit.SECONDS))
                    .isInstanceOf(SaslAuthenticationException.class)
                    .hasMessageNotContaining("guess");
        } finally {
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldMakeTopicsBesideOthersWhoMakeTheSame(SharedServers shared) throws Exception {
        KafkaSettings kafka = Brokers.operator(shared.fresh().kafka());
        List<TopicSpec> specs = List.of(
                new TopicSpec("lw.test.state", 1, Duration.ZERO),
                new TopicSpec("lw.test.work", 3, Duration.ofHours(1)));
        Vertx vertx = Vertx.vertx();
        List<TopicAdmin> admins = new ArrayList<>();
        try {
            List<Future<Void>> makers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                TopicAdmin admin = TopicAdmin.open(vertx, kafka, "maker-" + i);
                admins.add(admin);
                makers.add(admin.ensure(specs));
            }

            Future.all(makers).await(30, TimeUnit.SECONDS);

            Map<String, Integer> made = admins.getFirst()
                    .partitions(List.of("lw.test.state", "lw.test.work"))
                    .await(10, TimeUnit.SECONDS);
            assertThat(made).containsOnly(Map.entry("lw.test.state", 1), Map.entry("lw.test.work", 3));
        } finally {
            admins.forEach(TopicAdmin::close);
            vertx.close().await(10, TimeUnit.SECONDS);
        }
    }
}
