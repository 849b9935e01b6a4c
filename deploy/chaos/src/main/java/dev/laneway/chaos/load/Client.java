package dev.laneway.chaos.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes one request at a time, on the thread of its caller, and waits for its end. Any thread. */
final class Client {
    /** How much later than its deadline an answer may come. */
    static final Duration MARGIN = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String key;

    Client(String key) {
        this.key = key;
    }

    /** @throws ConnectException where there is nobody: it was not asked */
    Asked ask(Shape shape, URI ingress) throws ConnectException, InterruptedException {
        long sentAt = System.currentTimeMillis();
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(shape.deadlineSeconds()) + MARGIN.toNanos();
        CompletableFuture<HttpResponse<InputStream>> asked =
                http.sendAsync(request(shape, ingress), HttpResponse.BodyHandlers.ofInputStream());
        try {
            HttpResponse<InputStream> head = asked.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            return read(shape, ingress, sentAt, until, head);
        } catch (TimeoutException e) {
            asked.cancel(true);
            return new Asked(shape, ingress, "", sentAt, System.currentTimeMillis(), Ending.HUNG, 0);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException) {
                throw new ConnectException(String.valueOf(e.getCause().getMessage()));
            }
            return new Asked(shape, ingress, "", sentAt, System.currentTimeMillis(), Ending.CONNECTION_LOST, 0);
        }
    }

    private HttpRequest request(Shape shape, URI ingress) {
        return HttpRequest.newBuilder(ingress.resolve(shape.path()))
                .header("authorization", "Bearer " + key)
                .header("content-type", "application/json")
                .header("x-laneway-timeout", Integer.toString(shape.deadlineSeconds()))
                .POST(HttpRequest.BodyPublishers.ofString(shape.body()))
                .build();
    }

    private static Asked read(Shape shape, URI ingress, long sentAt, long until, HttpResponse<InputStream> head) {
        String id = head.headers().firstValue("x-request-id").orElse("");
        AtomicBoolean tooLate = new AtomicBoolean();
        Ending ending;
        try (InputStream body = head.body()) {
            Thread watch = Thread.startVirtualThread(() -> closeAt(until, body, tooLate));
            String text = new String(body.readAllBytes(), StandardCharsets.UTF_8);
            watch.interrupt();
            ending = head.statusCode() == 200 ? shape.ending(text) : Ending.STATUS;
        } catch (IOException e) {
            ending = Ending.CONNECTION_LOST;
        }
        return new Asked(
                shape,
                ingress,
                id,
                sentAt,
                System.currentTimeMillis(),
                tooLate.get() ? Ending.HUNG : ending,
                head.statusCode());
    }

    private static void closeAt(long until, InputStream body, AtomicBoolean tooLate) {
        try {
            TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
            tooLate.set(true);
            body.close();
        } catch (InterruptedException | IOException e) {
            return; // it ended by itself
        }
    }
}
