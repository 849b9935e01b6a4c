package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lane's policy says whether its requests outlive their clients. */
class DurableLaneTest {
    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    private String leave(String lanes) throws Exception {
        ingress.routes.put(TestConfig.load("""
                model_list:
                  - model_name: claude
                    litellm_params: {model: anthropic/claude-sonnet-4-5, api_key: os.environ/ANTHROPIC_API_KEY}
                routes: {smart: {lane: premium, chain: [claude]}}
                """ + lanes));
        RawClient client = new RawClient(ingress.port).chat(false);
        String id = ingress.outbox.next().request().id();
        client.close();
        await().until(() -> ingress.loops.getFirst().open() == 0);
        return id;
    }

    @Test
    void shouldNotCancelARequestOfADurableLane() throws Exception {
        leave("lanes: {premium: {privacy: cloud_allowed, durable: true}}\n");

        assertThat(ingress.outbox.signals).isEmpty();
    }

    @Test
    void shouldCancelARequestOfAnotherLane() throws Exception {
        String id = leave("lanes: {premium: {privacy: cloud_allowed}}\n");

        assertThat(ingress.outbox.signals).containsExactly(new Signal.Cancel(id));
    }
}
