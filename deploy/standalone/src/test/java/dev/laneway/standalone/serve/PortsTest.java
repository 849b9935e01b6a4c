package dev.laneway.standalone.serve;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laneway.standalone.cli.StartFailed;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** What is said of ports before anything is started. */
class PortsTest {
    @Test
    void shouldRefuseOnePortForBothServers() {
        assertThatThrownBy(() -> Ports.requireDistinct(4001, 4001))
                .isInstanceOf(StartFailed.class)
                .hasMessage("port 4001 is both --port and --management-port; choose another for one of them");
    }

    @Test
    void shouldLetTheSystemChooseBoth() {
        assertThatCode(() -> Ports.requireDistinct(0, 0)).doesNotThrowAnyException();
    }

    @Test
    void shouldNameAPortThatIsInUseAndHowToChooseAnother() throws Exception {
        try (ServerSocket occupant = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireFree("127.0.0.1", occupant.getLocalPort(), "--port"))
                    .isInstanceOf(StartFailed.class)
                    .hasMessageStartingWith("port " + occupant.getLocalPort() + " on 127.0.0.1 can't be used")
                    .hasMessageEndingWith("choose another with --port");
        }
    }
}
