package dev.laneway.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that two readers could read in two ways, and what is no HTTP at all. Behind most of them hides a whole request for the route
 * {@code secure}: it must never become one. The ingress goes on serving others throughout, which is why all of it runs against one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedHttpTest {
    private static final String BODY = TestIngress.body("smart", false);
    private static final String POST =
            "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk-test\r\n";
    private static final String LENGTH = "content-length: " + BODY.length() + "\r\n";
    private static final String CHUNKED = POST + "transfer-encoding: chunked\r\n\r\n";
    private static final String SIZE = Integer.toHexString(BODY.length());
    private static final String CHUNKS = SIZE + "\r\n" + BODY + "\r\n0\r\n\r\n";
    private static final String HIDDEN_BODY = TestIngress.body("secure", false);
    private static final String HIDDEN = POST + "content-length: " + HIDDEN_BODY.length() + "\r\n\r\n" + HIDDEN_BODY;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})");
    private static final String SILENCE = "";

    private TestIngress ingress;

    @BeforeAll
    void start() {
        ingress = TestIngress.start();
    }

    @AfterAll
    void close() {
        ingress.close();
    }

    @BeforeEach
    void forget() {
        ingress.outbox.published.clear();
    }

    /** What is sent, and the statuses that come before the connection is closed. */
    static Stream<Arguments> refused() {
        List<Arguments> cases = new ArrayList<>();
        lengths(cases);
        codings(cases);
        chunks(cases);
        headers(cases);
        requestLines(cases);
        cases.add(no("400", "not HTTP, a request behind it", "hello\r\n\r\n" + HIDDEN));
        cases.add(no("400", "a TLS hello", "\u0016\u0003\u0001\u0000\u00a5\u0001\u0000\u0000\u00a1" + "B".repeat(160)));
        cases.add(no("400", "NULs", "\u0000".repeat(20_000)));
        cases.add(no("414", "empty lines without end", "\r\n".repeat(20_000) + HIDDEN));
        cases.add(no("414", "a line without end", "A".repeat(100_000)));
        cases.add(no(SILENCE, "HTTP/2 that is none", "PRI * HTTP/2.0\r\n\r\nXX\r\n\r\n" + HIDDEN));
        return cases.stream();
    }

    private static void lengths(List<Arguments> cases) {
        int n = BODY.length();
        String chunksAndHidden = CHUNKS + HIDDEN;
        cases.add(no(
                "400",
                "length and chunks, the chunks end first",
                POST + "content-length: " + (5 + HIDDEN.length()) + "\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"
                        + HIDDEN));
        cases.add(no(
                "400",
                "chunks and length",
                POST + "transfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n" + chunksAndHidden));
        cases.add(no(
                "400", "length and identity", POST + LENGTH + "transfer-encoding: identity\r\n\r\n" + BODY + HIDDEN));
        cases.add(no(
                "400",
                "two lengths",
                POST + LENGTH + "content-length: " + (n + HIDDEN.length()) + "\r\n\r\n" + BODY + HIDDEN));
        cases.add(no("400", "one length twice", POST + LENGTH + LENGTH + "\r\n" + BODY + HIDDEN));
        cases.add(no(
                "400",
                "a length before the colon's space",
                POST + "content-length : " + n + "\r\n\r\n" + BODY + HIDDEN));
        for (String length : List.of(
                n + ", " + n,
                n + ", 5",
                "+" + n,
                "-" + n,
                "0x10",
                n + " 5",
                "",
                "1e3",
                "9".repeat(20),
                "\u000b" + n,
                n + ";")) {
            cases.add(no("400", "length " + length, POST + "content-length: " + length + "\r\n\r\n" + BODY + HIDDEN));
        }
    }

    private static void codings(List<Arguments> cases) {
        for (String coding : List.of(
                "xchunked",
                "chunked, identity",
                "chunked, chunked",
                "\u000bchunked",
                "chunked\u0000",
                "chunked\u000b",
                "\"chunked\"",
                "chunked;q=1",
                "identity",
                "",
                "chunk")) {
            cases.add(no(
                    "400", "coding " + coding, POST + "transfer-encoding: " + coding + "\r\n\r\n" + CHUNKS + HIDDEN));
        }
        for (String coding : List.of("gzip, chunked", "identity, chunked", ",chunked", "\r\n chunked")) {
            cases.add(no(
                    "501", "coding " + coding, POST + "transfer-encoding: " + coding + "\r\n\r\n" + CHUNKS + HIDDEN));
        }
        String twice = "transfer-encoding: chunked\r\ntransfer-encoding: ";
        cases.add(no("400", "two codings", POST + twice + "x\r\n\r\n" + CHUNKS + HIDDEN));
        cases.add(no("400", "one coding twice", POST + twice + "chunked\r\n\r\n" + CHUNKS + HIDDEN));
        cases.add(
                no("400", "a coding before the colon's space", POST + "transfer-encoding : chunked\r\n\r\n" + CHUNKS));
        cases.add(no("400", "chunks of HTTP/1.0", CHUNKED.replace("1.1", "1.0") + CHUNKS + HIDDEN));
    }

    private static void chunks(List<Arguments> cases) {
        for (String size : List.of(
                "-1",
                "ffffffffffffffff1",
                "80000000",
                "0x" + SIZE,
                " " + SIZE,
                SIZE + " ",
                "zz",
                "",
                SIZE + ";a=\"x\ny\"",
                SIZE + ";a=" + "b".repeat(70_000))) {
            String shown = size.length() > 30 ? "with an endless extension" : size;
            cases.add(no("400", "chunk size " + shown, CHUNKED + size + "\r\n" + BODY + "\r\n0\r\n\r\n" + HIDDEN));
        }
        cases.add(no("400", "chunk sizes with bare LF", CHUNKED + CHUNKS.replace("\r\n", "\n") + HIDDEN));
        cases.add(no("400", "a chunk size with a bare CR", CHUNKED + SIZE + "\r" + BODY + "\r\n0\r\n\r\n" + HIDDEN));
        cases.add(no("400", "a chunk that is longer", CHUNKED + SIZE + "\r\n" + BODY + "XX0\r\n\r\n" + HIDDEN));
        String end = "\r\n" + BODY + "\r\n0\r\n";
        cases.add(
                no("400", "endless trailers", CHUNKED + SIZE + end + "x: " + "y".repeat(40_000) + "\r\n\r\n" + HIDDEN));
        cases.add(no("400", "trailers that are none", CHUNKED + SIZE + end + "x y z\r\n\r\n" + HIDDEN));
    }

    private static void headers(List<Arguments> cases) {
        for (String header : List.of(
                "x-a: b\n",
                "x-a: b\rc: d\r\n",
                "x-a: b\u0000c\r\n",
                "x\u0000a: b\r\n",
                "xa\r\n",
                ": b\r\n",
                "host: y\r\n",
                "transfer-encoding\u000b: chunked\r\n")) {
            cases.add(no("400", "header " + header, POST + header + LENGTH + "\r\n" + BODY + HIDDEN));
        }
        cases.add(no("400", "only bare LF", (POST + LENGTH + "\r\n").replace("\r\n", "\n") + BODY + HIDDEN));
        cases.add(no(
                "400",
                "a first header that is folded",
                POST.replace("host", " host") + LENGTH + "\r\n" + BODY + HIDDEN));
        cases.add(no(
                "431",
                "33 KB of headers",
                POST + "x-h: " + "v".repeat(33_000) + "\r\n" + LENGTH + "\r\n" + BODY + HIDDEN));
        cases.add(no("431", "6,000 headers", POST + "x-h: v\r\n".repeat(6_000) + LENGTH + "\r\n" + BODY + HIDDEN));
        cases.add(no("431", "a header without end", POST + "x-h: " + "v".repeat(40_000)));
        cases.add(no("417", "an unknown expectation", POST + "expect: 200-ok\r\n" + LENGTH + "\r\n" + BODY + HIDDEN));
    }

    private static void requestLines(List<Arguments> cases) {
        cases.add(no("400", "HTTP/0.9", "GET /v1/models\r\n\r\n"));
        cases.add(no("400", "a version without minor", POST.replace("HTTP/1.1", "HTTP/1") + LENGTH + "\r\n" + BODY));
        cases.add(no("400", "a method that is none", POST.replace("POST", "P(ST") + LENGTH + "\r\n" + BODY));
        cases.add(no("414", "a long method", POST.replace("POST", "P".repeat(9_000)) + LENGTH + "\r\n" + BODY));
        cases.add(no("414", "a long address", POST.replace("/v1", "/" + "v".repeat(9_000)) + LENGTH + "\r\n" + BODY));
        cases.add(no("501", "a version in lower case", POST.replace("HTTP", "http") + LENGTH + "\r\n" + BODY));
        for (String version : List.of("HTTP/1.2", "HTTP/2.0", "HTTP/9.9")) {
            cases.add(no(SILENCE, version, POST.replace("HTTP/1.1", version) + LENGTH + "\r\n" + BODY + HIDDEN));
        }
    }

    private static Arguments no(String statuses, String name, String sent) {
        return Arguments.argumentSet(name.replaceAll("[^ -~]", "?"), sent, statuses);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldRefuseWithoutExecutingAnything(String sent, String statuses) throws Exception {
        String answer = raw(sent);

        assertThat(statuses(answer)).isEqualTo(statuses);
        assertThat(ingress.outbox.published).isEmpty();
        assertThat(ingress.memory.held()).isZero();
        nobodyIsLeft();
    }

    /** What is well-formed, though it looks odd: the first request is taken, what hides in a body is not. */
    static Stream<Arguments> taken() {
        int n = BODY.length();
        String hidden = "content-length: " + HIDDEN.length() + "\r\n\r\n" + HIDDEN;
        String models = " /v1/models HTTP/1.1\r\nhost: x\r\nauthorization: Bearer sk-test\r\nconnection: close\r\n";
        String close = POST + "connection: close\r\n";
        return Stream.of(
                yes("200", 1, "a length with zeros", close + "content-length: 0" + n + "\r\n\r\n" + BODY),
                yes("200", 1, "a length with a tab", close + "content-length:\t" + n + "\t\r\n\r\n" + BODY),
                yes("200", 1, "a coding in capitals", close + "transfer-encoding: CHUNKED\r\n\r\n" + CHUNKS),
                yes(
                        "200",
                        1,
                        "a chunk extension",
                        close + "transfer-encoding: chunked\r\n\r\n" + SIZE + ";a=b\r\n" + BODY + "\r\n0\r\n\r\n"),
                yes(
                        "200",
                        1,
                        "a length among trailers",
                        close + "transfer-encoding: chunked\r\n\r\n" + SIZE + "\r\n" + BODY
                                + "\r\n0\r\ncontent-length: 5\r\n\r\n"),
                yes("200", 1, "a folded header", close + "x-a: b\r\n c\r\n" + LENGTH + "\r\n" + BODY),
                yes("200", 1, "empty lines first", "\r\n\r\n" + close + LENGTH + "\r\n" + BODY),
                yes(
                        "200",
                        1,
                        "another host in the address",
                        close.replace("/v1", "http://evil.example/v1") + LENGTH + "\r\n" + BODY),
                yes("200", 1, "dots", close.replace("/v1", "/x/../v1") + LENGTH + "\r\n" + BODY),
                yes("200", 1, "encoded dots", close.replace("/v1", "/x/%2e%2e/v1") + LENGTH + "\r\n" + BODY),
                yes("200", 1, "300 headers", close + "x-h: v\r\n".repeat(300) + LENGTH + "\r\n" + BODY),
                yes(
                        "200",
                        1,
                        "HTTP/1.0 that waits to be asked",
                        close.replace("1.1", "1.0") + "expect: 100-continue\r\n" + LENGTH + "\r\n" + BODY),
                yes("400", 0, "no host", close.replace("host: x\r\n", "") + LENGTH + "\r\n" + BODY),
                yes(
                        "400",
                        0,
                        "a host that is none",
                        close.replace("host: x", "host: a b@/:c") + LENGTH + "\r\n" + BODY),
                yes(
                        "400",
                        0,
                        "an address that can't be decoded",
                        close.replace("/v1", "/%zz/v1") + LENGTH + "\r\n" + BODY),
                yes("404", 0, "an encoded NUL", close.replace("/v1", "/%00/v1") + LENGTH + "\r\n" + BODY),
                yes("404", 0, "an encoded slash", close.replace("/v1/", "/v1%2f") + LENGTH + "\r\n" + BODY),
                yes(
                        "404",
                        0,
                        "dots beyond the root",
                        "GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"),
                yes("404", 0, "an address without a slash", close.replace("/v1", "v1") + LENGTH + "\r\n" + BODY),
                yes("405", 0, "a method in lower case", close.replace("POST", "post") + LENGTH + "\r\n" + BODY),
                yes("200", 0, "a GET with a body", "GET" + models + hidden),
                yes("200", 0, "a HEAD with a body", "HEAD" + models + hidden),
                yes(
                        "204",
                        0,
                        "a preflight with a body",
                        "OPTIONS" + models + "origin: http://a.example\r\n" + "access-control-request-method: POST\r\n"
                                + hidden),
                yes("401", 0, "a wrong key's body", close.replace("sk-test", "wrong") + hidden),
                yes("404", 0, "an unknown path's body", close.replace("/v1", "/v9") + hidden),
                yes("415", 0, "a compressed body", close + "content-encoding: gzip\r\n" + hidden),
                yes("413", 0, "a body that is too large", close + "content-length: 30000000\r\n\r\n" + HIDDEN),
                yes(
                        "200",
                        0,
                        "a WebSocket",
                        "GET" + models.replace("close", "Upgrade") + "upgrade: websocket\r\n"
                                + "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n"),
                yes(
                        "400",
                        0,
                        "an upgrade that is none",
                        "GET" + models.replace("close", "Upgrade, HTTP2-Settings")
                                + "upgrade: h2c\r\nhttp2-settings: !!!\r\n\r\n"));
    }

    private static Arguments yes(String statuses, int requests, String name, String sent) {
        return Arguments.argumentSet(name, sent, statuses, requests);
    }

    @ParameterizedTest
    @MethodSource("taken")
    void shouldReadWhatIsOddAndWellFormedAsItIsMeant(String sent, String statuses, int requests) throws Exception {
        try (RawClient client = new RawClient(ingress.port).send(sent)) {
            for (int i = 0; i < requests; i++) {
                var request = ingress.outbox.next().request();
                assertThat(request.route()).isEqualTo("smart");
                ingress.wholeAnswer(request.id(), "{}");
            }

            String answer = client.readUntil("\r\n\r\n");

            assertThat(statuses(answer)).isEqualTo(statuses);
            assertThat(ingress.outbox.published).isEmpty();
        }
        nobodyIsLeft();
    }

    @Test
    void shouldTakeNothingAfterGarbageBehindABody() throws Exception {
        try (RawClient client =
                new RawClient(ingress.port).send(POST + LENGTH + "\r\n" + BODY + "GARBAGE\r\n\r\n" + HIDDEN)) {
            ingress.wholeAnswer(ingress.outbox.next().request().id(), "{}");

            assertThat(statuses(client.readAll())).isEqualTo("200 400");
        }
        assertThat(ingress.outbox.published).isEmpty();
    }

    @Test
    void shouldReadNoFurtherThanItAnswers() throws Exception {
        int many = 5_000;
        try (RawClient client = new RawClient(ingress.port).send((POST + LENGTH + "\r\n" + BODY).repeat(20))) {
            String first = ingress.outbox.next().request().id();
            Thread flood = Thread.startVirtualThread(() -> flood(client, many));

            boolean more = ingress.outbox.published.poll(200, java.util.concurrent.TimeUnit.MILLISECONDS) != null;
            long held = ingress.memory.held();
            client.reset();
            ingress.wholeAnswer(first, "{}");

            assertThat(more).isFalse();
            assertThat(held).isLessThan(1 << 20);
            flood.join();
        }
        // what it had sent before, it gets no answer to
        await().untilAsserted(() -> {
            ingress.outbox.published.forEach(
                    each -> ingress.wholeAnswer(each.request().id(), "{}"));
            assertThat(ingress.arrivals.count()).isZero();
        });
    }

    private static void flood(RawClient client, int many) {
        try {
            for (int i = 0; i < many; i++) {
                client.send(POST + LENGTH + "\r\n" + BODY);
            }
        } catch (java.io.IOException reset) {
            // it is, in the end
        }
    }

    private void nobodyIsLeft() {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).until(() -> ingress.arrivals.count() == 0);
    }

    private String raw(String request) throws Exception {
        try (RawClient client = new RawClient(ingress.port)) {
            client.send(request);
            return client.readAll();
        } catch (java.net.SocketException cutWhileItSent) {
            return "HTTP/1.1 reset";
        }
    }

    private static String statuses(String answer) {
        List<String> found = new ArrayList<>();
        Matcher matcher = STATUS.matcher(answer);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return String.join(" ", found);
    }
}
