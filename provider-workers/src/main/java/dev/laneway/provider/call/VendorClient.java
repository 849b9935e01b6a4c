package dev.laneway.provider.call;

import dev.laneway.dialects.UpstreamCall;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Connections to vendors, kept alive: HTTP/1.1, TLS where the address says so, checked against the JDK's authorities. One context. */
public final class VendorClient {
    private static final int KEEP_ALIVE_SECONDS = 30;
    /** Vendors send long rate-limit and security headers. */
    private static final int MAX_HEADER_BYTES = 64 * 1024;
    /** How long the end of an answer may take after its last frame, so that the connection can be used again. */
    private static final long LINGER_MILLIS = 2_000;

    private static final int KNOWN_ADDRESSES = 1_000;

    private final HttpClient client;
    private final Map<String, Address> addresses = new HashMap<>();
    private final ArrayDeque<Lingering> lingering = new ArrayDeque<>();

    private record Address(String host, int port, boolean tls, String target) {}

    private record Lingering(VendorCall call, long until) {}

    /**
     * Opens a client on the current context.
     *
     * @param connections to one vendor at once
     * @param connectTimeout for a connection, TLS among it
     */
    public VendorClient(Vertx vertx, int connections, Duration connectTimeout) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setDecompressionSupported(false)
                .setConnectTimeout((int) connectTimeout.toMillis());
        options.setSslHandshakeTimeout(Math.max(1, connectTimeout.toSeconds()));
        client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(connections));
    }

    /** Begins a call. */
    VendorCall start(UpstreamCall upstream, VendorCall.Listener listener) {
        VendorCall call = new VendorCall(upstream.body(), listener);
        RequestOptions options;
        try {
            options = options(upstream);
        } catch (IllegalArgumentException e) {
            call.refuse(e);
            return call;
        }
        call.connect(client.request(options));
        return call;
    }

    /** The answer is whole, but its connection has not said so yet. */
    void linger(VendorCall call, long now) {
        lingering.addLast(new Lingering(call, now + LINGER_MILLIS));
    }

    /** Closes connections that did not come to an end. */
    public void sweep(long now) {
        while (!lingering.isEmpty() && lingering.getFirst().until <= now) {
            lingering.removeFirst().call.abort();
        }
    }

    private RequestOptions options(UpstreamCall upstream) {
        Address address = addresses.get(upstream.url());
        if (address == null) {
            if (addresses.size() >= KNOWN_ADDRESSES) {
                addresses.clear();
            }
            address = address(upstream.url());
            addresses.put(upstream.url(), address);
        }
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(address.host)
                .setPort(address.port)
                .setSsl(address.tls)
                .setURI(address.target);
        upstream.headers().forEach(options::putHeader);
        options.putHeader("accept-encoding", "identity");
        return options;
    }

    private static Address address(String url) {
        URI uri = URI.create(url);
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        String host = uri.getHost();
        if (host == null || !(tls || "http".equalsIgnoreCase(uri.getScheme()))) {
            throw new IllegalArgumentException("not an address of a vendor");
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String target = uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new Address(bare, port, tls, target);
    }
}
