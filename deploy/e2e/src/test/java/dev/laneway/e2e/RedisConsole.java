package dev.laneway.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Commands to a Redis, as {@code redis-cli} sends them. */
final class RedisConsole {
    private RedisConsole() {}

    /** Forgets everything, as a server that lost its disk. */
    static void empty(String url) throws IOException {
        run(url, "FLUSHALL");
    }

    /** Runs a command without arguments that hold spaces; fails where the server says an error. */
    static void run(String url, String command) throws IOException {
        URI at = URI.create(url);
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            socket.setSoTimeout(10_000);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            String user = at.getUserInfo();
            if (user != null) {
                say(socket, in, "AUTH " + user.substring(user.indexOf(':') + 1));
            }
            say(socket, in, command);
        }
    }

    private static void say(Socket socket, BufferedReader in, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        String answer = in.readLine();
        if (answer == null || answer.startsWith("-")) {
            throw new IOException("Redis says " + answer);
        }
    }
}
