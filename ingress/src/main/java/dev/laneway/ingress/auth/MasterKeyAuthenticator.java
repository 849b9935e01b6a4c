package dev.laneway.ingress.auth;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.Supplier;

/** Admits the master key and the admin keys. Keys are compared as digests, in constant time. */
public final class MasterKeyAuthenticator implements Authenticator {
    private final Supplier<List<byte[]>> accepted;

    /** @param accepted SHA-256 of each key in force; asked at every call */
    public MasterKeyAuthenticator(Supplier<List<byte[]>> accepted) {
        this.accepted = accepted;
    }

    @Override
    public Admission admit(MultiMap headers) {
        List<byte[]> inForce = accepted.get();
        if (inForce.isEmpty()) {
            return new Admission.Undecided();
        }
        List<String> presented = PresentedKeys.of(headers);
        boolean right = false;
        for (int i = 0; i < presented.size(); i++) {
            byte[] digest = sha256(presented.get(i));
            for (byte[] key : inForce) {
                right |= MessageDigest.isEqual(key, digest);
            }
        }
        if (right) {
            return new Admission.Admitted(Caller.MASTER);
        }
        return presented.isEmpty() ? new Admission.Missing() : new Admission.Wrong();
    }

    /** The digest of a key, as {@code accepted} has them. */
    public static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
