package dev.laneway.accounting.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Control;
import dev.laneway.runtime.config.KeyGenerator;
import dev.laneway.runtime.config.SecretText;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MasterKeyKeeperTest {
    private final PublishedControl topic = new PublishedControl();
    private final Table table = new Table();
    private final List<String> shown = new ArrayList<>();
    private int generated;
    private boolean configured;
    private boolean brokerAway;

    /** Answers lost on the way are what {@code loseNext} is for: the row is there, the caller does not know. */
    private static final class Table implements MasterKeyStore {
        private Optional<String> row = Optional.empty();
        private boolean loseNext;

        @Override
        public Future<Optional<String>> find() {
            return Future.succeededFuture(row);
        }

        @Override
        public Future<Boolean> add(String sha256) {
            boolean added = row.isEmpty();
            if (added) {
                row = Optional.of(sha256);
            }
            if (loseNext) {
                loseNext = false;
                return Future.failedFuture("connection lost");
            }
            return Future.succeededFuture(added);
        }
    }

    private MasterKeyKeeper keeper() {
        return new MasterKeyKeeper(
                () -> Future.succeededFuture(configured),
                topic,
                entity -> {
                    if (brokerAway) {
                        return Future.failedFuture("away");
                    }
                    topic.put(entity);
                    return Future.succeededFuture();
                },
                table,
                () -> new SecretText("key-" + ++generated),
                key -> shown.add(key.reveal()));
    }

    private static String hash(String key) {
        return KeyGenerator.hash(new SecretText(key));
    }

    @Test
    void shouldStorePublishAndShowTheFirstKey() {
        assertThat(keeper().round().succeeded()).isTrue();

        assertThat(table.row).contains(hash("key-1"));
        assertThat(topic.masterKey()).contains(new Control.MasterKey(1, hash("key-1")));
        assertThat(shown).containsExactly("key-1");
    }

    @Test
    void shouldShowItOnceOnly() {
        MasterKeyKeeper keeper = keeper();
        keeper.round();
        keeper.round();
        keeper().round();

        assertThat(shown).containsExactly("key-1");
        assertThat(generated).isEqualTo(1);
    }

    @Test
    void shouldMakeNoneWhereOneIsConfigured() {
        configured = true;

        assertThat(keeper().round().succeeded()).isTrue();

        assertThat(generated).isZero();
        assertThat(topic.masterKey()).isEmpty();
    }

    @Test
    void shouldShowItWhenTheBrokerIsBack() {
        MasterKeyKeeper keeper = keeper();
        brokerAway = true;
        assertThat(keeper.round().failed()).isTrue();
        assertThat(shown).isEmpty();

        brokerAway = false;
        assertThat(keeper.round().succeeded()).isTrue();

        assertThat(shown).containsExactly("key-1");
    }

    @Test
    void shouldNotLoseTheKeyWithTheAnswerOfItsInsert() {
        MasterKeyKeeper keeper = keeper();
        table.loseNext = true;
        assertThat(keeper.round().failed()).isTrue();

        assertThat(keeper.round().succeeded()).isTrue();

        assertThat(shown).containsExactly("key-1");
        assertThat(topic.masterKey()).map(Control.MasterKey::sha256).contains(hash("key-1"));
    }

    @Test
    void shouldPublishWhatTheDatabaseHasWithoutShowing() {
        table.row = Optional.of(hash("earlier"));

        keeper().round();

        assertThat(topic.masterKey()).contains(new Control.MasterKey(1, hash("earlier")));
        assertThat(shown).isEmpty();
    }

    @Test
    void shouldStoreWhatTheTopicHas() {
        topic.put(new Control.MasterKey(1, hash("earlier")));

        keeper().round();

        assertThat(table.row).contains(hash("earlier"));
        assertThat(generated).isZero();
    }
}
