package dev.laneway.ingress;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/** A certificate and the key that belongs to it. TLS itself takes any two, and then fails with every client. */
final class CertificatePair {
    private static final byte[] SAMPLE = {1, 2, 3, 4, 5, 6, 7, 8};

    private CertificatePair() {}

    /**
     * What the files hold now. Blocks.
     *
     * @throws GeneralSecurityException where the key is not the certificate's, or of a kind that is not RSA, elliptic curves or Edwards curves
     */
    static PemKeyCertOptions read(Vertx vertx, Tls tls) throws Exception {
        PemKeyCertOptions pair =
                new PemKeyCertOptions().addKeyValue(bytes(tls.key())).addCertValue(bytes(tls.certificate()));
        for (KeyManager manager : pair.getKeyManagerFactory(vertx).getKeyManagers()) {
            if (manager instanceof X509KeyManager keys && belongTogether(keys)) {
                return pair;
            }
        }
        throw new KeyException("the key is not the certificate's");
    }

    private static Buffer bytes(Path file) throws IOException {
        return Buffer.buffer(Files.readAllBytes(file));
    }

    private static boolean belongTogether(X509KeyManager keys) throws GeneralSecurityException {
        for (String type : new String[] {"RSA", "EC", "EdDSA"}) {
            String[] names = keys.getServerAliases(type, null);
            if (names != null && names.length > 0) {
                return signs(keys.getPrivateKey(names[0]), keys.getCertificateChain(names[0]));
            }
        }
        return false;
    }

    private static boolean signs(@Nullable PrivateKey key, X509Certificate @Nullable [] chain)
            throws GeneralSecurityException {
        if (key == null || chain == null || chain.length == 0) {
            return false;
        }
        Signature signature = Signature.getInstance(
                switch (key.getAlgorithm().toUpperCase(Locale.ROOT)) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    case String other -> other;
                });
        signature.initSign(key);
        signature.update(SAMPLE);
        byte[] signed = signature.sign();
        signature.initVerify(chain[0]);
        signature.update(SAMPLE);
        return signature.verify(signed);
    }
}
