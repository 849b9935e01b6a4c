package dev.laneway.accounting.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.accounting.control.ConfigPublisher.Round;
import dev.laneway.contracts.Control;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.GatewayConfig;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigPublisherTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

    private final PublishedControl topic = new PublishedControl();
    private final List<String> steps = new ArrayList<>();
    private Future<Void> topicsMade = Future.succeededFuture();
    private boolean brokerAway;

    private ConfigPublisher publisher() {
        return new ConfigPublisher(topic, this::publish, this::makeTopics, NOON);
    }

    private Future<Void> publish(Control entity) {
        steps.add("publish " + entity.version());
        if (brokerAway) {
            return Future.failedFuture("away");
        }
        topic.put(entity);
        return Future.succeededFuture();
    }

    private Future<Void> makeTopics(GatewayConfig config) {
        steps.add("topics of " + config.version());
        return topicsMade;
    }

    @Test
    void shouldPublishNothingBeforeAConfigIsWanted() {
        assertThat(publisher().round().result()).isEqualTo(new Round.Nothing());
        assertThat(steps).isEmpty();
    }

    @Test
    void shouldMakeTheTopicsFirst() {
        ConfigResult.Valid config = Configs.named("aaa");
        ConfigPublisher publisher = publisher();
        publisher.want(config);

        assertThat(publisher.round().result()).isEqualTo(new Round.Published(1, config));
        assertThat(steps).containsExactly("topics of aaa", "publish 1");
        assertThat(topic.config()).contains(new Control.Config(1, "aaa", "text of aaa", NOON.millis()));
    }

    @Test
    void shouldNotPublishWhileTheTopicsCanNotBeMade() {
        topicsMade = Future.failedFuture("away");
        ConfigPublisher publisher = publisher();
        publisher.want(Configs.named("aaa"));

        assertThat(publisher.round().failed()).isTrue();
        assertThat(steps).containsExactly("topics of aaa");

        topicsMade = Future.succeededFuture();
        assertThat(publisher.round().result()).isInstanceOf(Round.Published.class);
    }

    @Test
    void shouldPublishTheSameContentOnce() {
        ConfigPublisher publisher = publisher();
        publisher.want(Configs.named("aaa"));
        publisher.round();
        publisher.want(Configs.named("aaa"));

        assertThat(publisher.round().result()).isInstanceOf(Round.InForce.class);
        assertThat(steps).containsOnlyOnce("publish 1").doesNotContain("publish 2");
    }

    @Test
    void shouldMakeTheTopicsAgainAtAStartOverWhatIsInForce() {
        topic.put(new Control.Config(7, "aaa", "text of aaa", 1));
        ConfigPublisher publisher = publisher();
        publisher.want(Configs.named("aaa"));

        assertThat(publisher.round().result()).isInstanceOf(Round.InForce.class);
        assertThat(steps).containsExactly("topics of aaa");
    }

    @Test
    void shouldGoBackToAnEarlierContentWithANewVersion() {
        ConfigPublisher publisher = publisher();
        for (String name : List.of("aaa", "bbb", "aaa")) {
            publisher.want(Configs.named(name));
            publisher.round();
        }

        assertThat(topic.config()).map(Control.Config::version).contains(3L);
        assertThat(topic.config()).map(Control.Config::hash).contains("aaa");
    }

    @Test
    void shouldLeaveANewerVersionOfAnotherAccountingAlone() {
        ConfigPublisher publisher = publisher();
        publisher.want(Configs.named("old"));
        topic.put(new Control.Config(1, "new", "text of new", 1));

        assertThat(publisher.round().result()).isEqualTo(new Round.Superseded(1));
        assertThat(topic.config()).map(Control.Config::hash).contains("new");

        publisher.want(Configs.named("changed"));
        assertThat(publisher.round().result()).isInstanceOf(Round.Published.class);
        assertThat(topic.config()).map(Control.Config::version).contains(2L);
    }

    @Test
    void shouldNotGiveAVersionTwiceWhenTheBrokerDidNotAnswer() {
        ConfigPublisher publisher = publisher();
        publisher.want(Configs.named("aaa"));
        brokerAway = true;
        assertThat(publisher.round().failed()).isTrue();
        brokerAway = false;
        publisher.want(Configs.named("bbb"));
        topic.put(new Control.Config(1, "aaa", "text of aaa", 1)); // it had arrived after all

        assertThat(publisher.round().result()).isInstanceOf(Round.Published.class);
        assertThat(topic.config()).map(Control.Config::version).contains(2L);
        assertThat(topic.config()).map(Control.Config::hash).contains("bbb");
    }
}
