package dev.laneway.standalone.prove;

import com.fasterxml.jackson.databind.JsonNode;
import dev.laneway.contracts.Attempt;
import dev.laneway.contracts.Dialect;
import dev.laneway.contracts.Event;
import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Hop;
import dev.laneway.contracts.Plan;
import dev.laneway.contracts.ReplyAddress;
import dev.laneway.contracts.Request;
import dev.laneway.contracts.RequestDraft;
import dev.laneway.contracts.RequestIds;
import dev.laneway.contracts.Topics;
import dev.laneway.contracts.WorkClass;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.codec.EventCodec;
import dev.laneway.runtime.config.Deployment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Route;
import dev.laneway.standalone.prove.Proof.Attack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Attacks the third fence: puts attempt events that no router made into the topics of work that stays inside, each naming a deployment
 * outside. Whoever can write to the broker could do so. Blocks; one thread.
 */
final class Forger {
    private static final EventCodec<Attempt> ATTEMPTS = EventCodec.of(Attempt.class);
    private static final byte[] BODY = "{\"messages\":[{\"role\":\"user\",\"content\":\"Does this stay inside?\"}]}"
            .getBytes(StandardCharsets.UTF_8);

    private final Rehearsed system;
    private final Stage stage;
    private final GatewayConfig config;
    private final TraceReader traces;

    Forger(Rehearsed system, Stage stage, GatewayConfig config, TraceReader traces) {
        this.system = system;
        this.stage = stage;
        this.config = config;
        this.traces = traces;
    }

    /** Two events for each route that stays inside; none where the config has no deployment outside to name. */
    List<Attack> attackAll() throws IOException, InterruptedException, ExecutionException {
        stage.play(Scenario.ALL_ANSWER);
        List<Attack> attacks = new ArrayList<>();
        Optional<Deployment> target = config.deployments().values().stream()
                .filter(deployment -> deployment.zone() == Zone.CLOUD)
                .findFirst();
        if (target.isEmpty()) {
            return attacks;
        }
        Map<String, Object> producing = new HashMap<>(system.kafka());
        producing.put("acks", "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(producing, new StringSerializer(), new ByteArraySerializer())) {
            for (Route route : config.routes().values()) {
                Optional<String> account = route.zone() == Zone.LOCAL ? account(route) : Optional.empty();
                if (account.isPresent()) {
                    String own = account.get();
                    String others = target.get().account();
                    attacks.add(attack(producer, route, own, target.get(), own, "in the name of the topic's account"));
                    attacks.add(attack(producer, route, own, target.get(), others, "in the name of its own account"));
                }
            }
        }
        return attacks;
    }

    private Optional<String> account(Route route) {
        return route.chain().stream()
                .flatMap(hop -> hop.deployments().stream())
                .map(id -> Objects.requireNonNull(config.deployments().get(id)))
                .map(Deployment::account)
                .findFirst();
    }

    private Attack attack(
            KafkaProducer<String, byte[]> producer,
            Route route,
            String topicAccount,
            Deployment target,
            String claimed,
            String how)
            throws IOException, InterruptedException, ExecutionException {
        Attempt forged = forge(route, target, claimed);
        String topic = Topics.attempts(Zone.LOCAL, topicAccount, route.lane(), WorkClass.INTERACTIVE);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, forged.requestId(), BODY);
        record.headers().add(Event.HEADER, ATTEMPTS.encode(forged));
        producer.send(record).get();
        JsonNode trace = traces.read(forged.requestId());
        List<SeenCall> calls = stage.calls(forged.requestId());
        boolean refused = TraceReader.says(trace, "failure=" + FailureKind.ZONE_REFUSED.id());
        return new Attack(
                route.name(),
                "an attempt for a deployment outside, " + how,
                topic,
                target.account() + " " + target.vendorModel(),
                forged.requestId(),
                refused && calls.isEmpty(),
                outcome(refused, calls),
                calls,
                trace);
    }

    private static String outcome(boolean refused, List<SeenCall> calls) {
        if (!calls.isEmpty()) {
            return "it was called";
        }
        return refused ? "refused by the worker, nobody was called" : "nobody was called, but no refusal was seen";
    }

    private Attempt forge(Route route, Deployment target, String claimedAccount) {
        long now = System.currentTimeMillis();
        Request request = new RequestDraft()
                .id(RequestIds.next(now))
                .owner("prove")
                .route(Prover.models(route).getFirst())
                .lane(route.lane())
                .zone(Zone.LOCAL)
                .workClass(WorkClass.INTERACTIVE)
                .dialect(Dialect.OPENAI_CHAT)
                .inputTokens(10)
                .acceptedAt(now)
                .deadline(now + 30_000)
                .reply(new ReplyAddress(Topics.replies(Zone.LOCAL), 0))
                .configVersion(config.version())
                .build();
        Hop hop = new Hop(target.group(), List.of(target.id()));
        Plan plan = new Plan(config.version(), List.of(hop), 0, false, 0, 1, 1, 1, 0, List.of(), null, List.of(), 0);
        return new Attempt(request, plan, 0, 0, target.id(), claimedAccount, 0, now);
    }
}
