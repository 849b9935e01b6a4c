package dev.laneway.accounting.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Groups;
import dev.laneway.contracts.Zone;
import dev.laneway.runtime.config.ConfigLoader;
import dev.laneway.runtime.config.ConfigResult;
import dev.laneway.runtime.config.Environment;
import dev.laneway.runtime.config.GatewayConfig;
import dev.laneway.runtime.config.Providers;
import dev.laneway.runtime.kafka.InheritedMarks.Inherited;
import dev.laneway.runtime.kafka.StartMark;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestorationTest {
    private static final GatewayConfig CONFIG = config();

    private final Map<String, Inherited> left = new HashMap<>();
    private Optional<GatewayConfig> inForce = Optional.of(CONFIG);
    private final Restoration restoration = new Restoration(
            (group, partitions) -> {
                Map<TopicPartition, Inherited> found = new HashMap<>();
                partitions.forEach(
                        partition -> found.put(partition, left.getOrDefault(group, new Inherited(0, 0, null))));
                return Future.succeededFuture(found);
            },
            topics -> {
                Map<String, Integer> counts = new HashMap<>();
                topics.forEach(topic -> counts.put(topic, 2));
                return Future.succeededFuture(counts);
            },
            () -> inForce);

    private static GatewayConfig config() {
        String text = "model_list: [{model_name: a, litellm_params: {model: openai/gpt-4o, api_key: os.environ/X}}]\n";
        ConfigResult result =
                new ConfigLoader(Providers.catalogue(), false).parse(text, "laneway.yaml", Environment.of(Map.of()));
        return ((ConfigResult.Valid) result).config();
    }

    private void workers(long position, long end, @Nullable StartMark mark) {
        left.put(Groups.workers(Zone.CLOUD), new Inherited(position, end, mark));
    }

    private boolean done() throws Exception {
        return restoration.done("e2").await(5, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 9, e1,   e2,   true, the worker told it what it had sent",
        "5, 9, e2,   none, true, all of it was begun in the new epoch",
        "9, 9, e1,   none, true, nothing is unfinished",
        "5, 9, e1,   none, false, something may have been sent that nobody told it",
        "5, 9, none, e1,   false, told another one"
    })
    void shouldWaitUntilWhatWasSentIsKnown(
            long position, long end, String epoch, String told, boolean expected, String why) throws Exception {
        workers(position, end, new StartMark(7, epoch, told));

        assertThat(done()).as(why).isEqualTo(expected);
    }

    @Test
    void shouldNotWaitForAPartitionThatNobodyEverRead() throws Exception {
        workers(0, 3, null);

        assertThat(done()).isTrue();
    }

    @Test
    void shouldWaitUntilTheFactsOfThenAreInTheLedger() throws Exception {
        left.put(Groups.ACCOUNTING, new Inherited(5, 8, null));
        assertThat(done()).isFalse();
        left.put(Groups.ACCOUNTING, new Inherited(7, 20, null));
        assertThat(done()).isFalse();
        left.put(Groups.ACCOUNTING, new Inherited(8, 30, null));

        assertThat(done()).as("the ends of when it was asked first count").isTrue();
    }

    @Test
    void shouldBeginAnewInAnotherEpoch() throws Exception {
        assertThat(done()).isTrue();
        left.put(Groups.ACCOUNTING, new Inherited(5, 8, null));

        assertThat(restoration.done("e3").await(5, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void shouldWaitForAConfig() throws Exception {
        inForce = Optional.empty();

        assertThat(done()).isFalse();
    }
}
