package dev.laneway.chaos.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** As much of Redis' protocol as the suite needs; blocks. */
public final class RedisWire implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 5_000;

    private final Socket socket;
    private final BufferedReader in;

    private RedisWire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @param url {@code redis://user:password@host:port} */
    public static RedisWire connect(String url) throws IOException {
        URI uri = URI.create(url);
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        RedisWire wire = new RedisWire(socket);
        String user = uri.getUserInfo();
        if (user != null) {
            wire.ask("AUTH", user.substring(user.indexOf(':') + 1));
        }
        return wire;
    }

    /** @return the texts of the answer, nested ones too, in order */
    public List<String> ask(String... words) throws IOException {
        StringBuilder command = new StringBuilder("*" + words.length + "\r\n");
        for (String word : words) {
            command.append('$')
                    .append(word.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
            command.append(word).append("\r\n");
        }
        OutputStream out = socket.getOutputStream();
        out.write(command.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
        List<String> texts = new ArrayList<>();
        read(texts);
        return texts;
    }

    private void read(List<String> texts) throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("Redis closed the connection");
        }
        String rest = line.substring(1);
        switch (line.charAt(0)) {
            case '-' -> throw new IOException("Redis says: " + rest);
            case '$' -> {
                if (!rest.equals("-1")) {
                    texts.add(in.readLine()); // what is asked for here has no line breaks in it
                }
            }
            case '*' -> {
                for (int i = Integer.parseInt(rest); i > 0; i--) {
                    read(texts);
                }
            }
            default -> texts.add(rest);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
