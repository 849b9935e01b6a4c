package dev.laneway.ingress;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what it likes and reads when it likes. */
final class RawClient implements AutoCloseable {
    private final Socket socket = new Socket();

    RawClient(int port) throws IOException {
        socket.setReceiveBufferSize(8 * 1024);
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** A chat request, whole. */
    RawClient chat(boolean stream, String... headers) throws IOException {
        String body = TestIngress.body("smart", stream);
        StringBuilder head = new StringBuilder("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                + TestIngress.KEY + "\r\ncontent-length: " + body.length() + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return send(head + "\r\n" + body);
    }

    /** Sends nothing more, and goes on reading. */
    RawClient endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** What comes until the server closes. */
    String readAll() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** What comes until an answer holds that. */
    String readUntil(String expected) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] bytes = new byte[64 * 1024];
        int searched = 0;
        while (text.indexOf(expected, Math.max(0, searched - expected.length())) < 0) {
            searched = text.length();
            int read = socket.getInputStream().read(bytes);
            if (read < 0) {
                throw new AssertionError("closed after: " + text);
            }
            text.append(new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    /** Resets the connection. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
