package dev.laneway.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** One request over a bare socket: what came, and how the connection ended. */
final class RawExchange implements AutoCloseable {
    enum End {
        /** The server closed it in good order (FIN). */
        CLOSED,
        /** The server reset it (RST). */
        RESET,
        /** Nothing more came within the time. */
        SILENCE
    }

    private final Socket socket;
    private final StringBuilder received = new StringBuilder();

    RawExchange(int port, String path, String body) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + path + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk-test\r\n"
                + "x-client-request-id: raw:0:0\r\nanthropic-version: 2023-06-01\r\ncontent-length: " + bytes.length
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads until the connection ends or nothing comes for so long. */
    End read(int silenceMillis) throws IOException {
        socket.setSoTimeout(silenceMillis);
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[65_536];
        try {
            while (true) {
                int count = in.read(buffer);
                if (count < 0) {
                    return End.CLOSED;
                }
                received.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException e) {
            return End.SILENCE;
        } catch (SocketException e) {
            return End.RESET;
        }
    }

    /** Everything received, chunk sizes and all. */
    String received() {
        return received.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
