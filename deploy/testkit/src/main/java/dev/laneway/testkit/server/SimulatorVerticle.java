package dev.laneway.testkit.server;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicInteger;

/** One event loop's share of a simulator. All instances of a deployment listen on the same port. */
public final class SimulatorVerticle extends VerticleBase {
    private final Service service;
    private final AtomicInteger port;

    /**
     * An instance.
     *
     * @param port is set to the port once it listens
     */
    public SimulatorVerticle(Service service, AtomicInteger port) {
        this.service = service;
        this.port = port;
    }

    @Override
    public Future<HttpServer> start() {
        int wanted = service.config().port();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(service.config().host())
                // A negative port is a free one that all instances share.
                .setPort(wanted == 0 ? -1 : wanted)
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setAcceptBacklog(4096)
                .setMaxHeaderSize(64 * 1024)
                .setMaxInitialLineLength(16 * 1024);
        VendorHandler vendors = new VendorHandler(vertx, service, sha256());
        ControlHandler control = new ControlHandler(service);
        return vertx.createHttpServer(options)
                .requestHandler(request -> {
                    if (request.path().startsWith("/sim/")) {
                        control.handle(request);
                    } else {
                        vendors.handle(request);
                    }
                })
                .listen()
                .onSuccess(server -> port.set(server.actualPort()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
