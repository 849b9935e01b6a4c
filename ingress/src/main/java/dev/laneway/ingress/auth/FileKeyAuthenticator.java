package dev.laneway.ingress.auth;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Objects;

/** Admits whom another one admits, and then the keys of the config in force. */
public final class FileKeyAuthenticator implements Authenticator {
    private final Authenticator first;
    private final FileKeys keys;

    public FileKeyAuthenticator(Authenticator first, FileKeys keys) {
        this.first = Objects.requireNonNull(first, "first");
        this.keys = Objects.requireNonNull(keys, "keys");
    }

    @Override
    public Admission admit(MultiMap headers) {
        Admission admission = first.admit(headers);
        if (admission instanceof Admission.Admitted || keys.isEmpty()) {
            return admission;
        }
        List<String> presented = PresentedKeys.of(headers);
        for (String key : presented) {
            Caller caller = keys.find(key);
            if (caller != null) {
                return new Admission.Admitted(caller);
            }
        }
        return admission;
    }
}
