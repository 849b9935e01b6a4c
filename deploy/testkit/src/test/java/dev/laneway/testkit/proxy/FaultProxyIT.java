package dev.laneway.testkit.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FaultProxyIT {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final int SHORT_MILLIS = 300;
    private static final int PATIENCE_MILLIS = 10_000;

    private final AtomicLong received = new AtomicLong();
    private ServerSocket echo;
    private Thread serving;
    private FaultProxy proxy;

    @BeforeEach
    void start() throws IOException {
        listen();
        proxy = FaultProxy.open("127.0.0.1", echo.getLocalPort());
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        goAway();
    }

    @Test
    void shouldPassBothWaysAndHandOnTheEnd() throws IOException {
        try (Socket client = connect()) {
            assertThat(echoed(client)).isEqualTo(HELLO);

            client.shutdownOutput();

            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
        await().until(() -> proxy.open() == 0);
        assertThat(proxy.traffic().bytes(Direction.TO_SERVER)).isEqualTo(HELLO.length);
        assertThat(proxy.traffic().bytes(Direction.TO_CLIENT)).isEqualTo(HELLO.length);
    }

    @Test
    void shouldDelayInOrderByLatency() throws IOException {
        try (Socket client = connect()) {
            proxy.set(Direction.TO_SERVER, new Mode.Latency(Duration.ofMillis(200), Duration.ofMillis(50)));
            long from = System.nanoTime();

            assertThat(echoed(client)).isEqualTo(HELLO);

            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(199));
        }
    }

    @Test
    void shouldWriteOneByteAtATime() throws IOException {
        proxy.set(Direction.TO_CLIENT, new Mode.OneByte(Duration.ofMillis(50)));
        try (Socket client = connect()) {
            client.getOutputStream().write(HELLO);

            byte[] first = new byte[HELLO.length];
            assertThat(client.getInputStream().read(first)).isLessThan(HELLO.length);
        }
    }

    @Test
    void shouldSwallowAndResetWhatCannotGoOn() throws IOException {
        try (Socket client = connect()) {
            proxy.set(Mode.BLACK_HOLE);
            client.getOutputStream().write(HELLO);
            await().until(() -> proxy.traffic().swallowed() == HELLO.length);

            proxy.set(Mode.PASS);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThat(received).hasValue(0);
        }
    }

    @Test
    void shouldAcceptIntoABlackHoleAndNeverAnswer() throws IOException {
        proxy.set(Mode.BLACK_HOLE);
        try (Socket client = connect()) {
            client.setSoTimeout(SHORT_MILLIS);
            client.getOutputStream().write(HELLO);

            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void shouldResetOpenConnectionsAndNewOnes() throws IOException {
        try (Socket open = connect()) {
            assertThat(echoed(open)).isEqualTo(HELLO);

            proxy.set(Mode.RESET);

            assertThatThrownBy(() -> open.getInputStream().read()).isInstanceOf(SocketException.class);
            assertThatThrownBy(this::askedAnew).isInstanceOf(SocketException.class);
        }
        await().until(() -> proxy.open() == 0);
        assertThat(proxy.traffic().resets()).isEqualTo(2);
    }

    @Test
    void shouldHoldOneWayAndDeliverAfterwards() throws IOException {
        try (Socket client = connect()) {
            proxy.set(Direction.TO_CLIENT, Mode.CUT);
            client.getOutputStream().write(HELLO);
            await().until(() -> received.get() == HELLO.length);
            client.setSoTimeout(SHORT_MILLIS);
            assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);

            proxy.set(Mode.PASS);

            client.setSoTimeout(PATIENCE_MILLIS);
            assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        }
    }

    @Test
    void shouldMakeTheSenderWaitWhereNothingMoves() throws Exception {
        try (Socket client = connect()) {
            proxy.set(Direction.TO_SERVER, Mode.CUT);
            AtomicLong sent = new AtomicLong();
            Thread sender = Thread.startVirtualThread(() -> {
                try {
                    while (true) {
                        client.getOutputStream().write(new byte[64 << 10]);
                        sent.addAndGet(64 << 10);
                    }
                } catch (IOException e) {
                    return;
                }
            });

            AtomicLong before = new AtomicLong();
            await().pollInterval(Duration.ofMillis(SHORT_MILLIS))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> {
                        long now = sent.get();
                        return now > 0 && now == before.getAndSet(now);
                    });

            assertThat(sent.get()).isLessThan(64L << 20);
            client.close();
            sender.join();
        }
    }

    @Test
    void shouldRefuseWhileTheServerIsAwayAndGoToItsSuccessor() throws Exception {
        goAway();
        assertThatThrownBy(this::askedAnew).isInstanceOf(SocketException.class);
        listen();

        proxy.target("127.0.0.1", echo.getLocalPort());

        try (Socket client = connect()) {
            assertThat(echoed(client)).isEqualTo(HELLO);
        }
        assertThat(proxy.traffic().refused()).isEqualTo(1);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", proxy.port()), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private int askedAnew() throws IOException {
        try (Socket client = connect()) {
            return client.getInputStream().read();
        }
    }

    private static byte[] echoed(Socket client) throws IOException {
        client.getOutputStream().write(HELLO);
        return client.getInputStream().readNBytes(HELLO.length);
    }

    private void listen() throws IOException {
        ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        echo = socket;
        serving = Thread.startVirtualThread(() -> serve(socket));
    }

    /** The port takes connections until the thread that accepts has let go of it, which may be after {@code close} has returned. */
    private void goAway() throws Exception {
        echo.close();
        serving.join();
    }

    private void serve(ServerSocket mine) {
        while (!mine.isClosed()) {
            try {
                Socket socket = mine.accept();
                Thread.startVirtualThread(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        byte[] buffer = new byte[4096];
        try (socket) {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                received.addAndGet(read);
                socket.getOutputStream().write(buffer, 0, read);
            }
        } catch (IOException e) {
            return;
        }
    }
}
