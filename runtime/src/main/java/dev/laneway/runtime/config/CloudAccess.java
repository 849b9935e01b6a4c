package dev.laneway.runtime.config;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a cloud platform's API wants beside a key, or in place of one. Holds references to secrets, never a secret. */
public sealed interface CloudAccess {
    /** The secrets that it can't do without, and those that it has. */
    Stream<SecretRef> secrets();

    /** Tells it from another one, in words that hold no secret. */
    String text();

    /**
     * Amazon's.
     *
     * @param region which signatures are made for, such as {@code us-east-1}; empty where none are made
     */
    record Aws(String region, AwsKeys keys) implements CloudAccess {
        public Aws {
            Objects.requireNonNull(region, "region");
            Objects.requireNonNull(keys, "keys");
        }

        @Override
        public Stream<SecretRef> secrets() {
            return keys.secrets();
        }

        @Override
        public String text() {
            return region + ' ' + keys.text();
        }
    }

    /**
     * Google's.
     *
     * @param project null for the one that the service account's file names
     * @param location such as {@code us-central1} or {@code global}
     * @param serviceAccount a service account's JSON, or the path of a file that holds it
     */
    record Google(@Nullable String project, String location, SecretRef serviceAccount) implements CloudAccess {
        public Google {
            Objects.requireNonNull(location, "location");
            Objects.requireNonNull(serviceAccount, "serviceAccount");
        }

        @Override
        public Stream<SecretRef> secrets() {
            return Stream.of(serviceAccount);
        }

        @Override
        public String text() {
            return (project == null ? "" : project) + ' ' + location + ' ' + written(serviceAccount);
        }
    }

    /**
     * Microsoft's.
     *
     * @param apiVersion the query parameter {@code api-version}; empty where the address has a version
     * @param adToken goes as a bearer, in place of the deployment's {@code apiKey}
     */
    record Azure(String apiVersion, @Nullable SecretRef adToken) implements CloudAccess {
        public Azure {
            Objects.requireNonNull(apiVersion, "apiVersion");
        }

        @Override
        public Stream<SecretRef> secrets() {
            return Stream.ofNullable(adToken);
        }

        @Override
        public String text() {
            return apiVersion + ' ' + written(adToken);
        }
    }

    private static String written(@Nullable SecretRef reference) {
        return reference == null ? "" : reference.text();
    }
}
