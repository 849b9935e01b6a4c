package dev.laneway.standalone;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BrokersTest {
    @Test
    void shouldTakeOneAddressOfSeveral() throws Exception {
        try (ServerSocket broker = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String servers = "nonsense, 127.0.0.1:" + broker.getLocalPort();

            assertThatCode(() -> Brokers.awaitReachable(servers, Duration.ZERO)).doesNotThrowAnyException();
        }
    }

    @Test
    void shouldSayThatNoBrokerIsThere() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }

        assertThatThrownBy(() -> Brokers.awaitReachable("127.0.0.1:" + port, Duration.ZERO))
                .isInstanceOf(StartFailed.class)
                .hasMessage("no Kafka broker answers at 127.0.0.1:" + port
                        + ": start it, or put KAFKA_BOOTSTRAP_SERVERS right");
    }
}
