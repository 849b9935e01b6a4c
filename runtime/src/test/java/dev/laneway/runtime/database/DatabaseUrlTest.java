package dev.laneway.runtime.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @Test
    void shouldReadEveryPart() {
        PgConnectOptions options = DatabaseUrl.parse("postgresql://ada:secret@db_1.internal:6432/ledger")
                .options();
        assertThat(options.getUser()).isEqualTo("ada");
        assertThat(options.getPassword()).isEqualTo("secret");
        assertThat(options.getHost()).isEqualTo("db_1.internal");
        assertThat(options.getPort()).isEqualTo(6432);
        assertThat(options.getDatabase()).isEqualTo("ledger");
        assertThat(options.getSslMode()).isEqualTo(SslMode.DISABLE);
    }

    @Test
    void shouldDecodePercentAndKeepPlus() {
        PgConnectOptions options =
                DatabaseUrl.parse("postgres://a%40b:p%3A%2F%3F+%25@h/n%20m").options();
        assertThat(options.getUser()).isEqualTo("a@b");
        assertThat(options.getPassword()).isEqualTo("p:/?+%");
        assertThat(options.getDatabase()).isEqualTo("n m");
    }

    @Test
    void shouldTakeAnAtSignInAPasswordThatNobodyEncoded() {
        PgConnectOptions options = DatabaseUrl.parse("postgresql://u:p@ss@h/n").options();
        assertThat(options.getPassword()).isEqualTo("p@ss");
        assertThat(options.getHost()).isEqualTo("h");
    }

    @Test
    void shouldFillInWhatIsMissing() {
        PgConnectOptions options = DatabaseUrl.parse("postgres://ada@[::1]").options();
        assertThat(options.getHost()).isEqualTo("::1");
        assertThat(options.getPort()).isEqualTo(5432);
        assertThat(options.getDatabase()).isEqualTo("ada");
        assertThat(options.getPassword()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "disable, DISABLE",
        "allow, ALLOW",
        "prefer, PREFER",
        "require, REQUIRE",
        "verify-ca, VERIFY_CA",
        "verify-full, VERIFY_FULL"
    })
    void shouldKnowEverySslMode(String text, SslMode mode) {
        assertThat(DatabaseUrl.parse("postgres://u:p@h/n?sslmode=" + text)
                        .options()
                        .getSslMode())
                .isEqualTo(mode);
    }

    @Test
    void shouldCheckTheHostNameOnlyWhereAsked() {
        PgConnectOptions full =
                DatabaseUrl.parse("postgres://u:p@h/n?sslmode=verify-full").options();
        PgConnectOptions some =
                DatabaseUrl.parse("postgres://u:p@h/n?sslmode=require").options();
        assertThat(full.getSslOptions().getHostnameVerificationAlgorithm()).isEqualTo("HTTPS");
        assertThat(full.getSslOptions().isTrustAll()).isFalse();
        assertThat(some.getSslOptions().isTrustAll()).isTrue();
    }

    @Test
    void shouldNameParametersThatItIgnores() {
        assertThat(DatabaseUrl.parse("postgres://u:p@h/n?schema=public&connection_limit=10&sslmode=prefer")
                        .ignored())
                .containsExactly("schema", "connection_limit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u:hidden@h/n",
                "postgresql://hidden",
                "postgresql://u:hidden@/n",
                "postgresql://u:hidden@h:port/n",
                "postgresql://u:hidden@h:99999/n",
                "postgresql://u:hidden%zz@h/n",
                "postgresql://u:hidden@h/n?sslmode=maybe"
            })
    void shouldRefuseInOneLineWithoutThePassword(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DATABASE_URL ")
                .hasMessageNotContaining("hidden")
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldPrintWithoutUserAndPassword() {
        assertThat(DatabaseUrl.parse("postgres://ada:hidden@h/n")).hasToString("h:5432/n");
    }
}
