package dev.laneway.ingress;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a renewed certificate in force while the server runs: new connections get it, those that are open keep theirs. Whoever renews writes two
 * files, one after the other: a key and a certificate that don't belong together are refused, the old ones stay in force, and it looks again.
 * On one event loop; files are read elsewhere.
 */
final class CertificateWatch {
    /** Between two looks. */
    static final Duration LOOK = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    /** How files are told from those of another time: of what a symbolic link leads to. */
    private record Stamp(Instant keyWritten, long keySize, Instant certificateWritten, long certificateSize) {
        static Stamp of(Tls tls) throws IOException {
            BasicFileAttributes key = attributes(tls.key());
            BasicFileAttributes certificate = attributes(tls.certificate());
            return new Stamp(
                    key.lastModifiedTime().toInstant(),
                    key.size(),
                    certificate.lastModifiedTime().toInstant(),
                    certificate.size());
        }

        private static BasicFileAttributes attributes(Path file) throws IOException {
            return Files.readAttributes(file, BasicFileAttributes.class);
        }
    }

    private final Vertx vertx;
    private final Tls tls;
    private final HttpServer server;
    private Stamp known;
    private boolean looking;

    private CertificateWatch(Vertx vertx, Tls tls, HttpServer server, Stamp known) {
        this.vertx = vertx;
        this.tls = tls;
        this.server = server;
        this.known = known;
    }

    /**
     * Listens, and looks from then on until the verticle whose context this is goes.
     *
     * @param listen begins to serve with what the files hold
     */
    static Future<HttpServer> start(Vertx vertx, Tls tls, Supplier<Future<HttpServer>> listen) {
        // before, so that nothing is missed that is written meanwhile
        return vertx.executeBlocking(() -> Stamp.of(tls))
                .compose(now -> listen.get().onSuccess(server -> {
                    CertificateWatch watch = new CertificateWatch(vertx, tls, server, now);
                    vertx.setPeriodic(LOOK.toMillis(), id -> watch.look());
                }));
    }

    private void look() {
        if (looking) {
            return;
        }
        looking = true;
        var _ = vertx.executeBlocking(() -> Stamp.of(tls))
                .onSuccess(now -> {
                    if (now.equals(known)) {
                        looking = false;
                    } else {
                        renew(now);
                    }
                })
                .onFailure(between -> looking = false); // one of them is being replaced
    }

    private void renew(Stamp now) {
        var _ = vertx.executeBlocking(() -> CertificatePair.read(vertx, tls))
                .compose(pair -> server.updateSSLOptions(
                        new ServerSSLOptions().setUseAlpn(true).setKeyCertOptions(pair), true))
                .onSuccess(done -> LOG.info("the renewed certificate is in force: {}", tls.certificate()))
                // no message of the failure: it might quote a key
                .onFailure(wrong -> LOG.warn(
                        "the certificate of before stays in force: {} and {} are no certificate and its key ({})",
                        tls.certificate(),
                        tls.key(),
                        wrong.getClass().getSimpleName()))
                // a pair that is wrong changes again before it is right
                .onComplete(done -> {
                    known = now;
                    looking = false;
                });
    }
}
