package dev.laneway.standalone.servers;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laneway.standalone.cli.StartFailed;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AwaitedServersTest {
    @Test
    void shouldTakeOneAddressOfSeveral() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String servers = "nonsense, 127.0.0.1:" + broker.getLocalPort();

            assertThatCode(() -> AwaitedServers.kafka(servers, Duration.ZERO)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldSayThatNoBrokerIsThere() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }

        assertThatThrownBy(() -> AwaitedServers.kafka("127.0.0.1:" + port, Duration.ZERO))
                .isInstanceOf(StartFailed.class)
                .hasMessage("no Kafka broker answers at 127.0.0.1:" + port
                        + ": start it, or put KAFKA_BOOTSTRAP_SERVERS right");
    }

    @Test
    void shouldNameTheDatabasesAddressAndNotItsPassword() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }

        assertThatThrownBy(() ->
                        AwaitedServers.database("postgresql://me:secret@127.0.0.1:" + port + "/mine", Duration.ZERO))
                .isInstanceOf(StartFailed.class)
                .hasMessage("no PostgreSQL answers at 127.0.0.1:" + port + ": start it, or put DATABASE_URL right");
    }
}
