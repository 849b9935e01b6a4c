package dev.laneway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.laneway.provider.claims.ClaimStore;
import dev.laneway.provider.claims.RedisClaimStore;
import dev.laneway.runtime.kafka.StartMark;
import dev.laneway.runtime.meters.Meters;
import dev.laneway.runtime.redis.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Claims in a real Redis. */
@ExtendWith(SharedServers.class)
class RedisClaimStoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final Context context = vertx.getOrCreateContext();
    private final Meters meters = Meters.create();
    private final List<RedisLink> links = new ArrayList<>();
    private final ClaimStore.Key key = new ClaimStore.Key("req_1:0:0", System.currentTimeMillis() + 60_000);
    private Redis redis;
    private String url;
    private ClaimStore first;
    private ClaimStore second;

    @BeforeEach
    void open(SharedServers servers) throws Exception {
        url = servers.endpoints().redisUrl();
        redis = Redis.createClient(vertx, url);
        command(Command.FLUSHALL);
        first = store("w1");
        second = store("w2");
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
        meters.close();
    }

    private ClaimStore store(String incarnation) throws Exception {
        RedisLink link = on(() -> {
            RedisLink opened = RedisLink.open(vertx, url, incarnation, "test-" + incarnation, meters);
            return opened.tried().map(opened);
        });
        links.add(link);
        return new RedisClaimStore(context, link, incarnation);
    }

    private <T> T on(Supplier<Future<T>> step) throws Exception {
        return Future.<T>future(done -> context.runOnContext(v -> step.get().onComplete(done)))
                .await(20, TimeUnit.SECONDS);
    }

    private Response command(Command command, String... arguments) throws Exception {
        Request request = Request.cmd(command);
        for (String argument : arguments) {
            request.arg(argument);
        }
        return redis.send(request).await(20, TimeUnit.SECONDS);
    }

    private ClaimStore.Begun begin(ClaimStore store) throws Exception {
        return on(() -> store.begin(key, store.epoch(), 1_000));
    }

    @Test
    void shouldGrantAnAttemptOnce() throws Exception {
        ClaimStore.Begun granted = begin(first);

        ClaimStore.Begun taken = begin(second);

        assertThat(granted).isEqualTo(ClaimStore.Begun.GRANTED);
        assertThat(taken).isEqualTo(ClaimStore.Begun.TAKEN);
    }

    @Test
    void shouldGrantEachOfManyThatAreAskedTogetherOnce() throws Exception {
        List<Future<ClaimStore.Begun>> asked = new ArrayList<>();
        on(() -> {
            for (int i = 0; i < 3_000; i++) {
                ClaimStore.Key one = new ClaimStore.Key("req_" + i / 2 + ":0:0", key.deadline());
                ClaimStore store = i % 2 == 0 ? first : second;
                asked.add(store.begin(one, store.epoch(), 1_000));
            }
            return Future.all(asked);
        });

        assertThat(asked)
                .filteredOn(one -> one.result() == ClaimStore.Begun.GRANTED)
                .hasSize(1_500);
    }

    @Test
    void shouldTellWhoSentAndThatItLives() throws Exception {
        begin(first);

        ClaimStore.Seen seen = on(() -> second.look(key));

        assertThat(seen)
                .isEqualTo(new ClaimStore.Seen(
                        second.epoch(), new ClaimStore.Entry(ClaimStore.State.SENT, "w1", 1_000), true));
    }

    @Test
    void shouldTellThatAHolderIsDead() throws Exception {
        begin(first);
        on(links.get(0)::close);
        command(Command.DEL, "lw:alive:w1");

        assertThat(on(() -> second.look(key)).holderLives()).isFalse();
    }

    @Test
    void shouldSettleItsOwn() throws Exception {
        begin(first);

        on(() -> first.settled(key));

        assertThat(on(() -> second.look(key)).entry().state()).isEqualTo(ClaimStore.State.SETTLED);
    }

    @Test
    void shouldNotSettleWhatAnotherGaveUp() throws Exception {
        begin(first);
        on(() -> second.giveUp(key, new ClaimStore.Entry(ClaimStore.State.SENT, "w1", 1_000), 2_000));

        on(() -> first.settled(key));

        assertThat(on(() -> second.look(key)).entry())
                .isEqualTo(new ClaimStore.Entry(ClaimStore.State.UNKNOWN, "w2", 2_000));
    }

    @Test
    void shouldSettleWhatItGaveUpItself() throws Exception {
        on(() -> second.giveUp(key, null, 2_000));

        on(() -> second.settled(key));

        assertThat(on(() -> first.look(key)).entry().state()).isEqualTo(ClaimStore.State.SETTLED);
    }

    @Test
    void shouldNotGiveUpWhatHasChanged() throws Exception {
        begin(first);

        assertThat(on(() -> second.giveUp(key, null, 2_000))).isFalse();
    }

    @Test
    void shouldForgetWhatWasWithdrawn() throws Exception {
        begin(first);

        on(() -> first.withdraw(key));

        assertThat(begin(second)).isEqualTo(ClaimStore.Begun.GRANTED);
    }

    @Test
    void shouldNotWithdrawWhatAnotherSent() throws Exception {
        begin(first);

        on(() -> second.withdraw(key));

        assertThat(on(() -> second.look(key)).entry())
                .isEqualTo(new ClaimStore.Entry(ClaimStore.State.SENT, "w1", 1_000));
    }

    @Test
    void shouldGrantNobodyWhatIsReturned() throws Exception {
        boolean ours = on(() -> first.returning(key, 1_000));

        assertThat(ours).isTrue();
        assertThat(begin(first)).isEqualTo(ClaimStore.Begun.TAKEN);
        assertThat(begin(second)).isEqualTo(ClaimStore.Begun.TAKEN);
        assertThat(on(() -> second.look(key)).entry())
                .isEqualTo(new ClaimStore.Entry(ClaimStore.State.RETURNING, "w1", 1_000));
    }

    @Test
    void shouldReturnWhatItWithdraws() throws Exception {
        begin(first);

        boolean ours = on(() -> first.returning(key, 2_000));

        assertThat(ours).isTrue();
        assertThat(on(() -> second.look(key)).entry())
                .isEqualTo(new ClaimStore.Entry(ClaimStore.State.RETURNING, "w1", 2_000));
    }

    @Test
    void shouldNotReturnWhatAnotherSent() throws Exception {
        begin(first);

        boolean ours = on(() -> second.returning(key, 2_000));

        assertThat(ours).isFalse();
        assertThat(on(() -> second.look(key)).entry())
                .isEqualTo(new ClaimStore.Entry(ClaimStore.State.SENT, "w1", 1_000));
    }

    @Test
    void shouldReturnWhatItGaveUpItself() throws Exception {
        on(() -> first.giveUp(key, null, 1_000));

        boolean ours = on(() -> first.returning(key, 2_000));

        assertThat(ours).isTrue();
        assertThat(on(() -> second.look(key)).entry())
                .isEqualTo(new ClaimStore.Entry(ClaimStore.State.UNKNOWN, "w1", 1_000));
    }

    @Test
    void shouldSettleWhatIsReturned() throws Exception {
        on(() -> first.returning(key, 1_000));

        on(() -> first.settled(key));

        assertThat(on(() -> second.look(key)).entry().state()).isEqualTo(ClaimStore.State.SETTLED);
    }

    @Test
    void shouldKeepWhatIsReturnedUntilAWhileAfterItsDeadline() throws Exception {
        on(() -> first.returning(key, 1_000));

        String place = command(Command.KEYS, "lw:claims:*").get(0).toString();

        assertThat(command(Command.PTTL, place).toLong()).isBetween(120_000L, 200_000L);
    }

    @Test
    void shouldGrantWhatIsForgotten() throws Exception {
        on(() -> first.returning(key, 1_000));

        boolean still = on(() -> second.forget(key, new ClaimStore.Entry(ClaimStore.State.RETURNING, "w1", 1_000)));

        assertThat(still).isTrue();
        assertThat(begin(second)).isEqualTo(ClaimStore.Begun.GRANTED);
    }

    @Test
    void shouldNotForgetWhatHasChanged() throws Exception {
        on(() -> first.returning(key, 1_000));

        boolean still = on(() -> second.forget(key, new ClaimStore.Entry(ClaimStore.State.RETURNING, "w1", 999)));

        assertThat(still).isFalse();
        assertThat(begin(second)).isEqualTo(ClaimStore.Begun.TAKEN);
    }

    @Test
    void shouldGrantNothingOfAnEpochThatIsOver() throws Exception {
        String before = first.epoch();
        command(Command.FLUSHALL);

        ClaimStore.Begun begun = on(() -> first.begin(key, before, 1_000));

        assertThat(begun).isEqualTo(ClaimStore.Begun.OTHER_EPOCH);
        await().atMost(PATIENCE)
                .until(() -> !first.epoch().equals(before) && !first.epoch().equals(StartMark.NO_EPOCH));
    }

    @Test
    void shouldAgreeOnTheEpoch() {
        assertThat(first.epoch()).isEqualTo(second.epoch()).isNotEqualTo(StartMark.NO_EPOCH);
    }

    @Test
    void shouldKeepClaimsUntilAWhileAfterTheirDeadline() throws Exception {
        begin(first);

        String place = command(Command.KEYS, "lw:claims:*").get(0).toString();

        assertThat(command(Command.PTTL, place).toLong()).isBetween(120_000L, 200_000L);
    }

    @Test
    void shouldNotUseARedisThatMayEvict() throws Exception {
        command(Command.CONFIG, "SET", "maxmemory", "1gb");
        command(Command.CONFIG, "SET", "maxmemory-policy", "allkeys-lru");
        try {
            assertThat(store("w3").epoch()).isEqualTo(StartMark.NO_EPOCH);
        } finally {
            command(Command.CONFIG, "SET", "maxmemory", "0");
            command(Command.CONFIG, "SET", "maxmemory-policy", "noeviction");
        }
    }

    @Test
    void shouldBeAwayWhereThereIsNone() throws Exception {
        url = "redis://127.0.0.1:1";

        ClaimStore away = store("w3");

        assertThat(away.epoch()).isEqualTo(StartMark.NO_EPOCH);
        assertThat(away.heard()).isFalse();
    }
}
