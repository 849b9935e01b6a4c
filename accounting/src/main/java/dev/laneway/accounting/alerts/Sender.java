package dev.laneway.accounting.alerts;

import dev.laneway.runtime.config.SecretRef;
import dev.laneway.runtime.config.SecretText;
import dev.laneway.runtime.config.Secrets;
import dev.laneway.runtime.config.alerts.AlertChannel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends an alert to a channel, once. Only to the address that the operator configured: where the endpoint says to go elsewhere, that is a
 * failure. What it answers beside its status is not read. One context.
 */
final class Sender {
    private static final long PATIENCE_MILLIS = 15_000;
    private static final int CONNECT_MILLIS = 5_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final Supplier<Secrets> secrets;
    private final LongSupplier clock;

    /** What an endpoint said of a try, or why it said nothing. Never an address. */
    sealed interface Result {
        record Answered(int status, Duration retryAfter) implements Result {
            /** Whether it took the alert. */
            boolean isTaken() {
                return status >= 200 && status < 300;
            }
        }

        record Failed(String why) implements Result {}
    }

    private record Address(
            @Nullable URI url,
            @Nullable WebhookSignature signature,
            @Nullable String wrong) {}

    /** @param secrets of this machine, now */
    Sender(Vertx vertx, Supplier<Secrets> secrets, LongSupplier clock) {
        this.vertx = vertx;
        this.secrets = secrets;
        this.clock = clock;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setKeepAlive(false)
                .setMaxHeaderSize(16 * 1024));
    }

    /** Never fails: what went wrong is the result. */
    Future<Result> send(AlertChannel channel, Alert alert) {
        return vertx.executeBlocking(() -> address(channel), false)
                .compose(address -> {
                    URI url = address.url;
                    return url == null
                            ? Future.succeededFuture(new Result.Failed(String.valueOf(address.wrong)))
                            : post(url, channel, address.signature, alert);
                })
                .recover(defect -> Future.succeededFuture(new Result.Failed("internal")));
    }

    Future<Void> close() {
        return client.close();
    }

    private Future<Result> post(URI url, AlertChannel channel, @Nullable WebhookSignature signature, Alert alert) {
        byte[] body = switch (channel) {
            case AlertChannel.Slack slack -> Messages.slack(alert);
            case AlertChannel.Webhook webhook -> Messages.webhook(alert);
        };
        RequestOptions to = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url.toString())
                .setFollowRedirects(false)
                .setTimeout(PATIENCE_MILLIS)
                .putHeader("content-type", "application/json")
                .putHeader("user-agent", "Laneway");
        if (channel instanceof AlertChannel.Webhook) {
            long seconds = TimeUnit.MILLISECONDS.toSeconds(clock.getAsLong());
            to.putHeader("webhook-id", alert.id()).putHeader("webhook-timestamp", String.valueOf(seconds));
            if (signature != null) {
                to.putHeader("webhook-signature", signature.sign(alert.id(), seconds, body));
            }
        }
        return client.request(to)
                .compose(request -> answer(request, body))
                .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .recover(cause -> Future.succeededFuture(new Result.Failed(why(cause))));
    }

    private static Future<Result> answer(HttpClientRequest request, byte[] body) {
        return request.send(Buffer.buffer(body)).map(response -> {
            Result result = new Result.Answered(response.statusCode(), retryAfter(response));
            response.exceptionHandler(closed -> {}); // by us: whatever it has to say is not read
            request.connection().close();
            return result;
        });
    }

    private static Duration retryAfter(HttpClientResponse response) {
        String seconds = response.getHeader("retry-after");
        return seconds != null && seconds.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : Duration.ZERO;
    }

    /** A word of ours: a client's message would name the address. */
    private static String why(Throwable cause) {
        String name = cause.getClass().getSimpleName();
        return name.contains("Timeout")
                ? "timeout"
                : name.contains("UnknownHost")
                        ? "unknown_host"
                        : name.contains("SSL") || name.contains("Certificate") ? "tls" : "unreachable";
    }

    /** May block on a file. */
    private Address address(AlertChannel channel) {
        Secrets now = secrets.get();
        Optional<SecretText> text = now.find(channel.url());
        if (text.isEmpty()) {
            return new Address(null, null, "address_not_set");
        }
        URI url = url(text.get().reveal().strip());
        SecretRef secret = channel instanceof AlertChannel.Webhook webhook ? webhook.secret() : null;
        if (url == null || secret == null) {
            return new Address(url, null, "address_malformed");
        }
        WebhookSignature signature = now.find(secret)
                .map(found -> WebhookSignature.of(found.reveal()))
                .orElse(null);
        return signature == null ? new Address(null, null, "secret_not_usable") : new Address(url, signature, null);
    }

    private static @Nullable URI url(String text) {
        try {
            URI url = URI.create(text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            return http && url.getHost() != null && url.getUserInfo() == null ? url : null;
        } catch (IllegalArgumentException noUri) {
            return null;
        }
    }
}
