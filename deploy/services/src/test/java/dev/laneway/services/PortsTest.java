package dev.laneway.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PortsTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("ports.properties");
    }

    @Test
    void shouldGiveTheSamePortAtTheNextStart() throws Exception {
        Ports first = Ports.load(file);
        int port = first.take("redis");
        first.save();

        int again = Ports.load(file).take("redis");

        assertThat(again).isEqualTo(port).isBetween(Ports.LOWEST, Ports.HIGHEST);
    }

    @Test
    void shouldGiveAnotherPortWhenSomebodyHasIt() throws Exception {
        try (ServerSocket occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Files.writeString(file, "redis=" + occupied.getLocalPort() + "\n");

            int port = Ports.load(file).take("redis");

            assertThat(port).isNotEqualTo(occupied.getLocalPort()).isPositive();
        }
    }

    @Test
    void shouldGiveAnotherPortWhenAskedAgain() throws Exception {
        Ports ports = Ports.load(file);
        int first = ports.take("redis");

        int second = ports.take("redis");

        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void shouldNotGiveOnePortToTwoServers() throws Exception {
        Files.writeString(file, "redis=25001\nkafka=25001\n");
        Ports ports = Ports.load(file);
        int redis = ports.take("redis");

        int kafka = ports.take("kafka");

        assertThat(kafka).isNotEqualTo(redis);
    }

    @Test
    void shouldTakeNewPortsWhenTheFileSaysNonsense() throws Exception {
        Files.write(file, new byte[] {(byte) 0xff, '=', 'x', '\n', 'r', 'e', 'd', 'i', 's', '=', '9', '\\', 'u'});

        int port = Ports.load(file).take("redis");

        assertThat(port).isBetween(Ports.LOWEST, Ports.HIGHEST);
    }
}
