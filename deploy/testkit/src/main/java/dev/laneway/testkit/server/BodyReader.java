package dev.laneway.testkit.server;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers a request's body, up to a bound. For one request, on its event loop. */
final class BodyReader {
    private final int most;
    private final Consumer<byte[]> whole;
    private final Runnable tooLarge;
    private final List<Buffer> parts = new ArrayList<>(1);
    private int size;
    private boolean refused;

    /**
     * A reader.
     *
     * @param most bytes accepted
     * @param whole gets the body when it has arrived
     * @param tooLarge runs instead, once, as soon as the body is known to be larger
     */
    BodyReader(int most, Consumer<byte[]> whole, Runnable tooLarge) {
        this.most = most;
        this.whole = whole;
        this.tooLarge = tooLarge;
    }

    void read(HttpServerRequest request) {
        String said = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (said != null && Long.parseLong(said) > most) {
            refuse();
        }
        request.handler(this::part);
        request.endHandler(end -> {
            if (!refused) {
                whole.accept(gathered());
            }
        });
    }

    private void part(Buffer part) {
        if (refused) {
            return;
        }
        if (part.length() > most - size) {
            refuse();
            return;
        }
        parts.add(part);
        size += part.length();
    }

    private byte[] gathered() {
        byte[] body = new byte[size];
        int at = 0;
        for (Buffer part : parts) {
            part.getBytes(body, at);
            at += part.length();
        }
        return body;
    }

    private void refuse() {
        refused = true;
        parts.clear();
        tooLarge.run();
    }
}
