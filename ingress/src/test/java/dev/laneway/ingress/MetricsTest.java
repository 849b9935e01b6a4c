package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.contracts.FailureKind;
import dev.laneway.contracts.Reply;
import dev.laneway.ingress.meters.IngressMetric;
import dev.laneway.runtime.meters.MetricTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final TestIngress ingress = TestIngress.start();

    @AfterEach
    void close() {
        ingress.close();
    }

    @Test
    void shouldBalance() throws Exception {
        ingress.send(ingress.chat("smart", false));
        ingress.wholeAnswer(ingress.outbox.next().request().id(), "{}");
        ingress.send(ingress.chat("smart", false));
        ingress.failed(ingress.outbox.next().request().id(), FailureKind.SERVER_ERROR, 502, 0);
        ingress.send(ingress.chat("smart", false).header("x-laneway-timeout", "0.05"));
        ingress.outbox.next();
        RawClient leaving = new RawClient(ingress.port).chat(true);
        ingress.outbox.next();
        leaving.close();
        ingress.send(ingress.chat("smart", false));
        ingress.outbox.next();

        await().untilAsserted(() -> {
            assertThat(counter(IngressMetric.ACCEPTED)).isEqualTo(5);
            assertThat(counter(IngressMetric.COMPLETED)).isEqualTo(1);
            assertThat(counter(IngressMetric.EXPIRED)).isEqualTo(1);
            assertThat(counter(IngressMetric.FAILED, MetricTag.STATUS, 502)).isEqualTo(1);
            assertThat(counter(IngressMetric.CANCELLED, MetricTag.REASON, "client_gone"))
                    .isEqualTo(1);
            assertThat(ingress.inFlight).hasValue(1);
        });
    }

    @Test
    void shouldCountAnswersThatNeededAFallback() throws Exception {
        var pending = ingress.send(ingress.chat("smart", false));
        String id = ingress.outbox.next().request().id();

        ingress.reply(
                new Reply.Frame(id, id + ":1:1", 0, TestIngress.head(2, 1, "application/json"), TestIngress.END), "{}");

        assertThat(TestIngress.answer(pending).headers().firstValue("x-laneway-fallbacks"))
                .hasValue("1");
        assertThat(counter(IngressMetric.FALLBACKS)).isEqualTo(1);
    }

    @Test
    void shouldShowNoneOfWhatClientsSend() throws Exception {
        String body = TestIngress.body("secret-model-name", false).replace("hello", "secret-prompt");

        ingress.answer(ingress.post("/v1/chat/completions", body).header("x-api-key", "secret-key"));

        assertThat(ingress.meters.scrape()).contains("laneway_ingress_refused").doesNotContain("secret");
    }

    private double counter(IngressMetric name, Object... more) {
        Object[] tags = new Object[4 + more.length];
        tags[0] = MetricTag.ROUTE;
        tags[1] = "smart";
        tags[2] = MetricTag.LANE;
        tags[3] = "premium";
        System.arraycopy(more, 0, tags, 4, more.length);
        return ingress.count(name, tags);
    }
}
