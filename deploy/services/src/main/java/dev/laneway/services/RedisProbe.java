package dev.laneway.services;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Asks Redis, in its own protocol (RESP 2, inline commands), whether it takes commands yet. */
final class RedisProbe {
    private static final int TIMEOUT_MILLIS = 1_000;

    private RedisProbe() {}

    /** False while nobody listens, and while the append-only file is still being read. */
    static boolean answers(int port, String password) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(("AUTH " + password + "\r\nPING\r\nQUIT\r\n").getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII).contains("+PONG");
        } catch (IOException e) {
            return false;
        }
    }
}
