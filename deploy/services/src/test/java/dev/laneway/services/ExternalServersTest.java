package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalServersTest {
    private static ServicesConfig config(String kafka, String database, String redis) {
        return new ServicesConfig(Path.of("/nonexistent/data"), false, kafka, database, redis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost:9092", "a:1,b-2.example.com:65535", "[::1]:9092", "10.0.0.1:9092, 10.0.0.2:9092"})
    void shouldAcceptBrokers(String servers) {
        assertThatCode(() -> ExternalServers.check(config(servers, null, null))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "localhost:", ":9092", "localhost:70000", "a:1,,b:2", "http://a:1"})
    void shouldRefuseWhatIsNoListOfBrokers(String servers) {
        Throwable refusal = catchThrowable(() -> ExternalServers.check(config(servers, null, null)));

        assertThat(refusal)
                .isInstanceOf(ServicesException.class)
                .hasMessageStartingWith("KAFKA_BOOTSTRAP_SERVERS: ")
                .hasMessageContaining("broker-1:9092");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:p@db:5432/laneway",
                "postgres://u@db/laneway",
                "postgresql://u:p%40ss@[::1]:5432/x?sslmode=require"
            })
    void shouldAcceptDatabases(String url) {
        assertThatCode(() -> ExternalServers.check(config(null, url, null))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "mysql://u:SECRET@db/x, does not begin with postgresql://",
        "postgresql://u:SECRET@/x, names no host",
        "postgresql://db:5432/x, names no user",
        "postgresql://u:SECRET@db:5432, names no database",
        "postgresql://u:SECRET@db:5432/, names no database",
        "postgresql://u:SE CRET@db/x, is not a URL",
        "SECRET, does not begin with",
    })
    void shouldSayWhatIsWrongWithADatabaseUrlButNotRepeatIt(String url, String problem) {
        Throwable refusal = catchThrowable(() -> ExternalServers.check(config(null, url, null)));

        assertThat(refusal)
                .isInstanceOf(ServicesException.class)
                .hasMessageStartingWith("DATABASE_URL ")
                .hasMessageContaining(problem)
                .hasMessageContaining("postgresql://user:password@host:port/name");
        assertThat(refusal.getMessage()).doesNotContain("SECRET").doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://localhost", "redis://:p@localhost:6379", "rediss://u:p@cache:6380/0"})
    void shouldAcceptCaches(String url) {
        assertThatCode(() -> ExternalServers.check(config(null, null, url))).doesNotThrowAnyException();
    }

    @Test
    void shouldStartNothingAndTouchNothingWhenAllAreExternal() throws Exception {
        var config = config("k:9092", "postgresql://u:p@d/x", "redis://r");

        try (var services = EmbeddedServices.start(config)) {
            assertThat(services.environment())
                    .containsExactly(
                            Map.entry("KAFKA_BOOTSTRAP_SERVERS", "k:9092"),
                            Map.entry("DATABASE_URL", "postgresql://u:p@d/x"),
                            Map.entry("REDIS_URL", "redis://r"));
        }
        assertThat(config.dataDir()).doesNotExist();
    }
}
