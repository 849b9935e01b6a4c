package dev.laneway.provider.call;

import dev.laneway.contracts.Failure;
import dev.laneway.dialects.Exchange;
import dev.laneway.dialects.HeaderLookup;
import java.io.ByteArrayOutputStream;

/** A vendor's answer with a status other than 2xx; what comes of its body is kept up to 64 KB. */
final class ErrorAnswer {
    private static final int LARGEST = 64 * 1024;

    private final int status;
    private final HeaderLookup headers;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(512);

    ErrorAnswer(int status, HeaderLookup headers) {
        this.status = status;
        this.headers = headers;
    }

    /** Takes the next bytes. @return true when it has enough of them */
    boolean add(byte[] bytes) {
        body.write(bytes, 0, Math.min(bytes.length, LARGEST - body.size()));
        return body.size() >= LARGEST;
    }

    Failure failure(Exchange.Ready asked, long now) {
        return asked.classify(status, headers, body.toByteArray(), now);
    }
}
