package dev.laneway.provider.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laneway.contracts.Failure;
import dev.laneway.contracts.FailureKind;
import dev.laneway.provider.credentials.GoogleTokens.Fetched;
import dev.laneway.provider.credentials.GoogleTokens.Token;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoogleTokensTest {
    private static final long HOUR = 3_600_000;
    private static final Fetched AWAY = new Fetched.Failed(Failure.of(FailureKind.UNREACHABLE, "away"));

    private final ServiceAccount account = Accounts.account("https://tokens.example/token");
    private final List<Promise<Fetched>> asked = new ArrayList<>();
    private long now = 1_000_000;
    private final GoogleTokens tokens = new GoogleTokens(
            (who, at) -> {
                Promise<Fetched> answer = Promise.promise();
                asked.add(answer);
                return answer.future();
            },
            () -> now);

    @Test
    void shouldAskOnceForAllWhoWait() {
        Future<Token> first = tokens.token(account);
        Future<Token> second = tokens.token(account);

        grant(0, "t1");

        assertThat(asked).hasSize(1);
        assertThat(List.of(text(first), text(second))).containsExactly("t1", "t1");
    }

    @Test
    void shouldKeepAToken() {
        have("t1");
        now += HOUR - GoogleTokens.EARLY.toMillis() - 1;

        Future<Token> later = tokens.token(account);

        assertThat(text(later)).isEqualTo("t1");
        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldFetchTheNextWhileTheOldOneServes() {
        have("t1");
        now += HOUR - GoogleTokens.EARLY.toMillis();

        Future<Token> during = tokens.token(account);
        Future<Token> during2 = tokens.token(account);
        grant(1, "t2");
        Future<Token> after = tokens.token(account);

        assertThat(List.of(text(during), text(during2), text(after))).containsExactly("t1", "t1", "t2");
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldNotUseATokenAtItsEnd() {
        have("t1");
        now += HOUR - GoogleTokens.TOO_LATE.toMillis();

        Future<Token> last = tokens.token(account);

        assertThat(last.isComplete()).isFalse();
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldServeTheOldOneWhenTheNextCantBeHad() {
        have("t1");
        now += HOUR - GoogleTokens.EARLY.toMillis();
        tokens.token(account);
        asked.get(1).complete(AWAY);

        Future<Token> after = tokens.token(account);

        assertThat(text(after)).isEqualTo("t1");
    }

    @Test
    void shouldTellAFailureForAWhileBeforeItAsksAgain() {
        tokens.token(account);
        asked.getFirst().complete(AWAY);

        Future<Token> soon = tokens.token(account);
        now += GoogleTokens.QUIET.toMillis();
        Future<Token> later = tokens.token(account);

        assertThat(soon.result()).isEqualTo(new Token.Failed(Failure.of(FailureKind.UNREACHABLE, "away")));
        assertThat(later.isComplete()).isFalse();
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldDropATokenThatWasRefused() {
        have("t1");
        now += GoogleTokens.YOUNG.toMillis();

        tokens.refused(account, "Bearer t1");

        assertThat(tokens.token(account).isComplete()).isFalse();
    }

    @Test
    void shouldNotDropANewerTokenThanTheOneThatWasRefused() {
        have("t2");
        now += GoogleTokens.YOUNG.toMillis();

        tokens.refused(account, "Bearer t1");

        assertThat(text(tokens.token(account))).isEqualTo("t2");
    }

    @Test
    void shouldNotBlameAFreshToken() {
        have("t1");
        now += GoogleTokens.YOUNG.toMillis() - 1;

        tokens.refused(account, "Bearer t1");

        assertThat(text(tokens.token(account))).isEqualTo("t1");
    }

    @Test
    void shouldNotShowTokens() {
        assertThat(new Token.Got("secret") + " " + new Fetched.Granted("secret", 1) + " " + account)
                .doesNotContain("secret");
    }

    private void have(String token) {
        tokens.token(account);
        grant(0, token);
    }

    private void grant(int which, String token) {
        asked.get(which).complete(new Fetched.Granted(token, HOUR));
    }

    private static String text(Future<Token> token) {
        return token.result() instanceof Token.Got(String text) ? text : "none";
    }
}
