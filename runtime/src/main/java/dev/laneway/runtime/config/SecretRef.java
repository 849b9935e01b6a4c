package dev.laneway.runtime.config;

import java.nio.file.Path;
import java.util.Objects;

/** Where a secret is found. Never the secret. */
public sealed interface SecretRef {
    /** As it is written in a config file. */
    String text();

    /** {@code os.environ/NAME}; where {@code NAME} is not set and {@code NAME_FILE} is, the content of that file. */
    record Env(String name) implements SecretRef {
        public Env {
            Objects.requireNonNull(name, "name");
        }

        @Override
        public String text() {
            return "os.environ/" + name;
        }
    }

    /** {@code os.file/PATH}, as Docker and Kubernetes mount secrets; read anew at each use, so that a rotation needs no restart. */
    record File(Path path) implements SecretRef {
        public File {
            Objects.requireNonNull(path, "path");
        }

        @Override
        public String text() {
            return "os.file/" + path;
        }
    }

    /**
     * A value written in the file itself. It stays there: roles that need it find it in their own copy of the file by its
     * fingerprint, so a published config never carries it.
     */
    record Literal(String fingerprint) implements SecretRef {
        public Literal {
            Objects.requireNonNull(fingerprint, "fingerprint");
        }

        @Override
        public String text() {
            return "literal/" + fingerprint;
        }
    }
}
