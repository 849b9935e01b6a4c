package dev.laneway.provider.credentials.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * A machine's metadata service, a container's address and STS, by what AWS documents of them. Each gives keys named after itself that are
 * good for an hour by the clock that it is given.
 */
final class FakeAws implements AutoCloseable {
    private static final String ROLES = "/latest/meta-data/iam/security-credentials/";

    private final HttpServer server;
    private final LongSupplier clock;
    final List<Seen> seen = new CopyOnWriteArrayList<>();
    volatile int stsStatus = 200;
    volatile String role = "bedrock-role";

    /** A request, its headers' names in lower case. */
    record Seen(String method, String path, Map<String, String> headers, String body) {
        Map<String, String> form() {
            return Arrays.stream(body.split("&"))
                    .map(field -> field.split("=", 2))
                    .collect(Collectors.toMap(
                            field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
        }
    }

    FakeAws(LongSupplier clock) throws IOException {
        this.clock = clock;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    long asked(String path) {
        return seen.stream().filter(request -> request.path().equals(path)).count();
    }

    Seen last() {
        return seen.getLast();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> header.getValue().getFirst()));
        String path = exchange.getRequestURI().getPath();
        seen.add(new Seen(exchange.getRequestMethod(), path, headers, body));
        if (path.equals("/latest/api/token")) {
            boolean right = exchange.getRequestMethod().equals("PUT")
                    && "21600".equals(headers.get("x-aws-ec2-metadata-token-ttl-seconds"));
            send(exchange, right ? 200 : 400, right ? "a-token" : "");
        } else if (path.startsWith(ROLES)) {
            boolean known = "a-token".equals(headers.get("x-aws-ec2-metadata-token"));
            String name = path.substring(ROLES.length());
            boolean there = !role.isEmpty() && (name.isEmpty() || name.equals(role));
            send(exchange, known ? there ? 200 : 404 : 401, name.isEmpty() ? role : json("MACHINE"));
        } else if (path.equals("/container")) {
            boolean known = "a container's token".equals(headers.get("authorization"));
            send(exchange, known ? 200 : 401, json("CONTAINER"));
        } else {
            send(exchange, stsStatus, stsStatus == 200 ? keys(body) : REFUSAL);
        }
    }

    private String json(String name) {
        return """
                {"Code": "Success", "LastUpdated": "2026-01-01T00:00:00Z", "Type": "AWS-HMAC", "AccessKeyId": "%s",
                 "SecretAccessKey": "secret-of-%s", "Token": "token-of-%s", "Expiration": "%s"}
                """.formatted(name, name, name, end());
    }

    private String keys(String form) {
        String action = form.contains("AssumeRoleWithWebIdentity") ? "AssumeRoleWithWebIdentity" : "AssumeRole";
        long count = seen.stream().filter(request -> request.path().equals("/")).count();
        return """
                <%1$sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                  <%1$sResult>
                    <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/b/s</Arn></AssumedRoleUser>
                    <Credentials>
                      <AccessKeyId>ROLE%3$d</AccessKeyId>
                      <SecretAccessKey>secret-of-ROLE%3$d</SecretAccessKey>
                      <SessionToken>a&amp;b</SessionToken>
                      <Expiration>%2$s</Expiration>
                    </Credentials>
                  </%1$sResult>
                  <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>
                </%1$sResponse>
                """.formatted(action, end(), count);
    }

    private static final String REFUSAL = """
            <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <Error><Type>Sender</Type><Code>AccessDenied</Code><Message>User is not authorized to a-secret</Message></Error>
              <RequestId>r</RequestId>
            </ErrorResponse>
            """;

    private String end() {
        return Instant.ofEpochMilli(clock.getAsLong() + 3_600_000).toString();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
